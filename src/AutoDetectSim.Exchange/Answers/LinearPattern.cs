using System.Text.RegularExpressions;
using AnyOfTypes;
using WireMock.Admin.Mappings;
using WireMock.Matchers;
using WireMock.Models;

namespace AutoDetectSim.Exchange.Answers;

/// <summary>Regular expressions in time that grows with the text and no faster.</summary>
internal sealed class LinearPattern
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    private readonly Regex[] _expressions;

    /// <param name="patterns">Regular expressions without a <see cref="Problem"/>.</param>
    /// <param name="ignoresCase">Whether they ignore case.</param>
    public LinearPattern(IEnumerable<string> patterns, bool ignoresCase) => _expressions = [.. patterns.Select(pattern => Expression(pattern, ignoresCase))];

    /// <summary>What is wrong with a regular expression, or null.</summary>
    public static string? Problem(string pattern)
    {
        try
        {
            Expression(pattern, ignoresCase: false);
            return null;
        }
        catch (NotSupportedException)
        {
            return $"a pattern that looks around, refers back or is atomic, or is too large, is not allowed because its time has no limit: {pattern}";
        }
        catch (ArgumentException exception)
        {
            return exception.Message;
        }
    }

    /// <summary>Whether a text matches, as WireMock's matchers say it.</summary>
    public MatchResult Match(string? input, string name, MatchBehaviour behaviour, MatchOperator combination)
    {
        var isMatch = false;
        Exception? failure = null;
        try
        {
            isMatch = input is not null && MatchScores.IsPerfect(MatchScores.ToScore([.. _expressions.Select(expression => expression.IsMatch(input))], combination));
        }
        catch (RegexMatchTimeoutException exception)
        {
            failure = exception;
        }

        return MatchResult.From(name, behaviour, isMatch, failure);
    }

    private static Regex Expression(string pattern, bool ignoresCase) =>
        new(pattern, RegexOptions.NonBacktracking | RegexOptions.Multiline | (ignoresCase ? RegexOptions.IgnoreCase : RegexOptions.None), Limit);
}

/// <summary>WireMock's matcher of regular expressions in linear time.</summary>
internal sealed class LinearRegexMatcher(MatcherModel model, AnyOf<string, StringPattern>[] patterns, MatchBehaviour behaviour, MatchOperator combination)
    : RegexMatcher(behaviour, patterns, model.IgnoreCase == true, useRegexExtended: false, combination)
{
    /// <summary>Its name in mappings that have been checked.</summary>
    public const string ModelName = "LinearRegexMatcher";

    private readonly LinearPattern _pattern = new(patterns.Select(pattern => pattern.First), model.IgnoreCase == true);

    /// <inheritdoc/>
    public override MatchResult IsMatch(string? input) => _pattern.Match(input, Name, MatchBehaviour, MatchOperator);
}

/// <summary>WireMock's matcher of wildcards in linear time.</summary>
internal sealed class LinearWildcardMatcher(MatcherModel model, AnyOf<string, StringPattern>[] patterns, MatchBehaviour behaviour, MatchOperator combination)
    : WildcardMatcher(behaviour, patterns, model.IgnoreCase == true, combination)
{
    /// <summary>Its name in mappings that have been checked.</summary>
    public const string ModelName = "LinearWildcardMatcher";

    private readonly LinearPattern _pattern = new(patterns.Select(pattern => Expression(pattern.First)), model.IgnoreCase == true);

    /// <inheritdoc/>
    public override MatchResult IsMatch(string? input) => _pattern.Match(input, Name, MatchBehaviour, MatchOperator);

    private static string Expression(string wildcard) =>
        "^" + Regex.Escape(wildcard).Replace(@"\*", ".*", StringComparison.Ordinal).Replace(@"\?", ".", StringComparison.Ordinal) + "$";
}

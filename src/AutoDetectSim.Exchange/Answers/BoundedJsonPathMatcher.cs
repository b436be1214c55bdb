using AnyOfTypes;
using Newtonsoft.Json;
using WireMock.Matchers;
using WireMock.Models;

namespace AutoDetectSim.Exchange.Answers;

/// <summary>WireMock's matcher of JSONPath for documents of a bounded size, and for paths whose time grows with them and no faster.</summary>
internal sealed class BoundedJsonPathMatcher(AnyOf<string, StringPattern>[] patterns, MatchBehaviour behaviour, MatchOperator combination)
    : JsonPathMatcher(behaviour, combination, patterns), IStringMatcher, IObjectMatcher
{
    /// <summary>Its name in mappings that have been checked.</summary>
    public const string ModelName = "BoundedJsonPathMatcher";

    private const int MaximumDocument = 256 * 1024;

    /// <summary>Each comma of a list of names or indexes can double what a path finds.</summary>
    private const int MaximumCommas = 4;

    /// <summary>What is wrong with a path, or null. Texts in quotes count like the rest: where they begin and end depends on the reader.</summary>
    public static string? Problem(string path)
    {
        if (path.Contains("=~", StringComparison.Ordinal) || path.Split("..").Length > 2)
        {
            return $"a JSONPath with =~, or with more than one .. is not allowed because its time has no limit: {path}";
        }

        if (path.Count(character => character == ',') > MaximumCommas)
        {
            return $"a JSONPath may have {MaximumCommas} commas because each can double its time: {path}";
        }

        if (path.IndexOf('?', StringComparison.Ordinal) is >= 0 and var start)
        {
            var filter = path[(start + 1)..];
            if (filter.Contains('$', StringComparison.Ordinal))
            {
                return $"a JSONPath with $ in a filter is not allowed because its time has no limit: compare with @ or a literal: {path}";
            }

            if (filter.Split("..").Length - 1 + filter.Count(character => character is '*' or '?' or ':' or ',') > 1)
            {
                return $"a JSONPath with more than one of *, .., :, a comma or a further filter in a filter is not allowed because its time has no limit: {path}";
            }
        }

        return null;
    }

    /// <inheritdoc cref="JsonPathMatcher.IsMatch(string)"/>
    MatchResult IStringMatcher.IsMatch(string? input) => input?.Length > MaximumDocument ? MatchResult.From(Name, MatchBehaviour, isMatch: false) : base.IsMatch(input);

    /// <inheritdoc cref="JsonPathMatcher.IsMatch(object)"/>
    MatchResult IObjectMatcher.IsMatch(object? input) => input is not (null or byte[]) && JsonConvert.SerializeObject(input).Length > MaximumDocument
        ? MatchResult.From(Name, MatchBehaviour, isMatch: false)
        : base.IsMatch(input);
}

using AnyOfTypes;
using Newtonsoft.Json.Linq;
using WireMock.Admin.Mappings;
using WireMock.Matchers;
using WireMock.Models;

namespace AutoDetectSim.Exchange.Answers;

/// <summary>Makes the matchers that take the place of WireMock's in mappings that <see cref="MatcherRules"/> has checked.</summary>
internal static class ReplacedMatchers
{
    /// <summary>The makers by the names that the mappings have for them.</summary>
    public static IDictionary<string, Func<MatcherModel, IMatcher>> ByName { get; } = new Dictionary<string, Func<MatcherModel, IMatcher>>(StringComparer.Ordinal)
    {
        [LinearRegexMatcher.ModelName] = model => new LinearRegexMatcher(model, Patterns(model), Behaviour(model), Combination(model)),
        [LinearWildcardMatcher.ModelName] = model => new LinearWildcardMatcher(model, Patterns(model), Behaviour(model), Combination(model)),
        [BoundedJsonPathMatcher.ModelName] = model => new BoundedJsonPathMatcher(Patterns(model), Behaviour(model), Combination(model)),
        [BoundedXPathMatcher.ModelName] = model => new BoundedXPathMatcher(model, Patterns(model), Behaviour(model), Combination(model)),
    };

    /// <summary>The patterns of a matcher, be it one or several.</summary>
    public static IEnumerable<string> PatternsOf(MatcherModel model) =>
    [
        .. model.Pattern is string pattern ? [pattern] : Array.Empty<string>(),
        .. (model.Pattern as JArray)?.Values<string>().OfType<string>() ?? [],
        .. model.Patterns?.OfType<string>() ?? [],
    ];

    private static AnyOf<string, StringPattern>[] Patterns(MatcherModel model) => [.. PatternsOf(model).Select(pattern => new AnyOf<string, StringPattern>(pattern))];

    private static MatchBehaviour Behaviour(MatcherModel model) => model.RejectOnMatch == true ? MatchBehaviour.RejectOnMatch : MatchBehaviour.AcceptOnMatch;

    private static MatchOperator Combination(MatcherModel model) => Enum.TryParse<MatchOperator>(model.MatchOperator, out var combination) ? combination : MatchOperator.Or;
}

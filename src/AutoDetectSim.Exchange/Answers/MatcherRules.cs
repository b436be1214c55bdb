using System.Xml.XPath;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using WireMock.Admin.Mappings;
using WireMock.Matchers;

namespace AutoDetectSim.Exchange.Answers;

/// <summary>
/// What a mapping may match with: matchers whose time grows with the request and no faster. Patterns that go back and try again are
/// refused, the others are matched by <see cref="LinearPattern"/>, <see cref="BoundedXPathMatcher"/> and
/// <see cref="BoundedJsonPathMatcher"/> in place of WireMock's own.
/// </summary>
internal static class MatcherRules
{
    private const int MaximumPattern = 4096;
    private const string Allowed = "ExactMatcher, NotNullOrEmptyMatcher, WildcardMatcher, RegexMatcher, JsonMatcher, JsonPartialMatcher, JsonPathMatcher and XPathMatcher";

    /// <summary>What is wrong with the matchers of a request, or null; those that have to be are replaced.</summary>
    public static string? Bound(RequestModel request)
    {
        try
        {
            request.Path = Matchers<PathModel>(request.Path, (path, matchers) => path.Matchers = matchers);
            request.Url = Matchers<UrlModel>(request.Url, (url, matchers) => url.Matchers = matchers);
            request.ClientIP = Matchers<ClientIPModel>(request.ClientIP, (client, matchers) => client.Matchers = matchers);
        }
        catch (JsonException exception)
        {
            return exception.Message;
        }

        if (All(request).Select(Problem).FirstOrDefault(problem => problem is not null) is { } found)
        {
            return found;
        }

        // WireMock reads these as it would from a file.
        (request.Path, request.Url, request.ClientIP) = (Token(request.Path), Token(request.Url), Token(request.ClientIP));
        return null;
    }

    private static JToken? Token(object? value) => value is null ? null : JToken.FromObject(value);

    /// <summary>A text is a wildcard; whatever has matchers holds them as records from here on.</summary>
    private static T? Matchers<T>(object? value, Action<T, MatcherModel[]> set)
        where T : class, new()
    {
        switch (value)
        {
            case null:
                return null;
            case string text:
                var wildcard = new T();
                set(wildcard, [new MatcherModel { Name = nameof(WildcardMatcher), Pattern = text }]);
                return wildcard;
            default:
                return JToken.FromObject(value).ToObject<T>();
        }
    }

    private static IEnumerable<MatcherModel> All(RequestModel request)
    {
        IEnumerable<MatcherModel[]?> matchers =
        [
            (request.Path as PathModel)?.Matchers,
            (request.Url as UrlModel)?.Matchers,
            (request.ClientIP as ClientIPModel)?.Matchers,
            .. request.Headers?.Select(header => header.Matchers?.ToArray()) ?? [],
            .. request.Cookies?.Select(cookie => cookie.Matchers?.ToArray()) ?? [],
            .. request.Params?.Select(parameter => parameter.Matchers?.ToArray()) ?? [],
            request.Body?.Matchers,
            request.Body?.Matcher is { } matcher ? [matcher] : null,
        ];
        return matchers.OfType<MatcherModel[]>().SelectMany(all => all).OfType<MatcherModel>();
    }

    private static string? Problem(MatcherModel matcher)
    {
        var patterns = ReplacedMatchers.PatternsOf(matcher).ToList();
        if (patterns.Find(pattern => pattern.Length > MaximumPattern) is { } large)
        {
            return $"a pattern may have {MaximumPattern} characters, not {large.Length}";
        }

        switch (matcher.Name)
        {
            case nameof(ExactMatcher) or nameof(NotNullOrEmptyMatcher):
                return null;
            case nameof(RegexMatcher):
                matcher.Name = LinearRegexMatcher.ModelName;
                return patterns.Select(LinearPattern.Problem).FirstOrDefault(problem => problem is not null);
            case nameof(WildcardMatcher):
                matcher.Name = LinearWildcardMatcher.ModelName;
                return null;
            case nameof(JsonMatcher) or nameof(JsonPartialMatcher):
                return matcher.Regex == true ? $"{matcher.Name} with Regex is not allowed because its time has no limit: use JsonPathMatcher" : null;
            case nameof(JsonPathMatcher):
                matcher.Name = BoundedJsonPathMatcher.ModelName;
                return patterns.Select(BoundedJsonPathMatcher.Problem).FirstOrDefault(problem => problem is not null);
            case nameof(XPathMatcher):
                matcher.Name = BoundedXPathMatcher.ModelName;
                return patterns.Select(path => XPathProblem(path, matcher.XmlNamespaceMap)).FirstOrDefault(problem => problem is not null);
            default:
                return $"Unknown matcher {matcher.Name}: a mapping can use {Allowed}";
        }
    }

    private static string? XPathProblem(string path, XmlNamespace[]? namespaces)
    {
        try
        {
            BoundedXPathMatcher.Compile(path, namespaces);
            return null;
        }
        catch (XPathException exception)
        {
            return $"this is not XPath 1.0: {path} ({exception.Message})";
        }
    }
}

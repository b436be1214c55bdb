using System.Xml;
using System.Xml.XPath;
using AnyOfTypes;
using WireMock.Admin.Mappings;
using WireMock.Matchers;
using WireMock.Models;

namespace AutoDetectSim.Exchange.Answers;

/// <summary>A matcher of XPath 1.0 that takes no document type, no large document, and a bounded number of steps.</summary>
internal sealed class BoundedXPathMatcher(MatcherModel model, AnyOf<string, StringPattern>[] patterns, MatchBehaviour behaviour, MatchOperator combination) : IStringMatcher
{
    /// <summary>Its name in mappings that have been checked.</summary>
    public const string ModelName = "BoundedXPathMatcher";

    private const int MaximumDocument = 256 * 1024;

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = MaximumDocument,
    };

    private readonly XPathExpression[] _expressions = [.. patterns.Select(pattern => Compile(pattern.First, model.XmlNamespaceMap))];

    /// <inheritdoc/>
    public string Name => nameof(XPathMatcher);

    /// <inheritdoc/>
    public MatchBehaviour MatchBehaviour => behaviour;

    /// <inheritdoc/>
    public MatchOperator MatchOperator => combination;

    /// <summary>Reads an expression.</summary>
    /// <exception cref="XPathException">It is not XPath 1.0.</exception>
    public static XPathExpression Compile(string path, IEnumerable<XmlNamespace>? namespaces = null)
    {
        var expression = XPathExpression.Compile($"boolean({path})");
        var context = new XmlNamespaceManager(new NameTable());
        foreach (var (prefix, uri) in namespaces?.Select(one => (one.Prefix, one.Uri)) ?? [])
        {
            context.AddNamespace(prefix, uri);
        }

        expression.SetContext(context);
        return expression;
    }

    /// <inheritdoc/>
    public MatchResult IsMatch(string? input)
    {
        if (string.IsNullOrWhiteSpace(input))
        {
            return MatchResult.From(Name, behaviour, isMatch: false);
        }

        try
        {
            using var reader = XmlReader.Create(new StringReader(input), Settings);
            var navigator = new CountingNavigator(new XPathDocument(reader).CreateNavigator());
            bool[] results = [.. _expressions.Select(expression => navigator.Evaluate(expression.Clone()) is true)];
            return MatchResult.From(Name, behaviour, MatchScores.IsPerfect(MatchScores.ToScore(results, combination)));
        }
        catch (XmlException)
        {
            return MatchResult.From(Name, behaviour, isMatch: false);
        }
        catch (XPathException exception)
        {
            return MatchResult.From(Name, behaviour, isMatch: false, exception);
        }
    }

    /// <inheritdoc/>
    public AnyOf<string, StringPattern>[] GetPatterns() => patterns;

    /// <inheritdoc/>
    public string GetCSharpCodeArguments() => $"new {typeof(XPathMatcher).FullName}()";
}

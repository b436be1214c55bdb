using System.Text.RegularExpressions;

namespace AutoDetectSim.Exchange.Answers;

/// <summary>
/// What one expression of a template may name: members of the request, the turn of a loop, literals, and helpers that neither read nor keep
/// anything. Handlebars follows every other name by reflection, into the server itself.
/// </summary>
internal sealed partial class TemplateExpression
{
    private const int MaximumDepth = 8;
    private const string Allowed = "a template may use request.* (such as request.path, request.headers.NAME or request.body), texts, numbers, and the helpers Boolean.*, Math.*, Constants.*, Url.* and lookup";

    private readonly string[] _tokens;
    private readonly string _expression;
    private readonly bool _isInLoop;
    private int _next;

    private TemplateExpression(string content, string expression, bool isInLoop)
    {
        _tokens = [.. Token().Matches(content).Select(token => token.Value.Trim())];
        (_expression, _isInLoop) = (expression, isInLoop);
    }

    /// <summary>What is wrong with an expression that writes something, or null.</summary>
    /// <param name="content">What is within the braces.</param>
    /// <param name="expression">The expression as written.</param>
    /// <param name="isInLoop">Whether it is within <c>each</c>.</param>
    public static string? Problem(string content, string expression, bool isInLoop)
    {
        var read = new TemplateExpression(content, expression, isInLoop);
        return read._tokens.Length == 1 && !Helper().IsMatch(read._tokens[0]) ? read.Value() : read.Call(depth: 0, isEncoded: false);
    }

    /// <summary>What is wrong with the arguments of a condition, or null.</summary>
    /// <param name="content">The arguments.</param>
    /// <param name="expression">The expression as written.</param>
    /// <param name="isInLoop">Whether it is within <c>each</c>.</param>
    public static string? ArgumentProblem(string content, string expression, bool isInLoop) =>
        new TemplateExpression(content, expression, isInLoop).Arguments(depth: 0, isEncoded: false);

    /// <summary>What is said of an expression that leads out of a turn of a loop.</summary>
    /// <param name="expression">The expression as written.</param>
    public static string InLoop(string expression) => $"within {{{{#each}}}} a template may use only this, @key and @index: {expression}";

    private string? Call(int depth, bool isEncoded)
    {
        if (_next >= _tokens.Length || !Helper().IsMatch(_tokens[_next]))
        {
            return Refusal();
        }

        var isUrl = _tokens[_next++].StartsWith("Url.", StringComparison.OrdinalIgnoreCase);
        return isUrl && isEncoded
            ? $"a template may not encode what is encoded already, which grows each time: {_expression}"
            : Arguments(depth, isEncoded || isUrl);
    }

    /// <summary>Reads arguments up to the end, or to the parenthesis that closes the call.</summary>
    private string? Arguments(int depth, bool isEncoded)
    {
        while (_next < _tokens.Length && _tokens[_next] != ")")
        {
            if (_tokens[_next] == "(")
            {
                _next++;
                if (depth == MaximumDepth)
                {
                    return $"a template may nest {MaximumDepth} helpers: {_expression}";
                }

                if (Call(depth + 1, isEncoded) is { } problem)
                {
                    return problem;
                }

                if (_next >= _tokens.Length)
                {
                    return Refusal();
                }

                _next++;
            }
            else if (Value() is { } problem)
            {
                return problem;
            }
        }

        return depth == 0 && _next < _tokens.Length ? Refusal() : null;
    }

    private string? Value() => _tokens[_next++] is var token && (Literal().IsMatch(token) || (_isInLoop ? Turn() : Request()).IsMatch(token)) ? null : Refusal();

    private string Refusal() => _isInLoop ? InLoop(_expression) : $"{Allowed}: {_expression}";

    [GeneratedRegex(@"""[^""]*""|'[^']*'|[()]|[^\s()""']+|[""']", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Token();

    [GeneratedRegex(@"^(""[^""\\]*""|'[^'\\]*'|-?[0-9]{1,18}(\.[0-9]{1,18})?|true|false|null|undefined)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Literal();

    [GeneratedRegex(@"^((Boolean|Math|Constants|Url)\.[A-Za-z.]+|lookup)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Helper();

    [GeneratedRegex(@"^request\.(url|absoluteUrl|path|absolutePath|pathSegments|absolutePathSegments|method|headers|cookies|query|rawQuery|body|bodyAsJson|host|protocol|port|origin|clientIP|dateTime)([./]([A-Za-z0-9_$-]+|\[[A-Za-z0-9_:$-]+\]))*$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Request();

    [GeneratedRegex(@"^(@key|@index|@first|@last|@value|\.|this([./]([A-Za-z0-9_$-]+|\[[A-Za-z0-9_:$-]+\]))*)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Turn();
}

using System.Text.RegularExpressions;

namespace AutoDetectSim.Exchange.Answers;

/// <summary>
/// What a template (Handlebars) may hold: a bounded number of expressions as <see cref="TemplateExpression"/> allows them, no template that
/// names another or itself, and no loop but over the parts of a request, in which each turn writes only what is in that part. An answer is then
/// at most so many times as large as its request, and has nothing of the server in it.
/// </summary>
internal static partial class TemplateRules
{
    private const int MaximumTemplate = 64 * 1024;
    private const int MaximumExpressions = 64;
    private const int MaximumLoop = 4096;

    /// <summary>What is wrong with the templates of one mapping, or null.</summary>
    public static string? Problem(IEnumerable<string> texts)
    {
        var count = 0;
        foreach (var text in texts.Where(text => text.Contains("{{", StringComparison.Ordinal)))
        {
            if (text.Contains("{{{{", StringComparison.Ordinal))
            {
                return "a template may not have raw blocks: {{{{";
            }

            if (text.Length > MaximumTemplate)
            {
                return $"a template may have {MaximumTemplate} characters, not {text.Length}";
            }

            var expressions = Expression().Matches(text);
            count += expressions.Count;
            if (count > MaximumExpressions)
            {
                return $"the templates of a mapping may have {MaximumExpressions} expressions";
            }

            if (Problem(text, expressions) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    private static string? Problem(string text, MatchCollection expressions)
    {
        var loop = -1;
        var covered = 0;
        foreach (Match expression in expressions)
        {
            if (text.IndexOf("{{", covered, expression.Index - covered, StringComparison.Ordinal) >= 0)
            {
                break;
            }

            covered = expression.Index + expression.Length;
            var (kind, content) = (expression.Groups["kind"].Value, expression.Groups["content"].Value.Trim());
            content = content.EndsWith('~') ? content[..^1].TrimEnd() : content;
            var isEach = content == "each" || Each().IsMatch(content);
            if (Problem(expression.Value, kind, content, loop >= 0) is { } problem)
            {
                return problem;
            }

            if (isEach)
            {
                if (kind == "/" && expression.Index - loop > MaximumLoop)
                {
                    return $"what is within {{{{#each}}}} may have {MaximumLoop} characters";
                }

                loop = kind == "#" ? expression.Index : -1;
            }
        }

        return text.IndexOf("{{", covered, StringComparison.Ordinal) >= 0 ? "a template has an expression that does not end with }}" : null;
    }

    private static string? Problem(string expression, string kind, string content, bool isInLoop)
    {
        const string Blocks = "a template may have the blocks if, unless, and each over request.headers, request.query, request.cookies or request.pathSegments";
        switch (kind)
        {
            case "!" when expression.StartsWith("{{!", StringComparison.Ordinal):
                return null;
            case var other when other.AsSpan().IndexOfAny('>', '*') >= 0:
                return $"a template may not name another template: {expression}";
            case "/":
                return content is "if" or "unless" or "each" ? null : $"{Blocks}: {expression}";
            case "^" when content.Length == 0:
                return null;
            case "#" when Each().IsMatch(content):
                return isInLoop ? TemplateExpression.InLoop(expression) : null;
            case "#" when isInLoop && content.StartsWith("each", StringComparison.Ordinal):
                return TemplateExpression.InLoop(expression);
            case "#":
                return Condition().Match(content) is { Success: true } condition ? TemplateExpression.ArgumentProblem(condition.Groups["of"].Value, expression, isInLoop) : $"{Blocks}: {expression}";
            case "" or "&" when content == "else":
                return null;
            case "" when content.StartsWith("else ", StringComparison.Ordinal):
                return Problem(expression, "#", content["else ".Length..].TrimStart() is var branch && branch.StartsWith("each", StringComparison.Ordinal) ? string.Empty : branch, isInLoop);
            case "" or "&":
                return TemplateExpression.Problem(content, expression, isInLoop);
            default:
                return $"{Blocks}: {expression}";
        }
    }

    /// <summary>One expression; comments and what is not an expression have no content that counts.</summary>
    [GeneratedRegex(@"\{\{\{?~?\s*(?<kind>[#/^&>*!]*)(?<content>[^{}]*)\}\}\}?", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Expression();

    /// <summary>The loops that may begin.</summary>
    [GeneratedRegex(@"^each\s+request\.(headers|query|cookies|pathSegments|absolutePathSegments|PathSegments|AbsolutePathSegments)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Each();

    /// <summary>The conditions that may begin.</summary>
    [GeneratedRegex(@"^(if|unless)\s(?<of>.*)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Singleline, 1000)]
    private static partial Regex Condition();
}

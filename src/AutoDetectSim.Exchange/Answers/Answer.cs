using System.Text;
using System.Web;

namespace AutoDetectSim.Exchange.Answers;

/// <summary>One HTTP answer. The front end adds what identifies the node.</summary>
internal sealed record Answer
{
    /// <summary>The HTTP status code.</summary>
    public required int StatusCode { get; init; }

    /// <summary>Headers beyond those that identify the node; repeated names keep their order.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>The body.</summary>
    public byte[] Body { get; init; } = [];

    /// <summary>An answer without a body.</summary>
    public static Answer Empty(int statusCode, params (string Name, string Value)[] headers) =>
        new() { StatusCode = statusCode, Headers = headers };

    /// <summary>An answer with a body in UTF-8.</summary>
    public static Answer Text(int statusCode, string contentType, string body, params (string Name, string Value)[] headers) =>
        new() { StatusCode = statusCode, Headers = [("Content-Type", contentType), .. headers], Body = Encoding.UTF8.GetBytes(body) };

    /// <summary>The redirect of ASP.NET: 302 with an "Object moved" page ([O365ENUM]).</summary>
    public static Answer ObjectMoved(string location, params (string Name, string Value)[] headers) =>
        Text(
            302,
            "text/html; charset=utf-8",
            $"<html><head><title>Object moved</title></head><body>\r\n<h2>Object moved to <a href=\"{HttpUtility.HtmlAttributeEncode(location)}\">here</a>.</h2>\r\n</body></html>\r\n",
            [("Location", location), .. headers]);
}

/// <summary>The generated answer to one case of one operation.</summary>
/// <param name="Operation">One of <see cref="Operations"/>.</param>
/// <param name="Case">The case that the front end found.</param>
/// <param name="Give">Makes the answer from the facts of a request.</param>
internal sealed record AnswerDefinition(string Operation, string Case, Func<RequestFacts, Answer> Give)
{
    /// <summary>The value of <see cref="RequestFacts.Answer"/>.</summary>
    public string Key => KeyOf(Operation, Case);

    /// <summary>The value of <see cref="RequestFacts.Answer"/> for a case of an operation.</summary>
    public static string KeyOf(string operation, string name) => $"{operation}/{name}";
}

using System.Web;
using AutoDetectSim.Exchange.Answers;

namespace AutoDetectSim.Exchange.AutoDiscover;

/// <summary>The bodies of AutoDiscover V2 ([HMADOC], [O365ENUM], [PNS]), the same on-premises and in Exchange Online.</summary>
internal static class AutoDiscoverV2Answers
{
    /// <summary>Cases of <see cref="Operations.AutoDiscoverV2"/>.</summary>
    public const string Success = "success";
    public const string Redirect = "redirect";
    public const string ProtocolNotSupported = "protocolNotSupported";
    public const string InvalidProtocol = "invalidProtocol";
    public const string MissingParameter = "missingParameter";
    public const string InvalidAddress = "invalidAddress";
    public const string UserNotFound = "userNotFound";
    public const string TooManyRedirects = "tooManyRedirects";

    /// <summary>How many redirects a client may report before it is refused; a choice, see docs/fidelity.md.</summary>
    public const int RedirectLimit = 10;

    private static readonly (string, string) NotCached = ("Cache-Control", "private");

    /// <summary>The answers. A fact <see cref="RequestFacts.Url"/> that is empty gives a null URL.</summary>
    /// <param name="supported">The protocol names that the error lists.</param>
    public static IEnumerable<AnswerDefinition> All(string supported)
    {
        yield return Define(Success, facts => Json(200, SuccessBody(facts), NotCached));
        yield return Define(Redirect, facts => Answer.ObjectMoved(facts[RequestFacts.Url], NotCached));
        yield return Define(ProtocolNotSupported, facts => Error(400, "ProtocolNotSupported", $"The given protocol value '{facts[RequestFacts.Protocol]}' is not supported. Supported values are '{supported}'"));
        yield return Define(InvalidProtocol, facts => Error(400, "InvalidProtocol", $"The given protocol value '{facts[RequestFacts.Protocol]}' is invalid. Supported values are 'ActiveSync,AutodiscoverV1'"));
        yield return Define(MissingParameter, facts => Error(400, "MandatoryParameterMissing", $"A valid value must be provided for the query parameter '{facts[RequestFacts.Detail]}'"));
        yield return Define(InvalidAddress, facts => Error(400, "InvalidUserId", $"The given user id '{facts[RequestFacts.Detail]}' is not a valid email address"));
        yield return Define(UserNotFound, facts => Error(404, "UserNotFound", $"The given user '{facts[RequestFacts.Email]}' is not found"));
        yield return Define(TooManyRedirects, _ => Error(400, "RedirectCountExceeded", $"The redirect count exceeds the limit of {RedirectLimit}"));
    }

    private static AnswerDefinition Define(string name, Func<RequestFacts, Answer> give) => new(Operations.AutoDiscoverV2, name, give);

    private static string SuccessBody(RequestFacts facts)
    {
        var url = facts[RequestFacts.Url].Length == 0 ? "null" : Quote(facts[RequestFacts.Url]);
        var location = facts[RequestFacts.Detail].Length == 0 ? "" : $",\"ServerLocation\":{Quote(facts[RequestFacts.Detail])}";
        return $"{{\"Protocol\":{Quote(facts[RequestFacts.Protocol])},\"Url\":{url}{location}}}";
    }

    private static Answer Error(int status, string code, string message) =>
        Json(status, $"{{\"ErrorCode\":{Quote(code)},\"ErrorMessage\":{Quote(message)}}}", NotCached, ("jsonerror", "true"));

    private static Answer Json(int status, string body, params (string, string)[] headers) =>
        Answer.Text(status, "application/json; charset=utf-8", body, headers);

    // The escapes of ASP.NET's serializer: an apostrophe is \u0027, a slash stays ([PNS]).
    private static string Quote(string text) => HttpUtility.JavaScriptStringEncode(text, addDoubleQuotes: true);
}

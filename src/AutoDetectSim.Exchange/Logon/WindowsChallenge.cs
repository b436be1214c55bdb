using AutoDetectSim.Exchange.Answers;

namespace AutoDetectSim.Exchange.Logon;

/// <summary>The 401 in the middle of a logon of Windows authentication: it has nothing but the server's message.</summary>
internal static class WindowsChallenge
{
    private const string Case = "ntlmChallenge";

    /// <summary>The verdict on a logon that goes on; null for others.</summary>
    public static Handling? Of(LogonVerdict logon) => logon.Continuation is { } message ? new Handling(Case) { Facts = [(RequestFacts.Detail, message)] } : null;

    /// <summary>The answer of one operation.</summary>
    public static AnswerDefinition Define(string operation) => new(operation, Case, facts => Answer.Empty(401, ("WWW-Authenticate", facts[RequestFacts.Detail])));
}

using System.Globalization;
using AutoDetectSim.Certificates.Validation;
using AutoDetectSim.Exchange.Organizations;
using AutoDetectSim.Network.Journal;

namespace AutoDetectSim.Exchange.Logon;

/// <summary>Why a server refuses a token for its own address.</summary>
internal enum TokenRefusal
{
    /// <summary>It does not.</summary>
    None,

    /// <summary>No key that the server knows has signed the token.</summary>
    Signature,

    /// <summary>The server's own Auth Certificate is of no use.</summary>
    Certificate,

    /// <summary>Anything else: a token that cannot be read, or a mailbox that takes none.</summary>
    Other,
}

/// <summary>What servers write into their Application event log when they refuse tokens ([AUTHEVENT], [FBERR]; see docs/fidelity.md).</summary>
internal static class TokenEvents
{
    private const string OAuth = "MSExchange OAuth";

    // The date of a text and no more: nothing in the lab happened then.
    private static readonly TimeSpan SinceExpiry = TimeSpan.FromDays(2);
    private static readonly TimeSpan SinceRefresh = TimeSpan.FromDays(9);

    /// <summary>The event of a refusal; null where the server writes nothing.</summary>
    /// <param name="refusal">Why it refuses.</param>
    /// <param name="organization">The organization of the server.</param>
    /// <param name="problem">Why it could not fetch Entra's keys, or null.</param>
    /// <param name="now">The present time.</param>
    public static ServerEvent? Of(TokenRefusal refusal, Organization organization, string? problem, DateTimeOffset now) => refusal switch
    {
        TokenRefusal.Certificate => new ServerEvent("MSExchange Web Services", 24, "Error", $"The Exchange certificate [Subject] CN=Microsoft Exchange Server Auth Certificate expired on {Date(now - SinceExpiry)}."),
        TokenRefusal.Signature when problem is not null => new ServerEvent(OAuth, 2005, "Error", $"The authentication metadata of EvoSts cannot be read from https://login.windows.net/{organization.TenantId}/.well-known/openid-configuration: {InWords(problem)} Without it, no token can be validated."),
        TokenRefusal.Signature => new ServerEvent(OAuth, 2006, "Warning", $"The signature of a token from https://sts.windows.net/{organization.TenantId}/ matches none of the signing keys in the auth server object EvoSts. They were last refreshed on {Date(now - SinceRefresh)}."),
        _ => null,
    };

    private static string InWords(string problem) => ValidationCodes.FromNodeName(problem.Split(',')[0]) is not null
        ? "The underlying connection was closed: Could not establish trust relationship for the SSL/TLS secure channel. The chain of the remote certificate ends in a root that this server does not trust."
        : $"The request failed ({problem.Split(',')[0]}).";

    private static string Date(DateTimeOffset at) => at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

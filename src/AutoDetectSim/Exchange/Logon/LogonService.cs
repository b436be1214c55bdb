using System.Security.Cryptography;
using System.Text;
using AutoDetectSim.Exchange.Logon.Ntlm;
using AutoDetectSim.Exchange.Organizations;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Exchange.Logon;

/// <summary>Decides who a request comes from.</summary>
internal sealed class LogonService(ExchangeDirectory directory, AccessTokens tokens, NtlmLogon ntlm)
{
    /// <summary>Logs a request to an interface that offers NTLM on to its organization.</summary>
    public async ValueTask<LogonVerdict> JudgeWithNtlmAsync(ExchangeRequest request, Organization organization) =>
        ntlm.Judge(request, organization) ?? await JudgeAsync(request, organization);

    /// <summary>Logs a request on to its organization.</summary>
    public async ValueTask<LogonVerdict> JudgeAsync(ExchangeRequest request, Organization organization)
    {
        var authorization = request.Authorization;
        if (authorization.IsEmptyBearer)
        {
            return new LogonVerdict(LogonResult.EmptyBearer, null);
        }

        if (authorization.Token is { } token)
        {
            return await JudgeTokenAsync(request, organization, token);
        }

        return JudgeBasic(authorization, organization) is { } mailbox
            ? new LogonVerdict(LogonResult.Accepted, mailbox)
            : new LogonVerdict(LogonResult.Anonymous, null);
    }

    /// <summary>What ActiveSync offers on a node to one mailbox, or to nobody in particular.</summary>
    public AuthenticationMode ModeOf(ExchangeNode node, Organization organization, EmailAddress? mailbox)
    {
        if (mailbox is null || !organization.Owns(mailbox))
        {
            return node.Auth;
        }

        var settings = organization.Settings(mailbox);
        // OAuth cannot reach a mailbox on a server that is too old for it, whatever the front end offers ([HMADOC]).
        return settings.Server is { } server && directory.FindNode(server) is { Build.HasHybridModernAuthentication: false }
            ? AuthenticationMode.Basic
            : settings.Auth ?? node.Auth;
    }

    private async ValueTask<LogonVerdict> JudgeTokenAsync(ExchangeRequest request, Organization organization, string token)
    {
        var scheme = request.Node.IsTlsOffloaded ? "http" : "https";
        var (result, mailbox) = await tokens.JudgeAsync(token, organization, $"{scheme}://{request.Host}");
        if (result == AccessTokenResult.OtherAudience)
        {
            return new LogonVerdict(LogonResult.OtherAudience, mailbox);
        }

        return result == AccessTokenResult.Valid && request.Node.AcceptsTokens && mailbox is not null && organization.HasMailbox(mailbox) && TakesTokens(ModeOf(request.Node, organization, mailbox))
            ? new LogonVerdict(LogonResult.Accepted, mailbox)
            : new LogonVerdict(LogonResult.RefusedToken, mailbox);
    }

    private static bool TakesTokens(AuthenticationMode mode) =>
        mode is AuthenticationMode.HybridModern or AuthenticationMode.NoAuthorizationUri or AuthenticationMode.Adfs or AuthenticationMode.Gateway;

    private static EmailAddress? JudgeBasic(RequestAuthorization authorization, Organization organization)
    {
        if (string.IsNullOrEmpty(authorization.UserName) || string.IsNullOrEmpty(authorization.Password))
        {
            return null;
        }

        return LogonNames.MailboxOf(authorization.UserName, organization) is { } address && IsPassword(organization.PasswordOf(address), authorization.Password)
            ? address
            : null;
    }

    private static bool IsPassword(string? expected, string given) =>
        expected is null || CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(given));
}

/// <summary>How a request is logged on.</summary>
internal enum LogonResult
{
    /// <summary>No credentials, or none that a mailbox has.</summary>
    Anonymous,

    /// <summary>A client that begins with NTLM, and has to answer a challenge.</summary>
    Challenged,

    /// <summary>A Bearer without a token.</summary>
    EmptyBearer,

    /// <summary>A token for another address.</summary>
    OtherAudience,

    /// <summary>A token that is not valid here.</summary>
    RefusedToken,

    /// <summary>The owner of a mailbox.</summary>
    Accepted,
}

/// <summary>Who a request comes from.</summary>
/// <param name="Result">How the request is logged on.</param>
/// <param name="Mailbox">The mailbox of an accepted request.</param>
internal sealed record LogonVerdict(LogonResult Result, EmailAddress? Mailbox)
{
    /// <summary>The WWW-Authenticate value of a challenged client.</summary>
    public string? Challenge { get; init; }
}

using AutoDetectSim.Exchange.Organizations;
using AutoDetectSim.Protocols;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Exchange.Logon;

/// <summary>Decides who a request comes from.</summary>
internal sealed class LogonService(ExchangeDirectory directory, AccessTokens tokens, NtlmLogon ntlm, PasswordLogon passwords, Func<ExchangeNode, Organization, CancellationToken, Task<KnownKeys>> keysOf, TimeProvider time)
{
    /// <summary>Logs a request on to its organization.</summary>
    /// <param name="request">The request.</param>
    /// <param name="organization">The organization of its node.</param>
    /// <param name="windows">What Windows authentication demands of the client; null where the virtual directory has none.</param>
    public async ValueTask<LogonVerdict> JudgeAsync(ExchangeRequest request, Organization organization, ChannelBindingCheck? windows = null)
    {
        var verdict = await FindAsync(request, organization, windows);
        request.Trace.User = verdict.Result == LogonResult.Accepted ? verdict.Mailbox?.Text : null;
        return verdict;
    }

    private async ValueTask<LogonVerdict> FindAsync(ExchangeRequest request, Organization organization, ChannelBindingCheck? windows)
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

        if (windows is { } check)
        {
            if (authorization.SecurityToken is { } message)
            {
                return ntlm.Judge(message, request, organization, check);
            }

            if (authorization.Scheme.Length == 0 && request.Connection.Mailbox is { } owner)
            {
                return new LogonVerdict(LogonResult.Accepted, owner);
            }
        }

        return passwords.Judge(authorization.UserName, authorization.Password, organization) is { } mailbox ? new LogonVerdict(LogonResult.Accepted, mailbox) : LogonVerdict.Anonymous;
    }

    /// <summary>What ActiveSync offers on a node to one mailbox, or to an anonymous caller.</summary>
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
        var keys = await keysOf(request.Node, organization, request.Context.RequestAborted);
        var (result, mailbox) = await tokens.JudgeAsync(token, organization, $"{scheme}://{request.Host}", keys.Keys);
        if (result == AccessTokenResult.OtherAudience)
        {
            return new LogonVerdict(LogonResult.OtherAudience, mailbox);
        }

        var refusal = result switch
        {
            AccessTokenResult.InvalidSignature => TokenRefusal.Signature,
            AccessTokenResult.Valid when !request.Node.AcceptsTokens => TokenRefusal.Certificate,
            AccessTokenResult.Valid when mailbox is not null && organization.HasMailbox(mailbox) && TakesTokens(ModeOf(request.Node, organization, mailbox)) => TokenRefusal.None,
            _ => TokenRefusal.Other,
        };
        request.Trace.Event = TokenEvents.Of(refusal, organization, keys.Problem, time.GetUtcNow());
        return new LogonVerdict(refusal == TokenRefusal.None ? LogonResult.Accepted : LogonResult.RefusedToken, mailbox) { Refusal = refusal };
    }

    private static bool TakesTokens(AuthenticationMode mode) =>
        mode is AuthenticationMode.HybridModern or AuthenticationMode.NoAuthorizationUri or AuthenticationMode.Adfs or AuthenticationMode.Gateway;

    /// <summary>The mailbox that a user name and a password open, or null. A wrong password counts.</summary>
    public EmailAddress? JudgePassword(string? userName, string? given, Organization organization) => passwords.Judge(userName, given, organization);
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

    /// <summary>A logon that takes another request.</summary>
    Continued,
}

/// <summary>Who a request comes from.</summary>
/// <param name="Result">How the request is logged on.</param>
/// <param name="Mailbox">The mailbox of an accepted request.</param>
internal sealed record LogonVerdict(LogonResult Result, EmailAddress? Mailbox)
{
    /// <summary>An anonymous caller.</summary>
    public static LogonVerdict Anonymous { get; } = new(LogonResult.Anonymous, null);

    /// <summary>Why a token is refused.</summary>
    public TokenRefusal Refusal { get; init; }

    /// <summary>The WWW-Authenticate value with which a logon goes on, where it does.</summary>
    public string? Continuation { get; init; }
}

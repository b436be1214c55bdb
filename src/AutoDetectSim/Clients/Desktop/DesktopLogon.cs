using AutoDetectSim.Protocols;
using AutoDetectSim.Protocols.Http;
using AutoDetectSim.Protocols.Node;
using AutoDetectSim.Protocols.Ntlm;
using AutoDetectSim.Protocols.Randomness;

namespace AutoDetectSim.Clients.Desktop;

/// <summary>
/// How Outlook logs on to a server on one connection: with a token where the server names the place that issues them, else with NTLM
/// where it is offered, and with the bare password where nothing else is.
/// </summary>
internal sealed class DesktopLogon(EmailAddress email, MailboxCredentials credentials, SeededStream random, TimeProvider time)
{
    private const string Ntlm = "NTLM ";

    private LabHttpRequest _request = null!;
    private NtlmClient? _ntlm;
    private bool _isOver;

    /// <summary>Whether the server has read the password.</summary>
    public bool GavePassword { get; private set; }

    /// <summary>Whether no token was to be had for the server.</summary>
    public bool HasNoToken { get; private set; }

    /// <summary>Whether the server refused what was sent.</summary>
    public bool IsRefused { get; private set; }

    /// <summary>The request with which the logon begins, without credentials; the others follow on its connection.</summary>
    public LabHttpRequest Begin(LabHttpRequest request)
    {
        _request = request;
        return With("Bearer ") with { Next = Next };
    }

    private LabHttpRequest? Next(LabHttpResponse response, LabConnectionRecord connection)
    {
        if (response.StatusCode != 401)
        {
            return null;
        }

        if (_isOver)
        {
            IsRefused = true;
            return null;
        }

        return _ntlm is null ? Choose(response, connection) : Answer(response, _ntlm);
    }

    private LabHttpRequest? Choose(LabHttpResponse response, LabConnectionRecord connection)
    {
        var offered = WwwAuthenticate.Parse(response.Values("WWW-Authenticate"));
        if (offered.Any(challenge => challenge.HasScheme("Bearer") && challenge.Parameter("authorization_uri") is { Length: > 0 }))
        {
            var token = credentials.Token(email, _request.Uri);
            HasNoToken = token is null;
            return token is null ? null : Last("Bearer " + token);
        }

        if (offered.Any(challenge => challenge.HasScheme("NTLM")))
        {
            _ntlm = new NtlmClient(email.Text, domain: "", credentials.Password(email), connection.Presented.Count > 0 ? connection.Presented[0] : null, random, time);
            return With(Ntlm + Convert.ToBase64String(_ntlm.Negotiate)) with { Body = default };
        }

        if (offered.Any(challenge => challenge.HasScheme("Basic")))
        {
            GavePassword = true;
            return Last(credentials.Basic(email));
        }

        return null;
    }

    private LabHttpRequest? Answer(LabHttpResponse response, NtlmClient ntlm)
    {
        _isOver = true;
        var challenge = response.Values("WWW-Authenticate").FirstOrDefault(value => value.StartsWith(Ntlm, StringComparison.OrdinalIgnoreCase));
        var bytes = new byte[challenge?.Length ?? 0];
        if (challenge is null || !Convert.TryFromBase64String(challenge[Ntlm.Length..].Trim(), bytes, out var length) || ntlm.Answer(bytes[..length]) is not { } answer)
        {
            IsRefused = true;
            return null;
        }

        return With(Ntlm + Convert.ToBase64String(answer));
    }

    private LabHttpRequest Last(string authorization)
    {
        _isOver = true;
        return With(authorization);
    }

    private LabHttpRequest With(string authorization) => _request with { Headers = [.. _request.Headers, new("Authorization", authorization)] };
}

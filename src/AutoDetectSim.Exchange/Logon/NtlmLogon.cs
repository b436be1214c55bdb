using System.Security.Cryptography;
using AutoDetectSim.Exchange.Connections;
using AutoDetectSim.Exchange.Organizations;
using AutoDetectSim.Protocols;
using AutoDetectSim.Protocols.Ntlm;
using AutoDetectSim.Protocols.Randomness;

namespace AutoDetectSim.Exchange.Logon;

/// <summary>Windows authentication: NTLM with NTLMv2, bare or in the Negotiate scheme (MS-NTHT, MS-NLMP).</summary>
internal sealed class NtlmLogon(SeededStream challenges, AccountLockouts lockouts, TimeProvider time)
{
    private const NtlmFlags Offered = NtlmFlags.Unicode | NtlmFlags.RequestTarget | NtlmFlags.Sign | NtlmFlags.Ntlm | NtlmFlags.AlwaysSign | NtlmFlags.ExtendedSessionSecurity
        | NtlmFlags.Encryption128 | NtlmFlags.KeyExchange | NtlmFlags.Encryption56;

    private const NtlmFlags Said = NtlmFlags.TargetTypeDomain | NtlmFlags.TargetInfo | NtlmFlags.Version;

    /// <summary>Judges the message of one request.</summary>
    /// <param name="token">The value in its Authorization header after NTLM or Negotiate.</param>
    /// <param name="request">The request.</param>
    /// <param name="organization">The organization of its node.</param>
    /// <param name="check">What is demanded of the binding to the connection.</param>
    public LogonVerdict Judge(ReadOnlyMemory<byte> token, ExchangeRequest request, Organization organization, ChannelBindingCheck check)
    {
        // Windows takes NTLM without its wrapping in the Negotiate scheme, and then answers without it.
        var message = token.ToArray();
        var isWrapped = NtlmMessage.TypeOf(message) == 0;
        if (isWrapped && !(request.Authorization.IsNegotiate && Spnego.TryUnwrap(token, out message)))
        {
            return LogonVerdict.Anonymous;
        }

        var connection = request.Connection;
        switch (NtlmMessage.TypeOf(message))
        {
            case NtlmMessage.Negotiate:
                return Continue(request.Authorization, Challenge(message, connection, request.Node), isWrapped);
            case NtlmMessage.Authenticate when AuthenticateMessage.TryRead(message, out var authenticate) && connection.Take() is { } handshake:
                if (Authenticate(authenticate, message, handshake, request, organization, check) is not { } mailbox)
                {
                    return LogonVerdict.Anonymous;
                }

                connection.LoggedOn(mailbox);
                return new LogonVerdict(LogonResult.Accepted, mailbox);
            default:
                // A response to a challenge of another connection is not a logon attempt, and does not count as a wrong password.
                return message.Length == 0 ? Continue(request.Authorization, [], isWrapped) : LogonVerdict.Anonymous;
        }
    }

    private static LogonVerdict Continue(RequestAuthorization authorization, byte[] message, bool isWrapped) => new(LogonResult.Continued, null)
    {
        Continuation = $"{authorization.Scheme} {Convert.ToBase64String(isWrapped ? Spnego.Wrap(message) : message)}",
    };

    private byte[] Challenge(byte[] negotiate, ConnectionLogon connection, ExchangeNode node)
    {
        var asked = negotiate.Length >= NtlmMessage.HeaderLength + sizeof(uint) ? (NtlmFlags)BitConverter.ToUInt32(negotiate, NtlmMessage.HeaderLength) : NtlmFlags.None;
        var domain = node.Organization!.InternalDomain;
        var netBiosDomain = domain.Split('.')[0].ToUpperInvariant();
        var challenge = new ChallengeMessage
        {
            Flags = (asked & Offered) | Said,
            ServerChallenge = challenges.NextGuid().ToByteArray()[..ChallengeMessage.ChallengeLength],
            TargetName = netBiosDomain,
            TargetInfo = new TargetInfo([])
                .With(AvId.NetBiosDomainName, netBiosDomain)
                .With(AvId.NetBiosComputerName, node.NetBiosName)
                .With(AvId.DnsDomainName, domain)
                .With(AvId.DnsComputerName, node.Fqdn)
                .With(AvId.DnsTreeName, domain)
                .With(AvId.Timestamp, BitConverter.GetBytes(time.GetUtcNow().ToFileTime())),
        };
        var message = challenge.Write();
        connection.Begin(new NtlmHandshake(negotiate, message, challenge.ServerChallenge));
        return message;
    }

    private EmailAddress? Authenticate(
        AuthenticateMessage message, byte[] bytes, NtlmHandshake handshake, ExchangeRequest request, Organization organization, ChannelBindingCheck check)
    {
        if (!NtlmV2Response.TryRead(message.Response, out var response)
            || organization.MailboxOf(message.User) is not { } mailbox
            || lockouts.IsLocked(mailbox, organization.Definition.Lockout))
        {
            return null;
        }

        // Where any password will do, there is nothing to hold the proof against.
        if (organization.PasswordOf(mailbox) is { } password && !Proves(password, message, bytes, response, handshake))
        {
            lockouts.Failed(mailbox, organization.Definition.Lockout);
            return null;
        }

        lockouts.Forget(mailbox.Text);
        return IsBound(response, request, check) ? mailbox : null;
    }

    private static bool Proves(string password, AuthenticateMessage message, byte[] bytes, NtlmV2Response response, NtlmHandshake handshake)
    {
        var key = NtlmV2.ResponseKey(password, message.User, message.Domain);
        if (!CryptographicOperations.FixedTimeEquals(response.Proof, NtlmV2.Proof(key, handshake.ServerChallenge, response.Proven)))
        {
            return false;
        }

        if (!response.IsSealed)
        {
            return true;
        }

        var sessionKey = NtlmV2.SessionKey(key, response.Proof, message.Flags, message.EncryptedSessionKey);
        return bytes.Length >= AuthenticateMessage.MicOffset + NtlmV2.KeyLength
            && CryptographicOperations.FixedTimeEquals(
                bytes.AsSpan(AuthenticateMessage.MicOffset, NtlmV2.KeyLength),
                NtlmV2.Mic(sessionKey, handshake.Negotiate, handshake.Challenge, bytes));
    }

    /// <summary>Whether the logon is bound to the connection that the server itself has, as far as that matters. A binding of zeros is none.</summary>
    private static bool IsBound(NtlmV2Response response, ExchangeRequest request, ChannelBindingCheck check)
    {
        if (check == ChannelBindingCheck.None)
        {
            return true;
        }

        var binding = response.TargetInfo[AvId.ChannelBindings];
        return binding is null || !binding.AsSpan().ContainsAnyExcept((byte)0)
            ? check == ChannelBindingCheck.Allow
            : request.ServerCertificate is { } certificate && binding.AsSpan().SequenceEqual(ChannelBinding.Of(certificate));
    }
}

/// <summary>What extended protection demands of a virtual directory (the tokenChecking of IIS).</summary>
internal enum ChannelBindingCheck
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A client that binds its logon has to bind it to the right certificate.</summary>
    Allow,

    /// <summary>Every client has to bind its logon.</summary>
    Require,
}

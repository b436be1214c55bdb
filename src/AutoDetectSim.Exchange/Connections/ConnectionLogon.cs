using AutoDetectSim.Protocols;

namespace AutoDetectSim.Exchange.Connections;

/// <summary>
/// What a server remembers of a connection: NTLM logs on a connection and not a request (MS-NTHT 3.2). Whoever sends a request
/// on a connection that is logged on is taken for its owner.
/// </summary>
internal sealed class ConnectionLogon
{
    private readonly Lock _gate = new();
    private NtlmHandshake? _handshake;
    private EmailAddress? _mailbox;

    /// <summary>Who the connection is logged on as, or null.</summary>
    public EmailAddress? Mailbox
    {
        get
        {
            lock (_gate)
            {
                return _mailbox;
            }
        }
    }

    /// <summary>Begins a logon; one that was begun before is forgotten.</summary>
    public void Begin(NtlmHandshake handshake)
    {
        lock (_gate)
        {
            _handshake = handshake;
            _mailbox = null;
        }
    }

    /// <summary>Takes the logon that was begun, which answers once; null when none was.</summary>
    public NtlmHandshake? Take()
    {
        lock (_gate)
        {
            var taken = _handshake;
            _handshake = null;
            return taken;
        }
    }

    /// <summary>Ends a logon.</summary>
    public void LoggedOn(EmailAddress mailbox)
    {
        lock (_gate)
        {
            _mailbox = mailbox;
        }
    }
}

/// <summary>The first two messages of a logon.</summary>
/// <param name="Negotiate">The client's.</param>
/// <param name="Challenge">The server's.</param>
/// <param name="ServerChallenge">What the client has to answer.</param>
internal sealed record NtlmHandshake(byte[] Negotiate, byte[] Challenge, byte[] ServerChallenge);

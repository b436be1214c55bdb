using AutoDetectSim.Protocols.Http;
using AutoDetectSim.Scenarios;
using AutoDetectSim.Tls;

namespace AutoDetectSim.Diagnosis.Checking.Connecting;

/// <summary>A host and what each connection to it asks for.</summary>
internal sealed record ProbeTarget
{
    public required string Host { get; init; }

    public required int Port { get; init; }

    /// <summary>One of the host's addresses to connect to, or null to leave it to name resolution.</summary>
    public string? Address { get; init; }

    public required HostRole Role { get; init; }

    /// <summary>The TLS versions that are offered: old ones too, so that servers which speak nothing newer show who they are.</summary>
    public TlsVersions Versions { get; init; } = TlsVersions.All;

    /// <summary>How the ClientHello looks.</summary>
    public ProbeHello Hello { get; init; } = ProbeHello.OfAutoDetect;

    /// <summary>Whether the host's name is sent in SNI, where it has one.</summary>
    public bool SendsServerName { get; init; } = true;

    public required IReadOnlyList<ProbeRequest> Requests { get; init; }

    /// <summary>Whether the host is a mail server, which is not asked for HTTP.</summary>
    public bool IsMail { get; init; }

    /// <summary>The mail protocol in which STARTTLS is asked for before the handshake; null: the handshake comes first.</summary>
    public MailProtocol? StartTls { get; init; }

    /// <summary>Whether an address is one of this host at this port.</summary>
    public bool IsAt(Uri address) => string.Equals(address.Host, Host, StringComparison.OrdinalIgnoreCase) && address.Port == Port;

    /// <summary>A host of which nothing more is known.</summary>
    public static ProbeTarget Server(string host, int port) => new()
    {
        Host = host,
        Port = port,
        Role = HostRole.Server,
        Requests = [new ProbeRequest("OPTIONS", ExchangePaths.ActiveSync)],
    };

    /// <summary>A mail server, which is asked for nothing but TLS.</summary>
    /// <param name="host">The host.</param>
    /// <param name="port">The port.</param>
    /// <param name="startTls">The protocol in which TLS is asked for; null at a port where TLS comes first.</param>
    public static ProbeTarget MailServer(string host, int port, MailProtocol? startTls) =>
        Server(host, port) with { IsMail = true, StartTls = startTls, Requests = [] };

    /// <summary>A host that is asked by AutoDiscover V2 for the ActiveSync URL of an address ([HMADOC], [HMAEAS]).</summary>
    public static ProbeTarget AutoDiscover(string host, int port, string email) => new()
    {
        Host = host,
        Port = port,
        Role = HostRole.AutoDiscover,
        Requests = [new ProbeRequest("GET", $"/autodiscover/autodiscover.json?Email={Uri.EscapeDataString(email)}&Protocol=activesync&RedirectCount=3")],
    };

    /// <summary>A host that is asked for ActiveSync's build and for its challenge to an empty Bearer ([HMAEAS]).</summary>
    public static ProbeTarget ActiveSync(string host, int port, string path) => new()
    {
        Host = host,
        Port = port,
        Role = HostRole.ActiveSync,
        Requests =
        [
            // A server may close the connection after its first answer: the challenge is what matters.
            new ProbeRequest("GET", path)
            {
                Headers = [KeyValuePair.Create("Accept", "application/json"), KeyValuePair.Create("Authorization", "Bearer ")],
            },
            new ProbeRequest("OPTIONS", path),
        ],
    };
}

/// <summary>One request of a probe. It carries no credentials.</summary>
internal sealed record ProbeRequest(string Method, string Path)
{
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];
}

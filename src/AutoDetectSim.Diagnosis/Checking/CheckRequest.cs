using System.Net;
using AutoDetectSim.Certificates.Clients;
using AutoDetectSim.Certificates.Validation;
using AutoDetectSim.Diagnosis.Checking.Connecting;
using AutoDetectSim.Protocols.Dialing;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Diagnosis.Checking;

/// <summary>What to check.</summary>
internal sealed record CheckRequest
{
    public required string Host { get; init; }

    public int Port { get; init; } = 443;

    /// <summary>The mail protocol in which TLS is asked for by STARTTLS; null: TLS starts with the connection.</summary>
    public MailProtocol? StartTls { get; init; }

    /// <summary>An address whose mailbox is looked for, so that the case is followed from AutoDiscover to ActiveSync and MX; null: none was given.</summary>
    public string? Email { get; init; }

    /// <summary>Connections to each host; null: as many as it takes to have met every node, within <see cref="MaximumAttempts"/>.</summary>
    public int? Attempts { get; init; }

    /// <summary>The bound on connections to each host when <see cref="Attempts"/> is left open.</summary>
    public int MaximumAttempts { get; init; } = 300;

    /// <summary>Whether connectors present the host's certificates as a client (mutual TLS), so that they need clientAuth.</summary>
    public bool MutualTls { get; init; }

    /// <summary>The clients that judge each chain.</summary>
    public IReadOnlyList<ClientProfile> Profiles { get; init; } = KnownClients.All;

    /// <summary>Source addresses to connect from; the first one is used unless a balancer turns out to be sticky.</summary>
    public IReadOnlyList<IPAddress> Sources { get; init; } = [];
}

/// <summary>The world that a check looks at from outside.</summary>
internal sealed record CheckEnvironment
{
    /// <summary>Opens connections from a source address, or from the usual one for null.</summary>
    public required Func<IPAddress?, ITransportDialer> Dialers { get; init; }

    /// <summary>What clients trust.</summary>
    public required TrustAnchors Anchors { get; init; }

    public required TimeProvider Time { get; init; }

    public StrictPathValidator Validator { get; init; } = new();

    /// <summary>Downloads issuers for clients that do so, or null where nothing may be downloaded.</summary>
    public IIssuerSource? Issuers { get; init; }

    /// <summary>Finds a domain's mail exchangers, or null where no DNS is at hand.</summary>
    public Func<string, CancellationToken, Task<MailExchangers>>? MailExchangers { get; init; }

    /// <summary>Finds the addresses of a host, or null where only something in between knows them, such as a proxy.</summary>
    public Func<string, CancellationToken, Task<IReadOnlyList<IPAddress>>>? Addresses { get; init; }

    /// <summary>Finds the connectors of a host's nodes to partners that require a client certificate; null where nothing tells.</summary>
    public Func<string, IReadOnlyList<string>>? Connectors { get; init; }

    /// <summary>For a lab: the line that says so in the first place of every report; null in the field.</summary>
    public string? Reproduction { get; init; }

    /// <summary>Whether any source address can be claimed, as inside a lab.</summary>
    public bool CanClaimSources { get; init; }

    /// <summary>How long one connection with its requests may take; by default as long as AutoDetect waits for one server.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);
}

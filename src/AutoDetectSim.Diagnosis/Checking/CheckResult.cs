using AutoDetectSim.Certificates.Clients;
using AutoDetectSim.Diagnosis.Checking.Grouping;

namespace AutoDetectSim.Diagnosis.Checking;

/// <summary>What a check found out, from the first host to the last.</summary>
internal sealed record CheckResult
{
    /// <summary>For a lab: the line that says so; null in the field.</summary>
    public string? Reproduction { get; init; }

    public required string Host { get; init; }

    public required int Port { get; init; }

    /// <summary>The address that the case was followed for, or null.</summary>
    public string? Email { get; init; }

    /// <summary>When the check was made.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The worst of the hosts' verdicts, and of what AutoDetect's published ranges met.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>The hosts in the order of the case: AutoDiscover, where it redirects to, then ActiveSync.</summary>
    public required IReadOnlyList<HostDiagnosis> Hosts { get; init; }

    /// <summary>Who takes the domain's mail, or null where nobody asked.</summary>
    public MailRouting? Mail { get; init; }

    /// <summary>Issuers that were downloaded from where certificates say, or were not to be had there.</summary>
    public required IReadOnlyList<IssuerDownload> Downloads { get; init; }

    /// <summary>Addresses of hosts at which another server answers than at the host's other ones.</summary>
    public IReadOnlyList<StrangeAddress> Strangers { get; init; } = [];

    /// <summary>What connections from AutoDetect's published ranges come to; empty where they were not tried.</summary>
    public IReadOnlyList<PublishedRange> Ranges { get; init; } = [];

    /// <summary>What the reader should know before believing the verdict.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    public required TimeSpan Elapsed { get; init; }

    /// <summary>How long this process was stalled meanwhile, in milliseconds, which no time limit counts; null if it was not.</summary>
    public double? StalledMs { get; init; }

    /// <summary>Whether the first host did not answer at all.</summary>
    public bool IsUnreachable => Hosts[0].IsUnreachable;
}

/// <summary>An address of a host at which a server answers whose certificate strict clients refuse, while they accept that of another address.</summary>
/// <param name="Host">The host.</param>
/// <param name="Address">The address.</param>
/// <param name="Subject">The subject of the certificate that comes from it.</param>
/// <param name="Code">What a strict client says of it.</param>
/// <param name="Good">An address of the host at which the certificate is in order.</param>
internal sealed record StrangeAddress(string Host, string Address, string Subject, string Code, string Good);

/// <summary>Where a domain's mail goes.</summary>
/// <param name="Domain">The domain.</param>
/// <param name="Exchangers">Host names, best first.</param>
/// <param name="Provider">The provider that they belong to, or null for none that is known.</param>
/// <param name="Problem">Why the exchangers are not known, or null.</param>
internal sealed record MailRouting(string Domain, IReadOnlyList<string> Exchangers, string? Provider, string? Problem = null);

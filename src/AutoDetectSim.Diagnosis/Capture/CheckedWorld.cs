using AutoDetectSim.Certificates.Validation;
using AutoDetectSim.Diagnosis.Checking;
using AutoDetectSim.Diagnosis.Checking.Connecting;
using AutoDetectSim.Diagnosis.Checking.Grouping;

namespace AutoDetectSim.Diagnosis.Capture;

/// <summary>Makes a captured world of what a check has seen, without looking again.</summary>
internal static class CheckedWorld
{
    /// <summary>The world as the check saw it.</summary>
    /// <param name="check">The check.</param>
    /// <param name="anchors">What clients trust.</param>
    /// <param name="versions">TLS versions that the nodes of a host are known to accept; null: those of nodes that agreed on an old one only, as the check saw it.</param>
    public static CapturedWorld Of(CheckResult check, TrustAnchors anchors, IReadOnlyDictionary<HostDiagnosis, IReadOnlyDictionary<string, IReadOnlyList<string>>>? versions = null) => new()
    {
        Host = check.Host,
        At = check.At,
        Email = check.Email,
        Hosts = [.. Reachable(check).Select(roles => Capture(roles, versions?.GetValueOrDefault(roles[0]) ?? OldVersions(roles[0])))],
        Anchors = [.. anchors.Certificates.Select(anchor => anchor.Der)],
        Downloads = check.Downloads,
        Revoked = [.. check.Hosts.SelectMany(host => host.Revoked)],
        MailExchangers = check.Mail is { Problem: null } mail ? mail.Exchangers : null,
    };

    /// <summary>The hosts that could be reached, each with all of its roles.</summary>
    public static IEnumerable<IReadOnlyList<HostDiagnosis>> Reachable(CheckResult check) => check.Hosts
        .Where(host => !host.IsUnreachable)
        .GroupBy(host => (host.Host.ToUpperInvariant(), host.Port))
        .Select(group => (IReadOnlyList<HostDiagnosis>)[.. group]);

    private static CapturedHost Capture(IReadOnlyList<HostDiagnosis> roles, IReadOnlyDictionary<string, IReadOnlyList<string>> versions)
    {
        var host = roles[0];
        var connections = host.Observations.Select(Capture).ToList();

        // What a node answered in its other role is the same node's.
        foreach (var answered in roles.Skip(1).SelectMany(role => role.Observations))
        {
            var index = connections.FindIndex(connection => connection.Node is not null && connection.Node == answered.Header("X-FEServer"));
            if (index >= 0)
            {
                connections[index] = connections[index] with { Answers = [.. connections[index].Answers, .. answered.Answers] };
            }
        }

        return new CapturedHost
        {
            Host = host.Host,
            Port = host.Port,
            Connections = connections,
            IsSticky = host.Balancing.Pattern == BalancingPattern.BySource,
            TlsVersions = versions,
            WithoutServerName = [.. host.WithoutServerName?.Presented.Select(certificate => certificate.Der) ?? []],
        };
    }

    private static CapturedConnection Capture(Observation observation) => new()
    {
        Host = observation.Host,
        Port = observation.Port,
        Node = observation.Header("X-FEServer"),
        Presented = observation.Presented,
        ErrorCode = observation.Error?.Code,
        DemandsClientCertificate = observation.ClientCertificateRequested && observation.Answers.Count == 0,
        Answers = observation.Answers,
    };

    /// <summary>A node with which a client of every version agreed on an old one speaks nothing newer.</summary>
    private static Dictionary<string, IReadOnlyList<string>> OldVersions(HostDiagnosis host) => host.Observations
        .Select(observation => (Node: NodeFingerprint.Of(observation)?.Name, Version: observation.TlsVersion switch { "TLSv1" => "1.0", "TLSv1.1" => "1.1", _ => null }))
        .Where(seen => seen is { Node: not null, Version: not null })
        .GroupBy(seen => seen.Node!, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => (IReadOnlyList<string>)[.. group.Select(seen => seen.Version!).Distinct(StringComparer.Ordinal)], StringComparer.Ordinal);
}

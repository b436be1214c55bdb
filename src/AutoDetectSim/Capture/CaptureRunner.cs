using AutoDetectSim.Diagnosis;
using AutoDetectSim.Diagnosis.Grouping;
using AutoDetectSim.Diagnosis.Observing;
using AutoDetectSim.Tls;

namespace AutoDetectSim.Capture;

/// <summary>Looks at a world from outside as a check does, and further at what a reproduction needs: the TLS versions of each node.</summary>
internal sealed class CaptureRunner(CheckEnvironment environment)
{
    /// <summary>Connections per TLS version and node met, so that each node is met by each version.</summary>
    private const int ConnectionsPerNode = 3;

    private const int MostConnectionsPerVersion = 90;

    private static readonly (TlsVersions Version, string Name)[] Versions =
    [
        (TlsVersions.Tls10, "1.0"), (TlsVersions.Tls11, "1.1"), (TlsVersions.Tls12, "1.2"), (TlsVersions.Tls13, "1.3"),
    ];

    /// <summary>Captures a host and what it leads to.</summary>
    public async Task<(CheckResult Check, CapturedWorld World)> RunAsync(CheckRequest request, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        var check = await new CheckRunner(environment).RunAsync(request, progress, cancellationToken);
        var hosts = new List<CapturedHost>();
        foreach (var host in check.Hosts.Where(host => !host.IsUnreachable).GroupBy(host => (host.Host.ToUpperInvariant(), host.Port)).Select(group => group.ToList()))
        {
            hosts.Add(await CaptureAsync(host, request, cancellationToken));
        }

        return (check, new CapturedWorld
        {
            Host = check.Host,
            At = check.At,
            Email = check.Email,
            Hosts = hosts,
            Anchors = [.. environment.Anchors.Certificates.Select(anchor => anchor.Der)],
            Downloads = check.Downloads,
            MailExchangers = check.Mail?.Exchangers,
        });
    }

    private async Task<CapturedHost> CaptureAsync(List<HostDiagnosis> roles, CheckRequest request, CancellationToken cancellationToken)
    {
        var host = roles[0];
        var versions = await AskVersionsAsync(host, request, cancellationToken);
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

    private async Task<Dictionary<string, IReadOnlyList<string>>> AskVersionsAsync(HostDiagnosis host, CheckRequest request, CancellationToken cancellationToken)
    {
        var probe = new HostProbe(environment.Dialers, environment.Time, environment.Timeout);
        var source = request.Sources.Count > 0 ? request.Sources[0] : null;
        var count = Math.Clamp(host.Nodes.Count * ConnectionsPerNode, ConnectionsPerNode, MostConnectionsPerVersion);
        var found = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var (version, name) in Versions)
        {
            for (var number = 1; number <= count; number++)
            {
                var observation = await probe.ObserveAsync(number, ProbeTarget.Server(host.Host, host.Port) with { Versions = version }, source, cancellationToken);
                if ((observation.Error is null || observation.ClientCertificateRequested) && NodeIdentity.Of(observation) is { } node)
                {
                    var list = found.TryGetValue(node.Name, out var known) ? known : found[node.Name] = [];
                    if (!list.Contains(name, StringComparer.Ordinal))
                    {
                        list.Add(name);
                    }
                }
            }
        }

        return found.ToDictionary(pair => pair.Key, pair => (IReadOnlyList<string>)pair.Value, StringComparer.Ordinal);
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
}

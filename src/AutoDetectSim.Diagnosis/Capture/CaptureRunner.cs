using AutoDetectSim.Diagnosis.Checking;
using AutoDetectSim.Diagnosis.Checking.Connecting;
using AutoDetectSim.Diagnosis.Checking.Grouping;
using AutoDetectSim.Tls;

namespace AutoDetectSim.Diagnosis.Capture;

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
        var versions = new Dictionary<HostDiagnosis, IReadOnlyDictionary<string, IReadOnlyList<string>>>();
        foreach (var roles in CheckedWorld.Reachable(check))
        {
            versions[roles[0]] = await AskVersionsAsync(roles[0], request, cancellationToken);
        }

        return (check, CheckedWorld.Of(check, environment.Anchors, versions));
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
                if ((observation.Error is null || observation.ClientCertificateRequested) && NodeFingerprint.Of(observation) is { } node)
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
}

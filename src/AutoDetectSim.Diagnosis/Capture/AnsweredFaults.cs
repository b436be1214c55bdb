using AutoDetectSim.Certificates.Issuance;
using AutoDetectSim.Diagnosis.Checking.Grouping;
using AutoDetectSim.Protocols.Http;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Diagnosis.Capture;

/// <summary>Settings of a lab that give the answers which show a fault above TLS: a virtual directory that is offline, a device that wants callers to log on first.</summary>
internal static class AnsweredFaults
{
    /// <summary>What redirects without a host are relative to.</summary>
    private static readonly Uri Asked = new("https://host.invalid/");

    private const int Unavailable = 503;
    private const int Unauthorized = 401;

    private static readonly (string Path, VirtualDirectory Directory)[] Directories =
    [
        ("/autodiscover/", VirtualDirectory.AutoDiscover), (ExchangePaths.ActiveSync, VirtualDirectory.ActiveSync),
    ];

    /// <summary>The virtual directories that answered 503 whenever they were asked.</summary>
    public static IReadOnlyList<VirtualDirectory> Offline(IEnumerable<CapturedConnection> connections)
    {
        var answers = connections.SelectMany(connection => connection.Answers).ToList();
        return [.. Directories.Where(known => answers.FindAll(answer => IsOf(answer, known.Path)) is { Count: > 0 } of && of.TrueForAll(answer => answer.StatusCode == Unavailable)).Select(known => known.Directory)];
    }

    /// <summary>What a device in front of some nodes does, if every one of them answered as such a device.</summary>
    public static PreAuthentication Device(IEnumerable<CapturedConnection> connections)
    {
        var kinds = connections.SelectMany(connection => connection.Answers).Where(answer => answer.Method != "OPTIONS").Select(DeviceOf).Distinct().ToList();
        return kinds is [var one] ? one : PreAuthentication.None;
    }

    /// <summary>A load balancer that terminates TLS with the chain of its nodes, and wants callers to log on first; null where its nodes do not have one chain.</summary>
    public static LoadBalancerDefinition? WithDevice(LoadBalancerDefinition balancer, PreAuthentication device)
    {
        var chains = balancer.Nodes.Select(node => node.Present).DistinctBy(present => present is null ? "" : $"{present.Certificate} {string.Join(" ", present.Names ?? [])}", StringComparer.Ordinal).ToList();
        var isPlain = balancer.Nodes.All(node => node is { Fault: TransportFault.None, ClientCertificate: false, WithoutSni: null });
        return chains is [{ } present] && isPlain
            ? balancer with
            {
                Tls = TlsHandling.Terminate,
                Present = present,
                PreAuthentication = device,
                Nodes = [.. balancer.Nodes.Select(node => node with { Present = new PresentedChainRecipe { Certificate = present.Certificate } })],
            }
            : null;
    }

    private static PreAuthentication DeviceOf(ObservedAnswer answer)
    {
        if (LogonPage.IsForm(answer))
        {
            return PreAuthentication.Form;
        }

        if (answer.StatusCode is 301 or 302 or 303 or 307 or 308 && WebAddress.TryParse(answer.Values("Location").FirstOrDefault(), Asked, out var target))
        {
            return LogonPage.IsAddress(target) && !target.AbsolutePath.Contains("autodiscover.json", StringComparison.OrdinalIgnoreCase) ? PreAuthentication.Redirect : PreAuthentication.None;
        }

        // Exchange answers AutoDiscover V2 without a logon.
        return answer.StatusCode == Unauthorized && answer.Path.Contains("autodiscover.json", StringComparison.OrdinalIgnoreCase) ? PreAuthentication.Basic : PreAuthentication.None;
    }

    private static bool IsOf(ObservedAnswer answer, string path) => answer.Method != "OPTIONS" && answer.Path.StartsWith(path, StringComparison.OrdinalIgnoreCase);
}

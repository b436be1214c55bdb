using AutoDetectSim.Cli.Run;
using AutoDetectSim.Hosting;

namespace AutoDetectSim.Cli.Env;

/// <summary>The environment variables of a shell in which programs use a lab.</summary>
internal static class LabVariables
{
    /// <summary>The control server, the WireMock server and others on this computer are not behind the gateway.</summary>
    private const string ThisComputer = "localhost,127.0.0.1,::1";

    private const string Gateway = "GATEWAY";
    private const string Root = "ROOT";
    private const string TrustStore = "TRUSTSTORE";
    private const string DetectUrl = "DETECT_URL";
    private const string FrontDoor = "FRONT_DOOR";
    private const string Customer = "CUSTOMER";
    private const string Dns = "DNS";

    /// <summary>The names of the lab's own addresses and files, which nothing reads by itself.</summary>
    public static IReadOnlyList<string> Addresses { get; } = [Gateway, Root, TrustStore, DetectUrl, FrontDoor, Customer, Dns];

    /// <summary>Every name that a lab may set.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. Addresses, .. ProgramVariables.Proxy, .. ProgramVariables.Exemptions, .. ProgramVariables.Roots, ProgramVariables.NodeProxy];

    /// <summary>The variables of a lab, in the order of their names; null for one that the lab has no value for.</summary>
    public static IEnumerable<(string Name, string? Value)> Of(ReadyFile lab, IEnumerable<string> names)
    {
        var detectHost = new Uri(lab.DetectUrl).Host;
        var frontDoor = lab.VirtualIps.FirstOrDefault(one => one.Hosts.Contains(detectHost, StringComparer.OrdinalIgnoreCase));
        var customer = lab.VirtualIps.Where(one => one.IsCustomer).OrderBy(one => one.Hosts.Any(host => host.StartsWith("autodiscover.", StringComparison.OrdinalIgnoreCase)) ? 0 : 1).FirstOrDefault();
        return names.Select(name => (name, name switch
        {
            Gateway => lab.Gateway,
            Root => lab.RootCertificate,
            TrustStore => lab.TrustStore,
            DetectUrl => lab.DetectUrl,
            FrontDoor => frontDoor?.Endpoint,
            Customer => customer?.Endpoint,
            Dns => lab.Dns,
            ProgramVariables.NodeProxy => "1",
            _ when ProgramVariables.Proxy.Contains(name, StringComparer.Ordinal) => lab.Gateway,
            _ when ProgramVariables.Roots.Contains(name, StringComparer.Ordinal) => lab.RootCertificate,
            _ => ThisComputer,
        }));
    }
}

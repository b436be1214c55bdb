using System.Globalization;
using System.Net;
using System.Text;
using AutoDetectSim.FunctionalTests.Support;
using AutoDetectSim.Issuing;
using AutoDetectSim.Roles;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.FunctionalTests.Roles;

/// <summary>The files of a lab whose parts all listen on one loopback address that no other test uses.</summary>
internal sealed class PartsOnLoopback : IDisposable
{
    private const int FirstPort = 9000;

    private static int _made;

    private readonly TemporaryFolder _folder = new();
    private readonly string _address = string.Create(CultureInfo.InvariantCulture, $"127.98.{Environment.ProcessId & 255}.{Interlocked.Increment(ref _made)}");
    private readonly Dictionary<string, string> _addresses = new(StringComparer.Ordinal);

    private PartsOnLoopback(string scenario, bool proxyProtocol)
    {
        ScenarioPath = _folder.Write("scenario.yaml", scenario);
        Scenario = ScenarioLoader.Load(ScenarioPath).Scenario!;
        var balancer = Scenario.LoadBalancers[0];
        string[] roles = [.. balancer.Nodes.Select(node => $"node:{balancer.Name}/{node.Name}"), $"balancer:{balancer.Name}", "autodetect", "cloud", "gateway", "dns"];
        var yaml = new StringBuilder("parts:\n");
        foreach (var (index, role) in roles.Index())
        {
            _addresses[role] = string.Create(CultureInfo.InvariantCulture, $"{_address}:{FirstPort + index}");
            yaml.Append(CultureInfo.InvariantCulture, $"  - role: {role}\n    address: {_addresses[role]}\n");
            if (proxyProtocol && role.StartsWith("balancer:", StringComparison.Ordinal))
            {
                yaml.Append("    proxyProtocol: true\n");
            }
        }

        PartsPath = _folder.Write("parts.yaml", yaml.ToString());
    }

    public Scenario Scenario { get; }

    public string ScenarioPath { get; }

    public string PartsPath { get; }

    public string Pki => _folder.In("pki");

    /// <summary>What every part of the lab is started with besides its role.</summary>
    public string[] Arguments => [ScenarioPath, "--pki", Pki, "--parts", PartsPath, "--listen", _address];

    /// <summary>Exports the PKI of one-in-twenty with another number of nodes, and writes the parts file.</summary>
    /// <param name="nodes">How many nodes there are.</param>
    /// <param name="proxyProtocol">Whether the load balancer is told of sessions.</param>
    public static async Task<PartsOnLoopback> CreateAsync(int nodes, bool proxyProtocol = true)
    {
        var text = (await File.ReadAllTextAsync(Tool.Scenario("one-in-twenty.yaml"))).Replace("{02..20}", string.Create(CultureInfo.InvariantCulture, $"{{02..{nodes:00}}}"), StringComparison.Ordinal);
        var parts = new PartsOnLoopback(text[..text.IndexOf("\nexpect:", StringComparison.Ordinal)] + "\n", proxyProtocol);
        var exported = await InProcessCommand.RunAsync("export", "pki", parts.ScenarioPath, "-o", parts.Pki);
        Assert.True(exported.ExitCode == 0, exported.Error);
        return parts;
    }

    /// <summary>Where a part is.</summary>
    public string AddressOf(string role) => _addresses[role];

    /// <summary>Starts a part in the process of the test.</summary>
    public Task<Lab> StartLabAsync(params string[] roles) => Lab.StartAsync(Scenario, new LabOptions
    {
        Pki = LabPkiFolder.Read(Pki, TimeProvider.System.GetUtcNow()),
        Parts = LabParts.Create(Scenario, [.. roles.Select(Role)], PartsFile.Load(PartsPath).Document!, PartsPath, IPAddress.Parse(_address)),
    });

    public void Dispose() => _folder.Dispose();

    private static PartRole Role(string text) => PartRole.TryParse(text, out var role) ? role : throw new ArgumentException(text, nameof(text));
}

using System.Globalization;

namespace AutoDetectSim.FunctionalTests.Roles;

/// <summary>
/// Network namespaces of the system with a client, a router in which load balancers run, and a place for each node behind it. The test makes them and removes them.
/// </summary>
internal sealed class NetworkOfNodes : IAsyncDisposable
{
    private const string BridgeAddress = "10.83.0.1";

    private readonly string _prefix = string.Create(CultureInfo.InvariantCulture, $"ads{Environment.ProcessId % 100_000}");
    private readonly List<string> _made = [];

    private NetworkOfNodes()
    {
    }

    /// <summary>The address of the router that clients connect to.</summary>
    public static string VirtualIp => "10.83.9.1";

    /// <summary>Where the client's programs run.</summary>
    public string[] Client => Within("c");

    /// <summary>Where load balancers run.</summary>
    public string[] Router => Within("r");

    /// <summary>Why namespaces cannot be made here; null where they can.</summary>
    public static async Task<string?> ProblemAsync()
    {
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root")
        {
            return "Network namespaces are made by root on Linux.";
        }

        const string Name = "ads-trial";
        var made = await Tool.RunAsync("ip", ["netns", "add", Name]);
        await Tool.RunAsync("ip", ["netns", "delete", Name]);
        return made.ExitCode == 0 ? null : $"This machine makes no network namespaces: {made.Error.Trim()}";
    }

    /// <summary>Makes the namespaces.</summary>
    /// <param name="nodes">The number of nodes.</param>
    public static async Task<NetworkOfNodes> CreateAsync(int nodes)
    {
        var network = new NetworkOfNodes();
        try
        {
            await network.MakeAsync(nodes);
            return network;
        }
        catch
        {
            await network.DisposeAsync();
            throw;
        }
    }

    /// <summary>The address of a node; the first is 1.</summary>
    public static string AddressOf(int node) => string.Create(CultureInfo.InvariantCulture, $"10.83.0.{10 + node}");

    /// <summary>Where a node runs.</summary>
    public string[] Node(int node) => Within(string.Create(CultureInfo.InvariantCulture, $"n{node}"));

    /// <summary>Runs a program in a namespace; it must succeed.</summary>
    public static async Task<string> RunAsync(IReadOnlyList<string> place, params string[] command)
    {
        var result = await Tool.RunAsync(place.Count > 0 ? place[0] : command[0], place.Count > 0 ? [.. place.Skip(1), .. command] : command[1..]);
        return result.ExitCode == 0 ? result.Output : throw new InvalidOperationException($"{string.Join(' ', command)}: {result.Error}");
    }

    public async ValueTask DisposeAsync()
    {
        // What is in a namespace goes with it.
        foreach (var name in _made)
        {
            await Tool.RunAsync("ip", ["netns", "delete", name]);
        }
    }

    private string[] Within(string name) => ["ip", "netns", "exec", _prefix + name];

    private async Task MakeAsync(int nodes)
    {
        await AddAsync("r");
        await RunAsync(Router, "sysctl", "-q", "-w", "net.ipv4.ip_forward=1");
        await RunAsync(Router, "ip", "link", "add", "br0", "type", "bridge");
        await RunAsync(Router, "ip", "address", "add", BridgeAddress + "/24", "dev", "br0");
        await RunAsync(Router, "ip", "link", "set", "br0", "up");
        for (var node = 1; node <= nodes; node++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"n{node}");
            await ConnectAsync(name, AddressOf(node), BridgeAddress);
            await RunAsync(Router, "ip", "link", "set", "to-" + name, "master", "br0");
        }

        await ConnectAsync("c", "10.83.9.2", VirtualIp);
        await RunAsync(Router, "ip", "address", "add", VirtualIp + "/24", "dev", "to-c");
    }

    private async Task AddAsync(string name)
    {
        await RunAsync([], "ip", "netns", "add", _prefix + name);
        _made.Add(_prefix + name);
        await RunAsync(Within(name), "ip", "link", "set", "lo", "up");
    }

    private async Task ConnectAsync(string name, string address, string router)
    {
        await AddAsync(name);
        await RunAsync(Router, "ip", "link", "add", "to-" + name, "type", "veth", "peer", "name", "eth0", "netns", _prefix + name);
        await RunAsync(Router, "ip", "link", "set", "to-" + name, "up");
        await RunAsync(Within(name), "ip", "address", "add", address + "/24", "dev", "eth0");
        await RunAsync(Within(name), "ip", "link", "set", "eth0", "up");
        await RunAsync(Within(name), "ip", "route", "add", "default", "via", router);
    }
}

using System.Text.Json;
using AutoDetectSim.Diagnosis.Probing;
using AutoDetectSim.Network;
using AutoDetectSim.Protocols.Node;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.FunctionalTests.Network;

/// <summary>A lab in the process of the test, and real programs that reach it.</summary>
internal sealed class NetworkLab : IAsyncDisposable
{
    private static long _session = 1_000_000;

    private readonly TemporaryFolder _directory;

    private NetworkLab(Lab lab, TemporaryFolder directory)
    {
        Lab = lab;
        _directory = directory;
        Roots = directory.Write("roots.pem", lab.RootCertificatesPem);
    }

    public Lab Lab { get; }

    public string Roots { get; }

    public string Gateway => Lab.Gateway.GetLeftPart(UriPartial.Authority);

    public static async Task<NetworkLab> StartAsync(string yaml, LabOptions? options = null)
    {
        var result = ScenarioLoader.Parse(yaml, "test.yaml", null);
        Assert.Empty(result.Problems);
        return await StartAsync(result.Scenario!, options);
    }

    public static async Task<NetworkLab> StartAsync(Scenario scenario, LabOptions? options = null) =>
        new(await Lab.StartAsync(scenario, options), new TemporaryFolder());

    public VirtualIp VirtualIp(string name) => Lab.Network.VirtualIps.Single(virtualIp => virtualIp.Name == name);

    /// <summary>One request as AutoDetect makes it.</summary>
    public Task<LabHttpExchange> GetAsync(string url, TimeSpan? timeout = null, string source = "52.125.128.7") => Lab.Client.SendAsync(
        new LabHttpRequest { Method = "GET", Uri = new Uri(url), Timeout = timeout ?? TimeSpan.FromSeconds(10) },
        new Caller(System.Net.IPAddress.Parse(source), Interlocked.Increment(ref _session), CallerKind.AutoDetect),
        TestContext.Current.CancellationToken);

    public async Task<DetectionRunResult> DetectAsync(string email, int attempts = 1)
    {
        using var client = LabFrontDoor.CreateClient(Lab, 1);
        return await new ProbeRun(client, Lab, TimeProvider.System).RunAsync(email, attempts, 1, null, TestContext.Current.CancellationToken);
    }

    public Task<ToolResult> CurlAsync(params string[] arguments) =>
        Tool.RunAsync("curl", ["-sS", "-x", Gateway, "--suppress-connect-headers", "--cacert", Roots, .. arguments]);

    /// <summary>Runs a program of Node that knows nothing of labs: its calls go through the gateway, and it trusts the lab's roots.</summary>
    public Task<ToolResult> NodeAsync(string script, params string[] arguments) => Tool.RunAsync(
        "node",
        ["-r", Tool.ThroughTheGateway, Path.Combine(AppContext.BaseDirectory, "clients", script), .. arguments],
        environment: new Dictionary<string, string> { ["GATEWAY"] = Gateway, ["NODE_EXTRA_CA_CERTS"] = Roots });

    /// <summary>What a new Thunderbird finds for each account, one after the other.</summary>
    public Task<IReadOnlyList<JsonElement>> ThunderbirdAsync(params (string Email, string Password)[] accounts) =>
        ThunderbirdAsync(accounts.Select(account => new Dictionary<string, object> { ["email"] = account.Email, ["password"] = account.Password }));

    /// <summary>How the log-ons of a new Thunderbird to IMAP servers end, one after the other.</summary>
    /// <param name="logons">The account, the server's name, and where its port listens.</param>
    public async Task<IReadOnlyList<string>> ThunderbirdLogonsAsync(params (string Email, string Password, string Host, System.Net.IPEndPoint EndPoint, bool StartTls)[] logons)
    {
        var results = await ThunderbirdAsync(logons.Select(logon => new Dictionary<string, object>
        {
            ["email"] = logon.Email,
            ["password"] = logon.Password,
            ["imap"] = new Dictionary<string, object> { ["host"] = logon.Host, ["port"] = logon.EndPoint.Port, ["startTls"] = logon.StartTls },
        }));
        return [.. results.Select(result => result.GetProperty("logon").GetString()!)];
    }

    private async Task<IReadOnlyList<JsonElement>> ThunderbirdAsync(IEnumerable<Dictionary<string, object>> accounts)
    {
        var input = JsonSerializer.Serialize(accounts);
        var result = await Tool.RunAsync("node", [Path.Combine(AppContext.BaseDirectory, "clients", "thunderbird.mjs"), Gateway, Roots], input);
        Assert.True(result.ExitCode == 0, result.ToString());
        return JsonSerializer.Deserialize<IReadOnlyList<JsonElement>>(result.Output)!;
    }

    /// <summary>What Node's own client reports of hosts that it connects to straight, by host.</summary>
    public async Task<IReadOnlyDictionary<string, string>> NodeCodesAsync(IEnumerable<(string Host, VirtualIp VirtualIp)> targets)
    {
        var cases = targets.Select(target => new Dictionary<string, object>
        {
            ["name"] = target.Host,
            ["host"] = target.Host,
            ["address"] = target.VirtualIp.EndPoint!.Address.ToString(),
            ["port"] = target.VirtualIp.EndPoint.Port,
            ["path"] = "/autodiscover/healthcheck.htm",
        });
        var result = await Tool.RunAsync("node", [Path.Combine(AppContext.BaseDirectory, "clients", "codes.mjs"), Roots], JsonSerializer.Serialize(cases));
        Assert.True(result.ExitCode == 0, result.ToString());
        return JsonSerializer.Deserialize<Dictionary<string, string>>(result.Output)!;
    }

    public async ValueTask DisposeAsync()
    {
        await Lab.DisposeAsync();
        _directory.Dispose();
    }
}

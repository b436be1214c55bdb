using System.Text.Json;
using System.Text.RegularExpressions;

namespace AutoDetectSim.FunctionalTests.Roles;

/// <summary>Parts that are killed in the middle of a load: the counts add up, nothing hangs, and a part that is started again is the same.</summary>
[Trait("Needs", "tools")]
public sealed partial class KilledPartTests
{
    private const int Attempts = 150;
    private const string Node = "node:perimeter/ex02";
    private const string Balancer = "balancer:perimeter";

    [Fact]
    public async Task Killing_a_node_a_balancer_or_AutoDetect_leaves_counts_that_add_up_and_a_log_that_says_so()
    {
        using var parts = await PartsOnLoopback.CreateAsync(nodes: 2);
        await using var cloud = await StartAsync(parts, "cloud", "gateway", "node:perimeter/ex01");
        await using var balancer = await StartAsync(parts, Balancer);
        await using var autoDetect = await StartAsync(parts, "autodetect");
        await using var node = await StartAsync(parts, Node);
        var presented = await PresentedAsync(parts);

        // A node: its half of the connections is reset from then on.
        var (nodeRun, _) = await LoadAsync(parts, autoDetect, node.KillAsync);
        Assert.Equal(Attempts, nodeRun.Attempts);
        Assert.Equal(nodeRun.Attempts, nodeRun.Successes + nodeRun.Errors.Values.Sum());
        Assert.True(nodeRun.Errors["ECONNRESET"] > 0);
        Assert.Contains(balancer.Events("PartSilent"), line => Value(line, "Part") == Node);

        // Started again, it is the same node.
        await using var again = await StartAsync(parts, Node);
        Assert.Equal(presented, await PresentedAsync(parts));

        // The balancer: AutoDetect finds the port closed.
        var (balancerRun, _) = await LoadAsync(parts, autoDetect, balancer.KillAsync);
        Assert.Equal(Attempts, balancerRun.Attempts);
        Assert.Equal(balancerRun.Attempts, balancerRun.Successes + balancerRun.Errors.Values.Sum());
        Assert.True(balancerRun.Errors["ECONNREFUSED"] > 0);
        Assert.Contains(autoDetect.Events("PartSilent"), line => Value(line, "Part") == Balancer);
        await using var balancerAgain = await StartAsync(parts, Balancer);

        // AutoDetect itself: whoever calls it learns that it cannot be reached.
        var (_, exitCode) = await LoadAsync(parts, autoDetect, autoDetect.KillAsync);
        Assert.Equal(3, exitCode);

        // SIGTERM is an orderly end.
        Assert.Equal(0, await again.StopAsync());
        Assert.Equal(0, await balancerAgain.StopAsync());
        Assert.Equal(0, await cloud.StopAsync());
        Assert.All(again.Log, line => Assert.Equal(Node, line.GetProperty("role").GetString()));
    }

    [Fact]
    public async Task Two_processes_with_one_PKI_present_the_same_bytes()
    {
        using var parts = await PartsOnLoopback.CreateAsync(nodes: 2);
        await using var first = await StartAsync(parts, Node);
        var one = await PresentedAsync(parts);
        await first.StopAsync();
        await using var second = await StartAsync(parts, Node);

        Assert.Equal(one, await PresentedAsync(parts));
        Assert.Contains("BEGIN CERTIFICATE", one, StringComparison.Ordinal);
    }

    private static Task<PartProcess> StartAsync(PartsOnLoopback parts, params string[] roles) =>
        PartProcess.StartAsync([.. parts.Arguments, .. roles.SelectMany(role => new[] { "--role", role })]);

    private static string? Value(JsonElement line, string name) => line.GetProperty("values").GetProperty(name).GetString();

    /// <summary>Detects many times, and does something in the middle of it.</summary>
    private static async Task<(Run Run, int ExitCode)> LoadAsync(PartsOnLoopback parts, PartProcess autoDetect, Func<Task> inTheMiddle)
    {
        var before = autoDetect.Events("Detected").Count;
        var detecting = Tool.AutoDetectSimAsync(
            "detect", "your@contoso.com", "--url", "https://prod-autodetect.outlookmobile.com/detect", "--proxy", "http://" + parts.AddressOf("gateway"), "--ca", Path.Combine(parts.Pki, "roots.pem"),
            "--attempts", Attempts.ToString(System.Globalization.CultureInfo.InvariantCulture), "--json");
        await autoDetect.WhenLoggedAsync("Detected", before + 20);
        await inTheMiddle();
        var result = await detecting;
        return (result.Output.StartsWith('{') ? JsonSerializer.Deserialize<Run>(result.Output, JsonSerializerOptions.Web)! : new Run(0, 0, new Dictionary<string, int>()), result.ExitCode);
    }

    /// <summary>The certificates that the node presents, as openssl writes them.</summary>
    private static async Task<string> PresentedAsync(PartsOnLoopback parts)
    {
        var shown = await Tool.OpenSslAsync(string.Empty, "s_client", "-connect", parts.AddressOf(Node), "-servername", "mail.contoso.com", "-showcerts");
        return string.Join('\n', Certificate().Matches(shown.Output).Select(match => match.Value));
    }

    [GeneratedRegex("-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----", RegexOptions.Singleline)]
    private static partial Regex Certificate();

    private sealed record Run(int Attempts, int Successes, IReadOnlyDictionary<string, int> Errors);
}

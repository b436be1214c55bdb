using System.Text.Json;
using AutoDetectSim.FunctionalTests.Support;

namespace AutoDetectSim.FunctionalTests.Live;

/// <summary><c>check --live</c> and <c>capture --live</c> on servers that are no part of any lab.</summary>
public sealed class LiveTests
{
    private const string Nodes = "[{ name: ex01 }, { name: ex02, present: missingIntermediate }, { name: ex03, present: containsAnchor }, { name: ex04, certificate: old, present: [old, issuing] }]";

    [Fact]
    [Trait("Needs", "tools")]
    public async Task Check_names_the_faulty_nodes_of_real_servers_and_follows_the_case_to_activesync_and_mail()
    {
        await using var site = await RealSite.StartAsync(Nodes);
        var report = await CheckAsync(site, exitCode: 1);

        Assert.Equal("intermittent", report.GetProperty("verdict").GetString());
        Assert.Equal(["autoDiscover", "activeSync"], report.GetProperty("hosts").EnumerateArray().Select(host => host.GetProperty("role").GetString()));
        foreach (var host in report.GetProperty("hosts").EnumerateArray())
        {
            Assert.Equal(["EX02 missingIntermediate", "EX04 expiredLeaf"], Faults(host));
            Assert.Equal(["EX03 containsAnchor"], Words(host, "remarks"));
            Assert.Equal("inTurn", host.GetProperty("balancing").GetProperty("pattern").GetString());
        }

        Assert.Equal("office365", report.GetProperty("mail").GetProperty("provider").GetString());
        var incomplete = report.GetProperty("hosts")[0].GetProperty("chains").EnumerateArray().Single(chain => chain.GetProperty("code").GetString() == "UNABLE_TO_VERIFY_LEAF_SIGNATURE");
        var browser = incomplete.GetProperty("clients").EnumerateArray().Single(client => client.GetProperty("profile").GetString() == "browser");
        Assert.True(browser.GetProperty("onFirstVisit").GetBoolean());
    }

    [Fact]
    [Trait("Needs", "tools")]
    public async Task A_balancer_that_draws_lots_gets_as_many_connections_as_that_takes()
    {
        var random = new Random(20210515);
        await using var site = await RealSite.StartAsync(Nodes, (_, _, count) => random.Next(count));
        var host = (await CheckAsync(site, exitCode: 1)).GetProperty("hosts")[0];

        Assert.Equal("mixed", host.GetProperty("balancing").GetProperty("pattern").GetString());
        Assert.Equal(["EX02 missingIntermediate", "EX04 expiredLeaf"], Faults(host));
        Assert.True(host.GetProperty("probes").GetProperty("enough").GetBoolean());
        Assert.True(host.GetProperty("attempts").GetInt32() >= host.GetProperty("probes").GetProperty("needed99").GetInt32());
    }

    [Fact]
    [Trait("Needs", "tools")]
    public async Task A_sticky_balancer_is_suspected_from_one_address_and_told_from_two()
    {
        await using var site = await RealSite.StartAsync(Nodes, (_, source, count) => source.GetAddressBytes()[3] % count);
        var one = await CheckAsync(site, exitCode: 1);
        Assert.Contains(one.GetProperty("warnings").EnumerateArray(), warning => warning.GetString()!.Contains("may be sticky", StringComparison.Ordinal));

        var two = (await CheckAsync(site, exitCode: 1, "--source", "127.0.0.4", "--source", "127.0.0.5")).GetProperty("hosts")[0];
        Assert.Equal("bySource", two.GetProperty("balancing").GetProperty("pattern").GetString());
        Assert.Equal(["EX02 missingIntermediate"], Faults(two));
    }

    [Fact]
    [Trait("Needs", "tools")]
    public async Task Servers_that_show_no_name_are_told_apart_by_what_they_present()
    {
        await using var site = await RealSite.StartAsync(Nodes, showsNames: false);
        var host = (await CheckAsync(site, exitCode: 1)).GetProperty("hosts")[0];
        var nodes = host.GetProperty("nodes").EnumerateArray().ToList();
        Assert.Equal(4, nodes.Count);
        Assert.All(nodes, node => Assert.Equal("certificates", node.GetProperty("identifiedBy").GetString()));
        Assert.Equal(["expiredLeaf", "missingIntermediate"], nodes.SelectMany(node => node.GetProperty("faults").EnumerateArray()).Select(fault => fault.GetString()).Order(StringComparer.Ordinal));
    }

    [Theory]
    [Trait("Needs", "tools")]
    [InlineData("return 404;", "HTTP 404")]
    [InlineData("default_type text/html; return 200 '<html>sign in</html>';", "text/html is not a certificate")]
    [InlineData("default_type application/pkix-cert; return 200 'no certificate';", "the response is not a certificate")]
    [InlineData("return 302 https://127.0.0.1/issuing.cer;", "redirect to https")]
    public async Task A_download_that_fails_is_told_and_helps_no_client(string aiaServer, string problem)
    {
        await using var site = await RealSite.StartAsync("[{ name: ex02, present: missingIntermediate }]", aiaServer: aiaServer);
        var host = (await CheckAsync(site, exitCode: 1)).GetProperty("hosts")[0];
        var windows = host.GetProperty("chains")[0].GetProperty("clients").EnumerateArray().Single(client => client.GetProperty("profile").GetString() == "windows");
        Assert.False(windows.GetProperty("accepted").GetBoolean());
        Assert.Contains(problem, windows.GetProperty("because").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Needs", "tools")]
    public async Task A_capture_of_real_servers_makes_a_lab_with_the_same_verdicts()
    {
        await using var site = await RealSite.StartAsync(Nodes);
        var file = site.Path("captured.yaml");
        var captured = await InProcessCommand.RunAsync(["capture", site.Host, "-o", file, .. site.Options]);
        Assert.True(captured.ExitCode == 0, captured.ToString());
        Assert.Contains("gives the same verdicts for every node and every client", captured.Output, StringComparison.Ordinal);
        Assert.Contains("4 nodes", captured.Output, StringComparison.Ordinal);

        var tested = await InProcessCommand.RunAsync("test", file);
        Assert.True(tested.ExitCode == 0, tested.ToString());
        var inLab = await InProcessCommand.RunAsync("check", site.Host.Split(':')[0], "--scenario", file, "--email", RealSite.Email, "--json");
        using var document = JsonDocument.Parse(inLab.Output);
        Assert.Equal(["EX02 missingIntermediate", "EX04 expiredLeaf"], Faults(document.RootElement.GetProperty("hosts")[0]));
    }

    [Fact]
    public async Task Nothing_real_is_contacted_without_the_option()
    {
        var result = await InProcessCommand.RunAsync("check", "autodiscover.tailspintoys.com");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("--live", result.Error, StringComparison.Ordinal);
    }

    private static async Task<JsonElement> CheckAsync(RealSite site, int exitCode, params string[] options)
    {
        var result = await InProcessCommand.RunAsync(["check", site.Host, "--json", .. site.Options, .. options]);
        Assert.True(result.ExitCode == exitCode, result.ToString());
        using var document = JsonDocument.Parse(result.Output);
        return document.RootElement.Clone();
    }

    private static IEnumerable<string> Faults(JsonElement host) => Words(host, "faults");

    private static IEnumerable<string> Words(JsonElement host, string member) => host.GetProperty("nodes").EnumerateArray()
        .Where(node => node.GetProperty(member).GetArrayLength() > 0)
        .Select(node => $"{node.GetProperty("name").GetString()} {string.Join('+', node.GetProperty(member).EnumerateArray().Select(word => word.GetString()))}");
}

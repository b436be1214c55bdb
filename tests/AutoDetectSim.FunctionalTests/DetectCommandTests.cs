using System.Text.Json;
using AutoDetectSim.FunctionalTests.Support;

namespace AutoDetectSim.FunctionalTests;

public sealed class DetectCommandTests
{
    [Theory]
    [InlineData("one-in-twenty.yaml", 10, 190)]
    [InlineData("one-of-two.yaml", 100, 100)]
    [InlineData("none-complete.yaml", 0, 200)]
    [InlineData("fixed.yaml", 200, 0)]
    public async Task Two_hundred_detections_come_out_as_the_customer_saw_them(string scenario, int successes, int leafErrors)
    {
        var result = await DetectAsync(scenario, "--attempts", "200");
        Assert.Equal(200, result.GetProperty("attempts").GetInt32());
        Assert.Equal(successes, result.GetProperty("successes").GetInt32());
        Assert.Equal(successes / 200.0, result.GetProperty("successRate").GetDouble());
        var errors = result.GetProperty("errors");
        Assert.Equal(leafErrors, errors.TryGetProperty("UNABLE_TO_VERIFY_LEAF_SIGNATURE", out var count) ? count.GetInt32() : 0);
        Assert.Equal(leafErrors == 0 ? 0 : 1, errors.EnumerateObject().Count());
    }

    [Fact]
    public async Task In_one_of_twenty_all_successes_come_from_the_one_complete_node()
    {
        var result = await DetectAsync("one-in-twenty.yaml", "--attempts", "200");
        var nodes = result.GetProperty("nodes").EnumerateArray().ToList();
        Assert.Equal(20, nodes.Count);
        Assert.All(nodes, node => Assert.Equal(10, node.GetProperty("attempts").GetInt32()));
        var successful = Assert.Single(nodes, node => node.GetProperty("successes").GetInt32() > 0);
        Assert.Equal("ex01", successful.GetProperty("name").GetString());
        Assert.Equal(10, successful.GetProperty("successes").GetInt32());
        Assert.Equal(190, result.GetProperty("outcomes").GetProperty("selectProvider").GetInt32());
        Assert.Equal(10, result.GetProperty("outcomes").GetProperty("modernAuthSignIn").GetInt32());
    }

    [Fact]
    public async Task Many_detections_at_once_have_the_same_exact_share()
    {
        var result = await DetectAsync("one-in-twenty.yaml", "--attempts", "200", "--concurrency", "16");
        Assert.Equal(10, result.GetProperty("successes").GetInt32());
    }

    [Fact]
    public async Task A_random_balancer_repeats_itself_from_the_same_seed()
    {
        using var directory = new TemporaryFolder();
        var yaml = (await File.ReadAllTextAsync(Tool.Scenario("one-in-twenty.yaml"), TestContext.Current.CancellationToken)).Replace("roundRobin", "random", StringComparison.Ordinal);
        var file = directory.Write("random.yaml", yaml);
        var first = await DetectAsync(file, "--attempts", "200");
        var second = await DetectAsync(file, "--attempts", "200");
        foreach (var name in new[] { "successes", "errors", "nodes", "outcomes" })
        {
            Assert.Equal(first.GetProperty(name).GetRawText(), second.GetProperty(name).GetRawText());
        }

        Assert.NotEqual(0, first.GetProperty("successes").GetInt32());
    }

    [Fact]
    public async Task A_person_is_shown_the_share_the_nodes_in_groups_and_what_autodetect_did()
    {
        var result = await InProcessCommand.RunAsync("detect", "your@contoso.com", "--scenario", Tool.Scenario("one-in-twenty.yaml"), "--attempts", "20");
        Assert.Equal((1, ""), (result.ExitCode, result.Error));
        Assert.StartsWith("Reproduction of scenario one-in-twenty in a lab", result.Output, StringComparison.Ordinal);
        Assert.Contains("\nyour@contoso.com: 1 of 20 detections succeeded", result.Output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("│ ex02 to ex20 │ 19         │ 0         │ UNABLE_TO_VERIFY_LEAF_SIGNATURE (19) │", result.Output, StringComparison.Ordinal);
        Assert.Contains("1. Exchange Online says that the mailbox is on-premises", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("autoDv2 > autoDv1", result.Output, StringComparison.Ordinal);

        var verbose = await InProcessCommand.RunAsync("detect", "your@contoso.com", "--scenario", Tool.Scenario("one-in-twenty.yaml"), "--attempts", "20", "--verbose");
        Assert.Contains("autoDv2 > autoDv1 > fixed db provider", verbose.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_healthy_world_ends_with_exit_code_0() =>
        Assert.Equal(0, (await InProcessCommand.RunAsync("detect", "your@contoso.com", "--scenario", Tool.Scenario("healthy.yaml"), "--json")).ExitCode);

    [Theory]
    [InlineData("detect", "your@contoso.com", "--scenario", "healthy")]
    [InlineData("check", "autodiscover.contoso.com", "--scenario", "healthy", "--attempts", "20")]
    [InlineData("test", "healthy", "chains/complete")]
    [InlineData("lint", "one-in-twenty", "network")]
    public async Task Scenarios_of_the_library_go_by_their_names(params string[] arguments)
    {
        var result = await InProcessCommand.RunAsync(arguments);
        Assert.True(result.ExitCode == 0, result.ToString());
    }

    [Fact]
    public async Task A_lab_in_another_process_is_probed_through_its_gateway()
    {
        await using var lab = await LabProcess.StartAsync(Tool.Scenario("one-of-two.yaml"));
        var result = await InProcessCommand.RunAsync("detect", "your@contoso.com", "--url", lab.DetectUrl, "--proxy", lab.Gateway, "--ca", lab.RootCertificate, "--attempts", "10", "--json");
        using var document = JsonDocument.Parse(result.Output);
        Assert.Equal(5, document.RootElement.GetProperty("successes").GetInt32());
    }

    [Theory]
    [InlineData("detect")]
    [InlineData("detect", "a@b.example")]
    [InlineData("detect", "a@b.example", "--scenario", "x.yaml", "--url", "https://x.example")]
    [InlineData("detect", "a@b.example", "--url", "ftp://x.example")]
    [InlineData("detect", "a@b.example", "--url", "https://x.example")]
    [InlineData("detect", "a@b.example", "--scenario", "scenarios/healthy.yaml", "--attempts", "0")]
    [InlineData("detect", "a@b.example", "--scenario", "scenarios/healthy.yaml", "--attempts", "many")]
    [InlineData("detect", "a@b.example", "--scenario", "scenarios/healthy.yaml", "--edition", "1999")]
    [InlineData("detect", "a@b.example", "--scenario", "no-such-file.yaml")]
    [InlineData("detect", "a@b.example", "--scenario", "one-in-twnty")]
    [InlineData("detect", "a@b.example", "--scenario", "self-signed")]
    [InlineData("run", "no-such-file.yaml")]
    [InlineData("run", "scenarios/healthy.yaml", "--gateway-port", "70000")]
    [InlineData("run", "scenarios/healthy.yaml", "--dns-port", "abc")]
    [InlineData("check", "autodiscover.contoso.com", "--scenario", "scenarios/healthy.yaml", "--attempts", "abc")]
    [InlineData("check", "autodiscover.contoso.com", "--scenario", "scenarios/healthy.yaml", "--attempts", "0")]
    [InlineData("check", "autodiscover.contoso.com", "--proxy", "nonsense")]
    [InlineData("capture", "autodiscover.contoso.com", "--scenario", "scenarios/healthy.yaml", "-o", "out.yaml", "--attempts", "abc")]
    [InlineData("verify", "--batch", "no-such-file.jsonl")]
    [InlineData("verify", "--chain", "no-such-file.pem")]
    [InlineData("lint", "no-such-folder")]
    [InlineData("test", "no-such-folder")]
    [InlineData("explain", "abc")]
    [InlineData("frobnicate")]
    public async Task A_wrong_command_line_is_explained_and_ends_with_exit_code_2(params string[] arguments)
    {
        var result = await Tool.AutoDetectSimAsync(arguments);
        Assert.Equal(2, result.ExitCode);
        Assert.NotEmpty(result.Error);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    private static async Task<JsonElement> DetectAsync(string scenario, params string[] options)
    {
        var path = Path.IsPathRooted(scenario) ? scenario : Tool.Scenario(scenario);
        var result = await InProcessCommand.RunAsync(["detect", "your@contoso.com", "--scenario", path, "--json", .. options]);
        try
        {
            using var document = JsonDocument.Parse(result.Output);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            throw new InvalidOperationException(result.ToString());
        }
    }
}

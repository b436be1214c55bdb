using System.Text.Json;
using System.Xml.Linq;
using AutoDetectSim.FunctionalTests.Support;

namespace AutoDetectSim.FunctionalTests;

public sealed class TestCommandTests
{
    [Fact]
    public async Task A_failure_shows_the_decision_path_and_which_node_each_detection_met()
    {
        using var directory = new TemporaryFolder();
        var file = Path.Combine(directory.Path, "hopeful.yaml");
        await File.WriteAllTextAsync(
            file,
            "loadBalancers: { perimeter: { nodes: [{ name: ex01 }, { name: ex02, present: missingIntermediate }] } }\nexpect: { detect: your@contoso.com, attempts: 4, successRate: 1 }\n",
            TestContext.Current.CancellationToken);
        var junit = Path.Combine(directory.Path, "junit.xml");

        var text = await InProcessCommand.RunAsync("test", file, Tool.Scenario("healthy.yaml"), "--junit", junit);
        Assert.Equal(1, text.ExitCode);
        Assert.Contains("successRate: expected 1, got 0.5 (2 of 4)", text.Output, StringComparison.Ordinal);
        Assert.Contains("1 passed, 1 failed", text.Output, StringComparison.Ordinal);
        var failure = XDocument.Load(junit).Descendants("failure").Single();
        Assert.Equal("hopeful", failure.Parent!.Attribute("name")!.Value);
        foreach (var told in new[] { text.Output, failure.Value })
        {
            Assert.Contains("Exchange Online says that the mailbox is on-premises", told, StringComparison.Ordinal);
            Assert.Contains("1. ex01: HTTP 200, modernAuthSignIn", told, StringComparison.Ordinal);
            Assert.Contains("2. ex02 (UNABLE_TO_VERIFY_LEAF_SIGNATURE): HTTP 200, selectProvider", told, StringComparison.Ordinal);
        }

        var json = await InProcessCommand.RunAsync("test", file, "--json");
        using var document = JsonDocument.Parse(json.Output);
        var expectation = document.RootElement.GetProperty("scenarios")[0].GetProperty("worlds")[0].GetProperty("expectations")[0];
        Assert.Equal(4, expectation.GetProperty("timeline").GetArrayLength());
    }

    [Fact]
    public async Task All_that_cannot_be_tested_is_told_and_has_its_own_exit_code()
    {
        using var directory = new TemporaryFolder();
        await File.WriteAllTextAsync(Path.Combine(directory.Path, "broken.yaml"), "loadBalancers: { perimeter: { nodez: 2 } }\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(directory.Path, "idle.yaml"), "title: nothing is expected\n", TestContext.Current.CancellationToken);

        var result = await InProcessCommand.RunAsync("test", directory.Path);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("broken.yaml:1:", result.Output, StringComparison.Ordinal);
        Assert.Contains("no `expect` block", result.Output, StringComparison.Ordinal);
        Assert.Contains("0 passed, 2 failed", result.Output, StringComparison.Ordinal);
    }
}

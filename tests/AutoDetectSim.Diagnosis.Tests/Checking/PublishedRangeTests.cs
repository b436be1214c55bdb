using AutoDetectSim.Diagnosis.Checking;
using AutoDetectSim.Diagnosis.Checking.Grouping;
using AutoDetectSim.Diagnosis.Observing;
using AutoDetectSim.Diagnosis.Reports;

namespace AutoDetectSim.Diagnosis.Tests.Checking;

/// <summary>AutoDetect's published source ranges: a lab is tried from them, the field is not and says so.</summary>
public sealed class PublishedRangeTests
{
    [Theory]
    [InlineData("allowFrom: [198.18.0.0/15, 198.51.100.0/24, 52.125.128.0/20]", "52.127.96.0/23", "Intermittent")]
    [InlineData("allowFrom: [198.18.0.0/15, 198.51.100.0/24]", "52.125.128.0/20 and 52.127.96.0/23", "Broken")]
    public async Task A_firewall_that_forgets_AutoDetect_is_found_from_its_ranges(string rule, string ranges, string verdict)
    {
        var result = await CheckAsync($"loadBalancers: {{ perimeter: {{ {rule}, blocked: reject, nodes: 2 }} }}");
        Assert.Equal(verdict, result.Verdict.ToString());
        Assert.Contains($"from {ranges} are refused", CheckSummary.Of(result), StringComparison.Ordinal);
        Assert.Contains(CheckAdvice.For(result), advice => advice.Contains(ranges, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_open_firewall_is_open_to_both_ranges()
    {
        var result = await CheckAsync("loadBalancers: { perimeter: { nodes: 2 } }");
        Assert.Equal(Verdict.Healthy, result.Verdict);
        Assert.All(result.Ranges, range => Assert.Equal("OK", range.Code));
        Assert.Equal(["52.125.128.0/20", "52.127.96.0/23"], result.Ranges.Where(range => range.Host == CheckedLab.Host).Select(range => range.Range.ToString()));
    }

    [Fact]
    public async Task Nodes_that_refuse_connections_are_not_taken_for_a_firewall()
    {
        var result = await CheckAsync("loadBalancers: { perimeter: { nodes: [{ name: ex01, fault: refused }, { name: ex02, fault: refused }, { name: ex03 }] } }");
        Assert.DoesNotContain(result.Ranges, range => range.IsBlocked);
    }

    [Fact]
    public async Task Where_the_ranges_cannot_be_tried_a_check_names_them_and_says_so()
    {
        await using var lab = await Lab.StartAsync(CheckedLab.Load("loadBalancers: { perimeter: { nodes: 2 } }"), cancellationToken: TestContext.Current.CancellationToken);
        var field = LabEnvironment.Of(lab) with { CanClaimSources = false };
        var result = await new CheckRunner(field).RunAsync(new CheckRequest { Host = CheckedLab.Host }, progress: null, TestContext.Current.CancellationToken);
        Assert.Empty(result.Ranges);
        Assert.Contains(result.Warnings, warning => warning.Contains("52.125.128.0/20 and 52.127.96.0/23", StringComparison.Ordinal) && warning.Contains("were not tried", StringComparison.Ordinal));
    }

    private static Task<CheckResult> CheckAsync(string yaml) => CheckedLab.CheckAsync(yaml);
}

using AutoDetectSim.Diagnosis.Observing;
using AutoDetectSim.Diagnosis.Probing;
using AutoDetectSim.Diagnosis.Reports;
using AutoDetectSim.Diagnosis.Reports.Html;
using AutoDetectSim.Diagnosis.Reports.Markdown;
using AutoDetectSim.Diagnosis.Statistics;
using AutoDetectSim.Diagnosis.Tests.Checking;

namespace AutoDetectSim.Diagnosis.Tests.Probing;

/// <summary>What a run of detections says of nodes, and of nodes that it never met.</summary>
public sealed class ProbeRunTests
{
    private const string Email = "your@contoso.com";

    [Fact]
    public async Task A_thousand_successes_on_nodes_of_which_half_are_broken_come_with_a_warning_instead_of_an_interval()
    {
        var run = await DetectAsync("loadBalancers: { perimeter: { nodes: [\"ex{001..100}\", { name: \"ex{101..200}\", present: missingIntermediate }] } }", 50);
        Assert.Equal(50, run.Successes);
        Assert.False(run.HasInterval);
        Assert.Contains("50 detections met 50 of the 200 nodes that perimeter has in service", Assert.Single(run.Warnings), StringComparison.Ordinal);
        var document = DetectDocument.From(run, [], DateTimeOffset.UnixEpoch, check: null);
        Assert.Equal("notEnoughProbes", document.Verdict);
        Assert.DoesNotContain("95% interval", document.Summary, StringComparison.Ordinal);
        Assert.Contains(run.Warnings[0], document.Warnings);
    }

    [Fact]
    public async Task A_run_that_met_every_node_warns_of_nothing()
    {
        var run = await DetectAsync("loadBalancers: { perimeter: { nodes: 4 } }", 8);
        Assert.Empty(run.Warnings);
        Assert.Contains("95% interval", DetectionText.Succeeded(run, ShareText.Percent), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("algorithm: weighted, nodes: [{ name: ex01, weight: 1 }, { name: ex02, weight: 0 }]", "of weight 0")]
    [InlineData("algorithm: sequence, sequence: [ex01], nodes: [ex01, ex02]", "not in its sequence")]
    public async Task Nodes_that_can_never_be_met_are_not_in_service_and_the_run_says_so(string balancer, string reason)
    {
        var run = await DetectAsync($"loadBalancers: {{ perimeter: {{ {balancer} }} }}", 4);

        Assert.Equal($"perimeter never gives ex02 a connection: this node is {reason}, and not in service.", Assert.Single(run.Warnings));
        Assert.True(run.HasInterval);
    }

    [Fact]
    public async Task A_failure_is_blamed_on_the_node_that_caused_it_and_not_on_one_that_was_met_before()
    {
        var run = await DetectAsync("""
            certificates:
              mail: { issuer: issuing, hosts: [autodiscover.contoso.com, mail.contoso.com] }
            organizations: { contoso: { domains: [contoso.com] } }
            loadBalancers:
              discover: { hosts: [autodiscover.contoso.com], nodes: [{ name: ad01, certificate: mail }, { name: ad02, certificate: mail }] }
              sync: { hosts: [mail.contoso.com], nodes: [{ name: ex01, certificate: mail }, { name: ex02, certificate: mail, present: missingIntermediate }] }
            """, 20);
        var nodes = run.Nodes.ToDictionary(node => node.Name, StringComparer.Ordinal);
        Assert.True(run.Successes < run.Attempts);
        Assert.Equal(nodes["ad01"].Attempts, nodes["ad01"].Successes);
        Assert.Equal(nodes["ad02"].Attempts, nodes["ad02"].Successes);
        Assert.Equal(nodes["ex01"].Attempts, nodes["ex01"].Successes);
        Assert.Equal(0, nodes["ex02"].Successes);
        Assert.Equal(["UNABLE_TO_VERIFY_LEAF_SIGNATURE"], nodes["ex02"].Errors.Keys);
        Assert.True(run.MostNodesPerDetection > 1);
        Assert.Contains("a failure counts at the node that caused it", DetectionText.AboutNodes(run), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_without_modern_authentication_does_not_succeed_where_the_phone_should_get_it()
    {
        var run = await DetectAsync("loadBalancers: { perimeter: { nodes: [{ name: ex01 }, { name: ex02, auth: basic }] } }", 20);
        Assert.Equal((20, 10, "modernAuthSignIn"), (run.Successes, run.AsExpected, run.ExpectedOutcome));
        Assert.False(run.IsAsExpected);
        var headline = DetectionText.Succeeded(run, ShareText.Percent);
        Assert.StartsWith("10 of 20 detections succeeded (50%", headline, StringComparison.Ordinal);
        Assert.Contains("10 more found an account, but the phone asks for the password", headline, StringComparison.Ordinal);
        var node = Assert.Single(run.Nodes, node => DetectionText.Good(run, node) < node.Attempts);
        Assert.Equal("ex02", node.Name);
        Assert.Equal(["basicAuthAdded instead of modernAuthSignIn (10)"], DetectionText.Unexpected(run, node));
        Assert.Equal("intermittent", DetectDocument.From(run, [], DateTimeOffset.UnixEpoch, check: null).Verdict);
    }

    [Fact]
    public async Task Basic_is_as_expected_in_an_organization_that_has_nothing_else()
    {
        var run = await DetectAsync("{ organizations: { contoso: { domains: [contoso.com], auth: basic } }, loadBalancers: { perimeter: { nodes: 2 } } }", 4);
        Assert.Null(run.ExpectedOutcome);
        Assert.True(run.IsAsExpected);
    }

    [Fact]
    public async Task A_firewall_that_forgets_one_of_the_published_ranges_is_told_by_the_range()
    {
        var run = await DetectAsync("{ seed: 7, loadBalancers: { perimeter: { allowFrom: [52.125.128.0/20], nodes: 2 } } }", 20);
        Assert.Contains("52.127.96.0/23", run.Warnings[0], StringComparison.Ordinal);
        Assert.Contains("from 52.125.128.0/20 did", run.Warnings[0], StringComparison.Ordinal);
        Assert.Equal(run.Attempts - run.Successes, run.Ranges.Single(range => range.Range == "52.127.96.0/23").Attempts);
    }

    [Fact]
    public async Task A_run_in_a_lab_says_so_first()
    {
        var run = await DetectAsync("{ name: my-world, loadBalancers: { perimeter: { nodes: 1 } } }", 1);
        Assert.StartsWith("Reproduction of scenario my-world", run.Reproduction, StringComparison.Ordinal);
        var document = DetectDocument.From(run, [], DateTimeOffset.UnixEpoch, check: null);
        Assert.StartsWith("Reproduction of scenario my-world", MarkdownDetect.Render(document), StringComparison.Ordinal);
        Assert.StartsWith("{\n  \"reproduction\": \"Reproduction of scenario my-world", JsonReport.Render(document).ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("<main>\n<p><strong>Reproduction of scenario my-world", HtmlDetect.Render(document), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a@contoso.com\r\nX-Evil: y")]
    [InlineData("a@contoso.com\0")]
    [InlineData("jörg@contoso.com")]
    public async Task An_address_that_would_be_more_than_a_header_is_never_sent(string address)
    {
        await using var lab = await Lab.StartAsync(CheckedLab.Load("loadBalancers: { perimeter: { nodes: 1 } }"), cancellationToken: TestContext.Current.CancellationToken);
        using var client = LabFrontDoor.CreateClient(lab, concurrency: 1);

        await Assert.ThrowsAsync<ArgumentException>(() => client.CallAsync(address, ProbeRun.DefaultQuery, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_address_whose_domain_has_letters_beyond_ASCII_is_detected_as_DNS_has_it()
    {
        await using var lab = await Lab.StartAsync(CheckedLab.Load("organizations: { muenchen: { domains: [xn--mnchen-3ya.de] } }"), cancellationToken: TestContext.Current.CancellationToken);
        using var client = LabFrontDoor.CreateClient(lab, concurrency: 1);

        var answer = await client.CallAsync("your@münchen.de", ProbeRun.DefaultQuery, TestContext.Current.CancellationToken);

        Assert.Equal(200, answer.StatusCode);
        Assert.Contains("your@xn--mnchen-3ya.de", System.Text.Encoding.UTF8.GetString(answer.Body.Span), StringComparison.Ordinal);
    }

    private static async Task<DetectionRunResult> DetectAsync(string yaml, int attempts)
    {
        await using var lab = await Lab.StartAsync(CheckedLab.Load(yaml), cancellationToken: TestContext.Current.CancellationToken);
        using var observer = new LabObserver(lab);
        return await observer.DetectAsync(Email, attempts, TestContext.Current.CancellationToken);
    }
}

using System.Net;
using AutoDetectSim.Certificates.Issuance;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Testing.Tests;

/// <summary>What a lab writes down of a tool, and what assertions say when they fail.</summary>
public sealed class JournalTests
{
    private const string AutoDiscover = "https://autodiscover.contoso.com/autodiscover/healthcheck.htm";

    private static readonly Scenario TwoNodes = new ScenarioBuilder("two-nodes")
        .WithLoadBalancer("perimeter", balancer => balancer.WithNode("ex01").WithNode("ex02", ChainShape.MissingIntermediate))
        .Build();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_journal_has_SNI_node_chain_verdict_request_and_answer()
    {
        await using var lab = await AutoDetectLab.StartAsync(TwoNodes, cancellationToken: Token);
        await ProbeAsync(lab, 2);
        await lab.Journal.WhenSettledAsync(Token);
        var connections = lab.Journal.Connections;
        Assert.Equal(2, connections.Count);

        var first = connections[0];
        Assert.Equal((1, "perimeter", "ex01", "autodiscover.contoso.com", "OK", "198.51.100.10"), (first.Number, first.LoadBalancer, first.Node, first.ServerName, first.Verdict, first.Source.ToString()));
        Assert.Equal(["perimeter", "issuing"], first.Presented);
        Assert.True(first.IsAccepted);
        Assert.Matches("^TLSv1\\.[23]$", first.TlsVersion!);
        var request = Assert.Single(first.Requests);
        Assert.Equal(("GET", "/autodiscover/healthcheck.htm", 200), (request.Method, request.Target, request.StatusCode));
        Assert.Equal("probe/1.0", request.Headers["user-agent"]);
        Assert.Contains("EX01", request.AnswerHeaders.GetValueOrDefault("x-feserver") ?? "EX01", StringComparison.Ordinal);

        var second = connections[1];
        Assert.Equal(("ex02", "UNABLE_TO_VERIFY_LEAF_SIGNATURE"), (second.Node, second.Verdict));
        Assert.Contains("CN=Lab Issuing CA 1", second.Explanation, StringComparison.Ordinal);
        Assert.Equal(["perimeter"], second.Presented);
        Assert.Empty(second.Requests);
    }

    [Fact]
    public async Task The_journal_tells_by_which_alert_a_tool_refuses_a_chain()
    {
        await using var lab = await AutoDetectLab.StartAsync(TwoNodes, cancellationToken: Token);
        await lab.Node("ex01").MarkDownAsync(Token);
        await using (var connection = await lab.ConnectAsync("autodiscover.contoso.com", 443, Token))
        {
            // TLS 1.2, no SNI, TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, P-256: the answer is the chain, and alerts are not encrypted.
            byte[] clientHello = [22, 3, 1, 0, 63, 1, 0, 0, 59, 3, 3, .. new byte[32], 0, 0, 2, 0xC0, 0x2B, 1, 0, 0, 16, 0, 10, 0, 4, 0, 2, 0, 23, 0, 13, 0, 4, 0, 2, 4, 3];
            await connection.WriteAsync(clientHello, Token);
            await connection.ReadExactlyAsync(new byte[500], Token);
            byte[] fatalUnknownCa = [21, 3, 3, 0, 2, 2, 48];
            await connection.WriteAsync(fatalUnknownCa, Token);
            await connection.CopyToAsync(Stream.Null, Token);
        }

        await lab.Journal.AssertAllAsync(connection => connection.Alert == "unknown_ca" && connection.ServerName == null && connection.Verdict == "UNABLE_TO_VERIFY_LEAF_SIGNATURE");
        Assert.Contains("no SNI  [perimeter]  UNABLE_TO_VERIFY_LEAF_SIGNATURE  the tool ended the handshake: unknown_ca", lab.Journal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chain_is_judged_by_what_was_trusted_and_when_it_was_presented()
    {
        await using var lab = await AutoDetectLab.StartAsync(TwoNodes, cancellationToken: Token);
        await ProbeAsync(lab, 1);
        lab.Clock.Advance(TimeSpan.FromDays(3 * 365));
        await lab.ChangeAsync("perimeter/ex01: present missingIntermediate", Token);
        await lab.Journal.AssertAllAsync(connection => connection.Verdict == "OK");
    }

    [Fact]
    public async Task What_AutoDetect_does_for_a_tool_is_told_apart_from_what_the_tool_does()
    {
        await using var lab = await AutoDetectLab.StartAsync(TwoNodes, cancellationToken: Token);
        using var http = lab.CreateClient();
        for (var call = 0; call < 2; call++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, lab.DetectUrl);
            request.Headers.Add("x-email", "your@contoso.com");
            (await http.SendAsync(request, Token)).EnsureSuccessStatusCode();
        }

        await lab.Journal.AssertAllAsync(connection => connection.LoadBalancer == "autodetect" && connection.Requests.Count == 2);
        Assert.Equal(["ex01", "ex02"], lab.Journal.AutoDetectConnections.Where(connection => connection.LoadBalancer == "perimeter").Select(connection => connection.Node).Distinct());
        Assert.Equal(
            [("your@contoso.com", 200, true, null), ("your@contoso.com", 200, false, "UNABLE_TO_VERIFY_LEAF_SIGNATURE")],
            lab.Journal.Detections.Select(detection => (detection.Email, detection.StatusCode, detection.IsFound, detection.Error)));
    }

    [Fact]
    public async Task A_connection_that_is_kept_open_holds_no_assertion_up()
    {
        await using var lab = await AutoDetectLab.StartAsync(TwoNodes, cancellationToken: Token);
        using var http = lab.CreateClient();
        for (var call = 1; call <= 3; call++)
        {
            (await http.GetAsync(AutoDiscover, Token)).EnsureSuccessStatusCode();
            await lab.Journal.AssertAllAsync(connection => connection.IsOpen && connection.Requests.Count == call);
        }
    }

    [Fact]
    public async Task An_assertion_that_fails_prints_the_timeline_and_marks_the_culprits()
    {
        await using var lab = await AutoDetectLab.StartAsync(TwoNodes, cancellationToken: Token);
        await ProbeAsync(lab, 2);
        using (var http = lab.CreateClient())
        {
            await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync("https://www.contoso.com/", Token));
        }

        var failure = await Assert.ThrowsAsync<LabAssertionException>(() => lab.Journal.AssertNoneAsync(connection => connection.Verdict != "OK" && connection.Node != null));
        var message = failure.Message.ReplaceLineEndings("\n");
        Assert.StartsWith("Expected no connection with\n    connection => connection.Verdict != \"OK\" && connection.Node != null\nbut 1 of 3 match.\n", message, StringComparison.Ordinal);
        Assert.Contains("What the tool under test did (scenario two-nodes, seed 1):", message, StringComparison.Ordinal);
        Assert.Matches("  #1 +0\\.000 s  perimeter/ex01  autodiscover\\.contoso\\.com  TLSv1\\.[23]  \\[perimeter, issuing\\]  OK\n +GET /autodiscover/healthcheck\\.htm -> 200\n> #2 ", message);
        Assert.Matches("> #2 +[0-9.]+ s  perimeter/ex02  .*\\[perimeter\\]  UNABLE_TO_VERIFY_LEAF_SIGNATURE", message);
        Assert.Matches("  - +[0-9.]+ s  www\\.contoso\\.com  ENOTFOUND: ", message);
        Assert.Contains("  ex01         1 connection, with requests  OK\n  ex02         1 connection, without requests  UNABLE_TO_VERIFY_LEAF_SIGNATURE", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Assertions_that_hold_for_nothing_fail()
    {
        await using var lab = await AutoDetectLab.StartAsync(TwoNodes, cancellationToken: Token);
        var all = await Assert.ThrowsAsync<LabAssertionException>(() => lab.Journal.AssertAllAsync(_ => true));
        Assert.Contains("there were no connections", all.Message, StringComparison.Ordinal);
        Assert.Contains("no connections", all.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<LabAssertionException>(() => lab.Journal.AssertAnyAsync(_ => true));
        await lab.Journal.AssertNoneAsync(_ => true);
    }

    [Fact]
    public async Task A_tool_that_stops_too_early_is_told_which_nodes_it_has_not_met()
    {
        await using var lab = await AutoDetectLab.StartAsync("one-in-twenty", cancellationToken: Token);
        await ProbeAsync(lab, 18);
        var missed = await Assert.ThrowsAsync<LabAssertionException>(() => lab.Journal.AssertMetEveryNodeAsync());
        Assert.StartsWith("Expected connections to all 20 nodes, but there were none to ex19, ex20.\n", missed.Message, StringComparison.Ordinal);
        await lab.Node("ex19").MarkDownAsync(Token);
        await ProbeAsync(lab, 1);
        await lab.Journal.AssertMetEveryNodeAsync("perimeter");
        await Assert.ThrowsAsync<ArgumentException>(() => lab.Journal.AssertMetEveryNodeAsync("perimetre"));
    }

    [Fact]
    public async Task A_cleared_journal_begins_anew()
    {
        await using var lab = await AutoDetectLab.StartAsync(TwoNodes, cancellationToken: Token);
        await ProbeAsync(lab, 2);
        lab.Journal.Clear();
        await lab.Journal.AssertNoneAsync(_ => true);
        await ProbeAsync(lab, 1);
        await lab.Journal.WhenSettledAsync(Token);
        Assert.Equal(1, Assert.Single(lab.Journal.Connections).Number);
    }

    [Fact]
    public async Task A_timeline_of_many_connections_shows_the_last_ones_and_the_culprits()
    {
        await using var lab = await AutoDetectLab.StartAsync(TwoNodes, cancellationToken: Token);
        await ProbeAsync(lab, 2);
        await lab.Node("ex02").MarkDownAsync(Token);
        await ProbeAsync(lab, 60);
        var failure = await Assert.ThrowsAsync<LabAssertionException>(() => lab.Journal.AssertAllAsync(connection => connection.Node == "ex01"));
        Assert.Contains("(22 more connections omitted)", failure.Message, StringComparison.Ordinal);
        Assert.Contains("> #2 ", failure.Message, StringComparison.Ordinal);
        Assert.Contains("  #62 ", failure.Message, StringComparison.Ordinal);
    }

    /// <summary>A tool that asks over and over, with a new connection each time.</summary>
    internal static async Task<int> ProbeAsync(AutoDetectLab lab, int attempts)
    {
        var successes = 0;
        for (var attempt = 0; attempt < attempts; attempt++)
        {
            using var http = lab.CreateClient();
            http.DefaultRequestHeaders.UserAgent.ParseAdd("probe/1.0");
            try
            {
                successes += (await http.GetAsync(AutoDiscover, Token)).StatusCode == HttpStatusCode.OK ? 1 : 0;
            }
            catch (HttpRequestException)
            {
                // What the journal is asked about.
            }
        }

        return successes;
    }
}

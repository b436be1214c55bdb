using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Diagnosis.Tests.Capture;

/// <summary>What customers mail, in the forms of public bug reports, with the right answer of each.</summary>
public sealed class EvidenceCaseTests
{
    private const string LeafSignature = "UNABLE_TO_VERIFY_LEAF_SIGNATURE";

    [Theory]
    [InlineData("01-quoted-leaf-only.txt", LeafSignature)]
    [InlineData("02-indented-complete.txt", null)]
    [InlineData("04-other-authoritys-intermediate.txt", LeafSignature)]
    [InlineData("06-imap-and-https.txt", null)]
    [InlineData("09-sslyze-untrusted-root.json", "SELF_SIGNED_CERT_IN_CHAIN")]
    [InlineData("10-sslyze-3.0-layout.json", LeafSignature)]
    [InlineData("11-testssl-two-certificates.json", null)]
    [InlineData("12-sslyze-of-november-2025.json", null)]
    [InlineData("13-healthy.har", null)]
    [InlineData("15-mail-host-alone.txt", LeafSignature)]
    [InlineData("17-reset-after-client-hello.txt", "ECONNRESET")]
    [InlineData("19-expired-cross-sign-verify-ok.txt", null)]
    [InlineData("21-without-and-with-sni.txt", null)]
    [InlineData("22-shell-prompt-in-brackets.txt", LeafSignature)]
    public async Task Detections_in_the_lab_end_as_the_evidence_says(string file, string? error) => (await CapturedEvidence.OfFileAsync("cases/" + file)).AssertAll(error);

    [Fact]
    public async Task Two_calls_that_got_different_lists_are_two_nodes()
    {
        var evidence = await CapturedEvidence.OfFileAsync("cases/03-two-calls-without-showcerts.txt");
        Assert.Equal([2, 1], evidence.Nodes.Select(node => node.Present!.Names!.Count));
        Assert.Equal(0.5, evidence.Run.SuccessRate);
        Assert.Equal(LeafSignature, Assert.Single(evidence.Run.Errors).Key);
        Assert.Empty(evidence.Differences);
    }

    [Fact]
    public async Task Each_call_keeps_its_own_host()
    {
        var evidence = await CapturedEvidence.OfFileAsync("cases/05-three-hosts.txt");
        evidence.AssertAll(LeafSignature);
        Assert.Equal("https://mail.contoso.com/Microsoft-Server-ActiveSync", evidence.Scenario.Organizations[0].ActiveSyncUrl);
        Assert.Equal(3, evidence.Scenario.LoadBalancers.Count);
    }

    [Fact]
    public async Task Evidence_of_another_port_is_named_and_not_used()
    {
        var evidence = await CapturedEvidence.OfFileAsync("cases/06-imap-and-https.txt");
        Assert.Contains(evidence.Observations.Taken, line => line.Contains("mail.contoso.com:993", StringComparison.Ordinal) && line.Contains("not used", StringComparison.Ordinal));
        Assert.Single(evidence.Nodes);
    }

    [Fact]
    public async Task An_alert_after_a_demand_for_a_client_certificate_is_that_demand()
    {
        var evidence = await CapturedEvidence.OfFileAsync("cases/07-client-certificate-demanded.txt");
        Assert.True(Assert.Single(evidence.Nodes).ClientCertificate);
        Assert.Equal(0, evidence.Run.SuccessRate);
        Assert.Empty(evidence.Differences);
    }

    [Fact]
    public async Task A_list_of_one_version_is_a_list()
    {
        var evidence = await CapturedEvidence.OfFileAsync("cases/08-sslyze-tls10-only.json");
        Assert.Equal(["1.0"], Assert.Single(evidence.Nodes).TlsVersions);
        evidence.AssertAll("EPROTO");
    }

    [Fact]
    public void A_certificate_error_of_a_browser_is_said_and_the_right_command_asked_for()
    {
        var message = CapturedEvidence.Refuse(File.ReadAllText(CapturedEvidence.Fixture("cases/14-certificate-error.har")));
        Assert.Contains("net::ERR_CERT_AUTHORITY_INVALID", message, StringComparison.Ordinal);
        Assert.Contains("openssl s_client -connect autodiscover.contoso.com:443", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evidence_of_the_activesync_host_alone_says_that_nobody_looked_at_autodiscover()
    {
        var evidence = await CapturedEvidence.OfFileAsync("cases/15-mail-host-alone.txt");
        Assert.Contains(evidence.Guesses, guess => guess.Contains("autodiscover.contoso.com was not examined", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Output_of_Test_HMAEAS_is_the_answer_of_ActiveSync()
    {
        var evidence = await CapturedEvidence.OfFileAsync("cases/16-test-hmaeas.txt", host: "mail.contoso.com");
        Assert.Empty(evidence.Differences);
        Assert.Equal(AuthenticationMode.ModernOff, evidence.Scenario.Organizations[0].Auth);
        Assert.Contains(evidence.Nodes, node => string.Equals(node.Name, "EX01", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_reset_is_a_reset_and_no_alert()
    {
        var evidence = await CapturedEvidence.OfFileAsync("cases/17-reset-after-client-hello.txt");
        Assert.Equal(TransportFault.Reset, Assert.Single(evidence.Nodes).Fault);
        Assert.Contains("autodiscover.contoso.com", evidence.Scenario.LoadBalancers[0].Hosts);
    }

    [Fact]
    public void A_damaged_certificate_is_named_and_shifts_nothing()
    {
        var message = CapturedEvidence.Refuse(File.ReadAllText(CapturedEvidence.Fixture("cases/18-line-of-leaf-lost.txt")));
        Assert.Contains("certificate 0, the server's own, (CN=autodiscover.contoso.com", message, StringComparison.Ordinal);
        Assert.Contains("bytes, and", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_without_sni_is_what_clients_without_sni_get()
    {
        var evidence = await CapturedEvidence.OfFileAsync("cases/21-without-and-with-sni.txt");
        Assert.NotNull(Assert.Single(evidence.Nodes).WithoutSni);
    }
}

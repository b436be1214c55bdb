using AutoDetectSim.Evidence;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Diagnosis.Tests.Capture;

/// <summary>Forms that real programs printed (Fixtures/real), and such that they print in other versions.</summary>
public sealed class EvidenceFormTests
{
    private const string Host = "autodiscover.contoso.com";
    private const string LeafSignature = "UNABLE_TO_VERIFY_LEAF_SIGNATURE";

    private static readonly string Complete = string.Join('\n', File.ReadAllLines(CapturedEvidence.Fixture("cases/02-indented-complete.txt")).Skip(2).Select(line => line.TrimStart(' '))) + "\n";
    private static readonly string Leaf = File.ReadAllText(CapturedEvidence.Fixture("cases/22-shell-prompt-in-brackets.txt"));

    [Theory]
    [InlineData("s_client-3.0-complete-tls13.txt", null)]
    [InlineData("s_client-3.0-leaf-alone.txt", LeafSignature)]
    [InlineData("s_client-3.0-no-root.txt", "UNABLE_TO_GET_ISSUER_CERT_LOCALLY")]
    [InlineData("s_client-3.0-brief-ok.txt", null)]
    [InlineData("s_client-3.0-brief-leaf.txt", LeafSignature)]
    [InlineData("s_client-refused.txt", "ECONNREFUSED")]
    [InlineData("s_client-reset.txt", "ECONNRESET")]
    [InlineData("s_client-close.txt", "ECONNRESET")]
    [InlineData("s_client-http.txt", "EPROTO")]
    [InlineData("s_client-alert70.txt", "EPROTO")]
    [InlineData("s_client-alert112.txt", "EPROTO")]
    [InlineData("s_client-no-name.txt", "ENOTFOUND")]
    [InlineData("s_client-tls10-server.txt", "EPROTO")]
    [InlineData("s_client-version-trials.txt", "EPROTO")]
    [InlineData("s_client-client-certificate-optional.txt", null)]
    [InlineData("gnutls-ok.txt", null)]
    [InlineData("gnutls-leaf.txt", LeafSignature)]
    [InlineData("gnutls-leaf-noprint.txt", LeafSignature)]
    [InlineData("gnutls-alert40.txt", "EPROTO")]
    [InlineData("gnutls-alert70.txt", "EPROTO")]
    [InlineData("gnutls-reset.txt", "ECONNRESET")]
    [InlineData("gnutls-close.txt", "ECONNRESET")]
    [InlineData("gnutls-http.txt", "EPROTO")]
    [InlineData("keytool-rfc.txt", null)]
    [InlineData("keytool.txt", null)]
    [InlineData("curl-ok.txt", null)]
    [InlineData("curl-alert40.txt", "EPROTO")]
    [InlineData("curl-reset.txt", "ECONNRESET")]
    [InlineData("curl-http.txt", "EPROTO")]
    [InlineData("nmap.txt", null)]
    [InlineData("sslscan.txt", null)]
    [InlineData("sslscan-certificate.txt", null)]
    [InlineData("sslscan-tls10.txt", "EPROTO")]
    public async Task A_real_programs_output_comes_out_as_it_was(string file, string? error) =>
        (await CapturedEvidence.MakeAsync([.. EvidenceReader.Load(CapturedEvidence.Fixture("real/" + file)).Calls.Select(call => call with { Port = 443 })], Host)).AssertAll(error);

    [Theory]
    [InlineData("s_client-alert70.txt", "protocol_version")]
    [InlineData("s_client-alert112.txt", "unrecognized_name")]
    [InlineData("gnutls-alert40.txt", "handshake_failure")]
    [InlineData("curl-alert70.txt", "protocol_version")]
    public async Task Each_alert_is_its_own_fault(string file, string alert) => Assert.Equal(alert, Assert.Single((await Real(file)).Nodes).Alert);

    [Theory]
    [InlineData("s_client-http.txt", TransportFault.PlainHttp)]
    [InlineData("s_client-close.txt", TransportFault.Closed)]
    [InlineData("s_client-refused.txt", TransportFault.Refused)]
    [InlineData("gnutls-http.txt", TransportFault.PlainHttp)]
    public async Task Each_failure_is_its_own_fault(string file, TransportFault fault) => Assert.Equal(fault, Assert.Single((await Real(file)).Nodes).Fault);

    [Theory]
    [InlineData("s_client-client-certificate-tls12.txt")]
    [InlineData("s_client-client-certificate-tls13.txt")]
    public async Task A_demand_for_a_client_certificate_is_seen_in_every_version_of_tls(string file)
    {
        var evidence = await Real(file);
        Assert.True(Assert.Single(evidence.Nodes).ClientCertificate);
        Assert.Equal(0, evidence.Run.SuccessRate);
        Assert.Empty(evidence.Differences);
    }

    [Fact]
    public async Task Trials_of_single_versions_say_which_ones_a_server_accepts() => Assert.Equal(["1.0"], Assert.Single((await Real("s_client-version-trials.txt")).Nodes).TlsVersions);

    [Fact]
    public void What_curl_says_of_a_failed_verification_alone_is_not_enough()
    {
        var message = CapturedEvidence.Refuse(File.ReadAllText(CapturedEvidence.Fixture("real/curl-leaf.txt")).Replace("18444", "443", StringComparison.Ordinal));
        Assert.Contains("unable to get local issuer certificate", message, StringComparison.Ordinal);
        Assert.Contains($"openssl s_client -connect {Host}:443", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nmap.txt")]
    [InlineData("sslscan-certificate.txt")]
    [InlineData("keytool.txt")]
    [InlineData("curl-ok.txt")]
    [InlineData("curl-k-leaf.txt")]
    [InlineData("s_client-3.0-brief-ok.txt")]
    public async Task What_a_form_cannot_know_is_said(string file) => Assert.NotEmpty((await Real(file)).Guesses);

    [Fact]
    public async Task What_sslscan_says_of_a_chain_is_no_verdict_and_its_port_counts()
    {
        var text = File.ReadAllText(CapturedEvidence.Fixture("real/sslscan-certificate.txt"));
        Assert.Contains("unable to get local issuer certificate", text, StringComparison.Ordinal);
        Assert.Null(Assert.Single(EvidenceReader.Parse(text, "mail.txt").Calls).Verdict);
        Assert.False((await Real("sslscan-certificate.txt")).Observations.HasVerdict);
        Assert.True((await Real("gnutls-leaf.txt")).Observations.HasVerdict);

        var imap = text.Replace("localhost", "mail.contoso.com", StringComparison.Ordinal).Replace("15443", "993", StringComparison.Ordinal);
        Assert.Contains("port 993 is IMAP", CapturedEvidence.Refuse(imap), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_program_shows_is_told_apart_from_what_is_concluded()
    {
        Assert.Contains("the server's own certificate", Assert.Single((await Real("sslscan.txt")).Observations.Taken), StringComparison.Ordinal);
        Assert.Contains("the server's own certificate, Verification: OK", Assert.Single((await Real("s_client-3.0-brief-ok.txt")).Observations.Taken), StringComparison.Ordinal);
        Assert.Contains("chain of 1", Assert.Single((await Real("s_client-3.0-leaf-alone.txt")).Observations.Taken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nineteen_of_twenty_calls_stay_nineteen_of_twenty()
    {
        var text = string.Concat(Enumerable.Range(0, 20).Select(number => number == 7 ? Complete : Leaf));
        var evidence = await CapturedEvidence.OfTextAsync(text);
        Assert.Equal([1, 19], evidence.Nodes.Select(node => node.Weight).Order());
        Assert.Empty(evidence.Differences);
    }

    [Fact]
    public async Task Calls_of_a_loop_share_the_command_line_above_them()
    {
        var output = string.Concat(Leaf.Split('\n').Skip(1).Select(line => line + "\n"));
        var text = "$ for i in 1 2 3; do openssl s_client -connect autodiscover.contoso.com:443 -servername autodiscover.contoso.com -showcerts </dev/null; done\n" + output + output + output;
        var reading = EvidenceReader.Parse(text, "x");
        Assert.Equal([Host, Host, Host], reading.Calls.Select(call => call.Host));
        (await CapturedEvidence.OfTextAsync(text)).AssertAll(LeafSignature);
    }

    [Theory]
    [InlineData("CN = ", ", ")]
    [InlineData("CN=", ", ")]
    public async Task Names_of_any_openssl_are_the_same_names(string equals, string separator) =>
        (await CapturedEvidence.OfTextAsync(Leaf.Replace("CN = ", equals, StringComparison.Ordinal).Replace(", ", separator, StringComparison.Ordinal))).AssertAll(LeafSignature);

    [Fact]
    public async Task A_server_that_agrees_on_an_old_version_speaks_nothing_newer()
    {
        var evidence = await CapturedEvidence.OfTextAsync(Complete.Replace("New, TLSv1.2", "New, TLSv1.0", StringComparison.Ordinal).Replace("Protocol  : TLSv1.2", "Protocol  : TLSv1", StringComparison.Ordinal));
        Assert.Equal(["1.0"], Assert.Single(evidence.Nodes).TlsVersions);
        evidence.AssertAll("EPROTO");
    }

    [Fact]
    public async Task A_good_verdict_on_a_lone_certificate_is_not_believed_of_autodetect()
    {
        var text = Leaf.Replace("Verify return code: 21 (unable to verify the first certificate)", "Verify return code: 0 (ok)", StringComparison.Ordinal)
            .Replace("-showcerts", "-CAfile chain.pem -showcerts", StringComparison.Ordinal);
        var evidence = await CapturedEvidence.OfTextAsync(text);
        Assert.Equal(0, evidence.Run.SuccessRate);
        Assert.Contains("-CAfile", Assert.Single(evidence.Differences), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bad_verdict_on_a_complete_chain_is_not_hidden()
    {
        var evidence = await CapturedEvidence.OfTextAsync(Complete.Replace("Verify return code: 0 (ok)", "Verify return code: 21 (unable to verify the first certificate)", StringComparison.Ordinal));
        Assert.Contains("the lab says OK", Assert.Single(evidence.Differences), StringComparison.Ordinal);
    }

    [Fact]
    public void Evidence_of_mail_protocols_alone_is_refused_with_the_command_to_ask_for()
    {
        var message = CapturedEvidence.Refuse(Leaf.Replace("autodiscover.contoso.com:443", "mail.contoso.com:587", StringComparison.Ordinal).Replace("-servername autodiscover.contoso.com", "-starttls smtp", StringComparison.Ordinal));
        Assert.Contains("SMTP", message, StringComparison.Ordinal);
        Assert.Contains("openssl s_client -connect mail.contoso.com:443", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failure_without_any_host_asks_for_the_host()
    {
        var text = File.ReadAllText(CapturedEvidence.Fixture("real/s_client-reset.txt"));
        Assert.Contains("Name it: autodetectsim capture HOST", CapturedEvidence.Refuse(text[(text.IndexOf('\n', StringComparison.Ordinal) + 1)..]), StringComparison.Ordinal);
    }

    private static Task<CapturedEvidence> Real(string file) => CapturedEvidence.MakeAsync([.. EvidenceReader.Load(CapturedEvidence.Fixture("real/" + file)).Calls.Select(call => call with { Port = 443 })], Host);
}

using AutoDetectSim.Evidence;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Diagnosis.Tests.Capture;

/// <summary>More evidence of the forms that customers send: what real programs print about one lab, and files by form.</summary>
public sealed class EvidenceVariantTests
{
    [Theory]
    [InlineData("s_client-private-root-sent.txt", "SELF_SIGNED_CERT_IN_CHAIN")]
    [InlineData("s_client-private-root-not-sent.txt", "UNABLE_TO_GET_ISSUER_CERT_LOCALLY")]
    [InlineData("s_client-wrong-order.txt", null)]
    [InlineData("s_client-leaf-twice.txt", null)]
    [InlineData("s_client-brief-private-root-sent.txt", "SELF_SIGNED_CERT_IN_CHAIN")]
    [InlineData("s_client-brief-private-root-not-sent.txt", "UNABLE_TO_GET_ISSUER_CERT_LOCALLY")]
    [InlineData("s_client-brief-not-yet-valid.txt", "CERT_NOT_YET_VALID")]
    [InlineData("s_client-brief-expired.txt", "CERT_HAS_EXPIRED")]
    [InlineData("s_client-brief-unrelated.txt", "UNABLE_TO_VERIFY_LEAF_SIGNATURE")]
    [InlineData("s_client-quiet.txt", "UNABLE_TO_VERIFY_LEAF_SIGNATURE")]
    [InlineData("s_client-nameopt.txt", "UNABLE_TO_VERIFY_LEAF_SIGNATURE")]
    [InlineData("s_client-state.txt", "UNABLE_TO_VERIFY_LEAF_SIGNATURE")]
    [InlineData("s_client-through-x509.txt", null)]
    [InlineData("s_client-noservername.txt", null)]
    [InlineData("s_client-address-and-servername.txt", "UNABLE_TO_VERIFY_LEAF_SIGNATURE")]
    [InlineData("imap-443-and-smtp.txt", null)]
    [InlineData("port-80-and-443.txt", null)]
    [InlineData("activesync-host-first.txt", "UNABLE_TO_VERIFY_LEAF_SIGNATURE")]
    [InlineData("libressl-19.txt", "SELF_SIGNED_CERT_IN_CHAIN")]
    [InlineData("libressl-20.txt", "UNABLE_TO_GET_ISSUER_CERT_LOCALLY")]
    [InlineData("openssl-1.0.2-code-27.txt", "UNABLE_TO_VERIFY_LEAF_SIGNATURE")]
    [InlineData("s_client-connect-timeout.txt", "ETIMEDOUT")]
    [InlineData("s_client-alert-116.txt", "ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED")]
    [InlineData("gnutls-not-yet-valid.txt", "CERT_NOT_YET_VALID")]
    [InlineData("gnutls-expired.txt", "CERT_HAS_EXPIRED")]
    [InlineData("gnutls-private-root-sent.txt", "SELF_SIGNED_CERT_IN_CHAIN")]
    [InlineData("gnutls-wrong-name.txt", "ERR_TLS_CERT_ALTNAME_INVALID")]
    [InlineData("gnutls-tls-1.0.txt", "EPROTO")]
    [InlineData("nmap.xml", null)]
    [InlineData("nmap-expired.xml", "CERT_HAS_EXPIRED")]
    [InlineData("nmap-tls-1.0.txt", "EPROTO")]
    [InlineData("nmap-tls-1.0.xml", "EPROTO")]
    [InlineData("curl-wrong-name.txt", "ERR_TLS_CERT_ALTNAME_INVALID")]
    [InlineData("curl-tls-1.0.txt", "EPROTO")]
    [InlineData("curl-through-proxy-ok.txt", null)]
    [InlineData("curl-with-progress.txt", null)]
    [InlineData("curl-8.17.txt", null)]
    [InlineData("keytool-german.txt", "UNABLE_TO_VERIFY_LEAF_SIGNATURE")]
    [InlineData("keytool-japanese.txt", "UNABLE_TO_VERIFY_LEAF_SIGNATURE")]
    [InlineData("sslyze-2-complete.json", null)]
    [InlineData("sslyze-3-leaf.json", "UNABLE_TO_VERIFY_LEAF_SIGNATURE")]
    [InlineData("sslyze-6-private-root.json", "SELF_SIGNED_CERT_IN_CHAIN")]
    [InlineData("autodiscover-503.har", "ERR_BAD_RESPONSE")]
    [InlineData("activesync-503.har", "ERR_BAD_RESPONSE")]
    [InlineData("logon-redirect.har", "ERR_BAD_RESPONSE")]
    [InlineData("logon-page.har", "ERR_BAD_RESPONSE")]
    [InlineData("powershell-name-not-found.txt", "ENOTFOUND")]
    [InlineData("certutil-encodehex.txt", "UNABLE_TO_VERIFY_LEAF_SIGNATURE")]
    [InlineData("mail.html", "UNABLE_TO_VERIFY_LEAF_SIGNATURE")]
    [InlineData("pem-on-one-line.txt", null)]
    [InlineData("line-ends-cr.txt", "UNABLE_TO_VERIFY_LEAF_SIGNATURE")]
    public async Task Every_detection_ends_as_the_evidence_says(string file, string? error)
    {
        // A dump names no host; the person who captures does.
        var captured = await CapturedEvidence.OfFileAsync("variants/" + file, file.StartsWith("certutil", StringComparison.Ordinal) ? "autodiscover.northwind.example" : null);
        captured.AssertAll(error);
    }

    [Theory]
    [InlineData("twenty-brief-half-reset.txt", 0.5)]
    [InlineData("twenty-curl-one-in-twenty.txt", 0.05)]
    [InlineData("s_client-leaf-then-complete.txt", 0.5)]
    public async Task Each_call_keeps_its_share(string file, double rate)
    {
        var captured = await CapturedEvidence.OfFileAsync("variants/" + file, "autodiscover.northwind.example");
        Assert.Equal(rate, captured.Run.SuccessRate);
        Assert.Empty(captured.Differences);
    }

    [Theory]
    [InlineData("keytool-private-root.txt", "nothing says whether clients trust CN=Northwind Private Root")]
    [InlineData("s_client-brief-other-name.txt", "which host names it is for is not known")]
    [InlineData("s_client-tls13-asks-for-client-certificate.txt", "nothing shows whether it goes on without one")]
    [InlineData("nmap.xml", "whether an intermediate is missing is not known")]
    [InlineData("s_client-through-x509.txt", "whether an intermediate is missing is not known")]
    public async Task What_a_file_does_not_show_is_said(string file, string words) =>
        Assert.Contains((await CapturedEvidence.OfFileAsync("variants/" + file)).Guesses, guess => guess.Contains(words, StringComparison.Ordinal));

    [Theory]
    [InlineData("s_client-no-dns.txt", "could not reach a DNS server")]
    [InlineData("keytool-reset.txt", "keytool got no certificate")]
    [InlineData("nmap-reset.txt", "nmap found the host and got no certificate")]
    [InlineData("powershell-401.txt", "not what the server answered")]
    [InlineData("certutil-dump.txt", "certutil prints about a certificate")]
    [InlineData("x509-text.txt", "openssl x509 prints about a certificate")]
    public void What_cannot_be_used_is_refused_with_what_to_ask_for(string file, string words)
    {
        var message = Assert.Throws<EvidenceException>(() => EvidenceReader.Load(CapturedEvidence.Fixture("variants/" + file))).Message;
        Assert.Contains(words, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("* CONNECT tunnel failed, response 407\n* Closing connection 0\ncurl: (56) CONNECT tunnel failed, response 407\n")]
    [InlineData("* Received HTTP code 503 from proxy after CONNECT\ncurl: (56) Received HTTP code 503 from proxy after CONNECT\n")]
    public void What_a_proxy_does_not_let_through_says_nothing_about_the_server(string end)
    {
        var text = "* Uses proxy env variable https_proxy == 'http://10.0.0.8:3128'\n*   Trying 10.0.0.8:3128...\n* Connected to 10.0.0.8 (10.0.0.8) port 3128 (#0)\n"
            + "> CONNECT autodiscover.contoso.com:443 HTTP/1.1\n> Host: autodiscover.contoso.com:443\n>\n< HTTP/1.1 407 Proxy Authentication Required\n< Date: Mon, 30 Nov 2026 13:18:27 GMT\n<\n" + end;

        Assert.Contains("the proxy on the way did not let curl through", Assert.Throws<EvidenceException>(() => EvidenceReader.Parse(text, "mail.txt")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_curl_rejects_behind_a_proxy_is_the_servers_chain_and_not_the_proxys() =>
        Assert.Contains("nothing says what mail.contoso.com sends", (await Assert.ThrowsAsync<EvidenceException>(() => CapturedEvidence.OfFileAsync("variants/curl-through-proxy-leaf-alone.txt"))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task The_list_of_PowerShell_7_is_read_with_the_host_that_it_does_not_name()
    {
        var call = Assert.Single(EvidenceReader.Load(CapturedEvidence.Fixture("variants/powershell-7-list.txt")).Calls);
        Assert.Equal(("EX01", 401), (call.Node, Assert.Single(call.Answers).StatusCode));

        (await CapturedEvidence.OfFileAsync("variants/powershell-7-list.txt", "mail.contoso.com")).AssertAll(error: null);
    }

    [Fact]
    public async Task A_client_certificate_is_demanded_also_where_curl_does_not_trust_the_chain() =>
        Assert.Contains((await CapturedEvidence.OfFileAsync("variants/curl-k-client-certificate.txt")).Nodes, node => node.ClientCertificate);

    [Fact]
    public async Task A_device_that_wants_a_logon_ends_tls_on_its_load_balancer()
    {
        var balancer = Assert.Single((await CapturedEvidence.OfFileAsync("variants/logon-page.har")).Scenario.LoadBalancers, balancer => balancer.PreAuthentication == PreAuthentication.Form);
        Assert.Equal((TlsHandling.Terminate, "autodiscover.northwind.example"), (balancer.Tls, Assert.Single(balancer.Hosts)));
    }

    [Fact]
    public async Task A_directory_that_answers_503_is_offline() =>
        Assert.Contains((await CapturedEvidence.OfFileAsync("variants/activesync-503.har")).Nodes, node => node.Offline.SequenceEqual([VirtualDirectory.ActiveSync]));

    // Validity in the lab is relative to the day of the evidence, whatever day it is today.
    [Theory]
    [InlineData("Mar  1 00:00:00 2024 GMT", "Mar  1 00:00:00 2025 GMT", "Mar  1 00:00:00 2025 GMT", 0, null)]
    [InlineData("Jul  1 00:00:00 2024 GMT", "Jul  1 00:00:00 2028 GMT", "Mar  1 00:00:00 2034 GMT", 9, "CERT_NOT_YET_VALID")]
    [InlineData("Mar  1 00:00:00 2023 GMT", "May  1 00:00:00 2024 GMT", "Mar  1 00:00:00 2034 GMT", 10, "CERT_HAS_EXPIRED")]
    [InlineData("Mar  1 00:00:00 2024 GMT", "Mar  1 00:00:00 2028 GMT", "Sep  1 00:00:00 2024 GMT", 0, null)]
    public async Task Certificates_are_judged_as_of_the_day_of_the_evidence(string notBefore, string notAfter, string rootNotAfter, int code, string? error)
    {
        // Start Time is 1 June 2024.
        var captured = await CapturedEvidence.OfTextAsync($"""
            $ openssl s_client -connect autodiscover.contoso.com:443 -servername autodiscover.contoso.com
            CONNECTED(00000003)
            ---
            Certificate chain
             0 s:CN = autodiscover.contoso.com
               i:CN = Contoso Issuing
               v:NotBefore: {notBefore}; NotAfter: {notAfter}
             1 s:CN = Contoso Issuing
               i:CN = Contoso Root
               v:NotBefore: Mar  1 00:00:00 2020 GMT; NotAfter: Mar  1 00:00:00 2032 GMT
             2 s:CN = Contoso Root
               i:CN = Contoso Root
               v:NotBefore: Mar  1 00:00:00 2014 GMT; NotAfter: {rootNotAfter}
            ---
            SSL-Session:
                Start Time: 1717200000
                Verify return code: {code} (x)
            ---
            DONE
            """);
        captured.AssertAll(error);
        Assert.Contains("validity is as of that day", captured.Scenario.Title, StringComparison.Ordinal);
        Assert.Contains(captured.Observations.Remarks, remark => remark.Contains("2024-06-01", StringComparison.Ordinal));
    }
}

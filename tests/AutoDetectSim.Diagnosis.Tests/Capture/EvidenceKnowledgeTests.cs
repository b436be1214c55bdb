using AutoDetectSim.Evidence;
using AutoDetectSim.Evidence.Calls;

namespace AutoDetectSim.Diagnosis.Tests.Capture;

/// <summary>What evidence shows and what it does not: no fault is made of what is merely not known, and no health either.</summary>
public sealed class EvidenceKnowledgeTests
{
    private static readonly string Complete = string.Join('\n', File.ReadAllLines(CapturedEvidence.Fixture("cases/02-indented-complete.txt")).Skip(2).Select(line => line.TrimStart(' '))) + "\n";

    [Theory]
    [InlineData("Fri Nov 27 17:09:47 CET 2026", "2026-11-27T16:09:47Z")]
    [InlineData("Fri Nov 27 12:09:47 EDT 2026", "2026-11-27T16:09:47Z")]
    [InlineData("Sat Nov 28 01:09:47 JST 2026", "2026-11-27T16:09:47Z")]
    [InlineData("Fri Nov 27 21:39:47 GMT+05:30 2026", "2026-11-27T16:09:47Z")]
    [InlineData("Fri Nov 27 16:09:47 UTC 2026", "2026-11-27T16:09:47Z")]
    [InlineData("Fri Nov 27 16:09:47 XYZ 2026", "2026-11-27T16:09:47Z")]
    [InlineData("Mon Nov 27 16:09:47 UTC 2026", "2026-11-27T16:09:47Z")]
    [InlineData("Fri, 27 Nov 2026 16:09:47 GMT", "2026-11-27T16:09:47Z")]
    [InlineData("Nov 27 16:09:47 2026 GMT", "2026-11-27T16:09:47Z")]
    [InlineData("2026-11-27 17:09 CET", "2026-11-27T16:09:00Z")]
    [InlineData("2026-11-27 17:09:47 +0100", "2026-11-27T16:09:47Z")]
    [InlineData("2026-11-27T17:09:47.000+01:00", "2026-11-27T16:09:47Z")]
    public void A_time_counts_in_its_own_zone(string text, string expected) => Assert.Equal(DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), EvidenceTime.Parse(text));

    [Theory]
    [InlineData("CET", 15)]
    [InlineData("EST", 21)]
    [InlineData("GMT+05:00", 11)]
    public void The_end_of_a_certificate_is_read_in_every_zone_and_language_of_java(string zone, int hour)
    {
        foreach (var file in (string[])["keytool-german.txt", "keytool-japanese.txt"])
        {
            var text = File.ReadAllText(CapturedEvidence.Fixture("variants/" + file)).Replace("Tue Nov 30 16:09:47 UTC 2027", $"Fri Nov 27 16:09:47 {zone} 2026", StringComparison.Ordinal);
            var certificate = Assert.Single(Assert.Single(EvidenceReader.Parse(text, "x").Calls).Sent);
            Assert.Equal(new DateTimeOffset(2026, 11, 27, hour, 9, 47, TimeSpan.Zero), certificate.NotAfter);
            Assert.Equal("CN=Tailspin TLS Issuing CA 2, O=Tailspin Trust Services, C=DE", certificate.Issuer?.ToRecipe());
        }
    }

    [Fact]
    public void Two_calls_of_keytool_are_two_chains()
    {
        var one = File.ReadAllText(CapturedEvidence.Fixture("variants/keytool-german.txt"));
        var reading = EvidenceReader.Parse(one + "\n" + one.Replace("leaf.tailspin", "mail.tailspin", StringComparison.Ordinal), "x");
        Assert.Equal(["leaf.tailspin.example 1", "mail.tailspin.example 1"], reading.Calls.Select(call => $"{call.Host} {call.Sent.Count}"));
        Assert.Equal(2, EvidenceReader.Parse(one[one.IndexOf('\n', StringComparison.Ordinal)..] + "\n" + one[one.IndexOf('\n', StringComparison.Ordinal)..], "x").Calls.Count);
    }

    [Fact]
    public async Task Without_an_end_of_validity_nothing_says_that_a_certificate_is_valid()
    {
        var text = (await File.ReadAllTextAsync(CapturedEvidence.Fixture("variants/keytool-german.txt"), TestContext.Current.CancellationToken)).Replace("Tue Nov 30 16:09:47 UTC 2027", "???", StringComparison.Ordinal);
        Assert.Contains((await CapturedEvidence.OfTextAsync(text)).Guesses, guess => guess.Contains("that it was valid is assumed", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("outlook.office365.com")]
    [InlineData("outlook.cloud.microsoft")]
    public async Task Hosts_of_Microsoft_are_not_taken_for_the_customers(string host)
    {
        var microsoft = Complete.Replace("autodiscover.contoso.com", host, StringComparison.Ordinal);
        var evidence = await CapturedEvidence.OfTextAsync(microsoft + Complete);
        Assert.Equal(["autodiscover.contoso.com"], evidence.Scenario.LoadBalancers.SelectMany(balancer => balancer.Hosts));
        evidence.AssertAll(error: null);
        Assert.Contains("a host of Microsoft's", CapturedEvidence.Refuse(microsoft), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_of_another_domain_is_not_taken_for_the_activesync_host()
    {
        var evidence = await CapturedEvidence.OfTextAsync(Complete.Replace("autodiscover.contoso.com", "www.fabrikam.example", StringComparison.Ordinal) + Complete);
        Assert.Equal("https://autodiscover.contoso.com/Microsoft-Server-ActiveSync", evidence.Scenario.Organizations[0].ActiveSyncUrl);
    }

    [Fact]
    public void A_dump_of_a_key_is_not_a_damaged_certificate() =>
        Assert.Contains("this is what certutil prints", CapturedEvidence.Refuse("""
            X509 Certificate:
            Public Key: UnusedBits = 0
                0000  30 82 00 0c 02 82 00 03  00 a9 09 02 03 01 00 01
            CertUtil: -dump command completed successfully.
            """), StringComparison.Ordinal);

    [Fact]
    public async Task What_a_curl_that_does_not_check_says_is_no_verdict()
    {
        var evidence = await CapturedEvidence.MakeAsync([.. EvidenceReader.Load(CapturedEvidence.Fixture("real/curl-k-leaf.txt")).Calls.Select(call => call with { Port = 443 })], "autodiscover.contoso.com");
        Assert.Contains(evidence.Guesses, guess => guess.Contains("whether an intermediate is missing is not known", StringComparison.Ordinal));
        Assert.Contains(evidence.Observations.Remarks, remark => remark.Contains("with -k, curl loads no roots", StringComparison.Ordinal));
        Assert.Equal(1, evidence.Run.SuccessRate);
    }

    [Fact]
    public async Task A_list_that_was_cut_off_does_not_say_that_an_intermediate_is_missing()
    {
        var evidence = await CapturedEvidence.OfTextAsync(Complete[..Complete.IndexOf("\n1 s:", StringComparison.Ordinal)]);
        Assert.Contains(evidence.Guesses, guess => guess.Contains("nothing says how many certificates were sent", StringComparison.Ordinal) || guess.Contains("is not known", StringComparison.Ordinal));
        Assert.Equal(1, evidence.Run.SuccessRate);
    }

    [Fact]
    public async Task A_host_that_autodiscover_names_and_the_certificate_is_not_for_is_not_taken_to_fail()
    {
        var answer = "HTTP/1.1 200 OK\nContent-Type: application/json\nX-FEServer: EX01\n\n{\"Protocol\":\"ActiveSync\",\"Url\":\"https://eas.fabrikam.example/Microsoft-Server-ActiveSync\"}\n";
        var evidence = await CapturedEvidence.OfTextAsync(Complete + "\n" + answer, "autodiscover.contoso.com");
        Assert.Contains(evidence.Guesses, guess => guess.Contains("eas.fabrikam.example was not examined: an ActiveSync host without a fault is assumed", StringComparison.Ordinal));
        evidence.AssertAll(error: null);
    }

    [Theory]
    [InlineData("* schannel: next InitializeSecurityContext failed: SEC_E_ILLEGAL_MESSAGE (0x80090326) - This error usually occurs when a fatal SSL/TLS alert is received (e.g. handshake failed).", "EPROTO")]
    [InlineData("* schannel: failed to receive handshake, SSL/TLS connection failed", "ECONNRESET")]
    public async Task Windows_says_in_its_own_words_that_a_handshake_failed(string words, string error) =>
        (await CapturedEvidence.OfTextAsync($"C:\\>curl -v https://autodiscover.contoso.com/\n*   Trying 203.0.113.10:443...\n* Connected to autodiscover.contoso.com (203.0.113.10) port 443\n{words}\n* Closing connection\ncurl: (35) {words[2..]}\n")).AssertAll(error);

    [Fact]
    public async Task A_name_without_an_address_is_not_found_for_testssl_either() =>
        (await CapturedEvidence.OfTextAsync("""
            [
             {"id":"scanProblem","ip":"autodiscover.contoso.com/","port":"443","severity":"FATAL","finding":"No IPv4/IPv6 address(es) for 'autodiscover.contoso.com' available"}
            ]
            """)).AssertAll("ENOTFOUND");

    [Fact]
    public async Task A_name_that_sslyze_could_not_resolve_is_not_found() =>
        (await CapturedEvidence.OfTextAsync("""
            { "sslyze_version": "6.1.0", "date_scans_completed": "2026-11-29T09:01:00", "server_scan_results": [],
              "invalid_server_strings": [{ "server_string": "autodiscover.contoso.com", "error_message": "Could not resolve hostname" }] }
            """)).AssertAll("ENOTFOUND");

    [Fact]
    public void What_mitmproxy_answers_itself_is_not_the_servers_answer() =>
        Assert.Contains("so that nothing says what autodiscover.contoso.com sends", CapturedEvidence.Refuse("""
            { "log": { "creator": { "name": "mitmproxy" }, "entries": [{ "startedDateTime": "2026-11-29T10:00:00+01:00",
              "request": { "method": "GET", "url": "https://autodiscover.contoso.com/autodiscover/autodiscover.json" },
              "response": { "status": 502, "headers": [{ "name": "Server", "value": "mitmproxy 10.1.1" }],
                "content": { "text": "<h1>502 Bad Gateway</h1><p>Certificate verify failed: unable to get local issuer certificate</p>" } } }] } }
            """), StringComparison.Ordinal);
}

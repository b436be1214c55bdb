using AutoDetectSim.Evidence;

namespace AutoDetectSim.Diagnosis.Tests.Capture;

/// <summary>Command lines as terminals and mail programs leave them, and what options do to the output.</summary>
public sealed class EvidenceCommandTests
{
    private const string Options = " -servername autodiscover.contoso.com -showcerts";

    private static readonly string[] Leaf = [.. File.ReadAllLines(CapturedEvidence.Fixture("cases/22-shell-prompt-in-brackets.txt")).SkipWhile(line => !line.Contains("s_client", StringComparison.Ordinal)).Skip(1)];

    private static readonly string Output = string.Join('\n', Leaf) + "\n";

    [Theory]
    [InlineData("openssl s_client -connect autodiscover.contoso.com:4\n43 -servername autodiscover.contoso.com -showcerts")]
    [InlineData("openssl s_client -connect autodiscover.cont\noso.com:443 -servername autodiscover.contoso.com")]
    [InlineData("openssl s_client -connect autodiscover.contoso.com:443 -servername autodisc\nover.contoso.com -showcerts")]
    [InlineData("openssl s_client -connect autodiscover.contoso.com:443 -serverna\nme autodiscover.contoso.com -showcerts")]
    [InlineData("openssl s_client \\\n  -connect autodiscover.contoso.com:443 \\\n  -servername autodiscover.contoso.com")]
    [InlineData("openssl s_client `\n  -connect autodiscover.contoso.com:443 `\n  -servername autodiscover.contoso.com")]
    [InlineData("openssl s_client ^\n  -connect autodiscover.contoso.com:443 ^\n  -servername autodiscover.contoso.com")]
    [InlineData("openssl s_client -connect autodiscover.contoso.com:443<https://eur01.safelinks.protection.outlook.com/?url=http%3A%2F%2Fautodiscover.contoso.com%2F&data=05> -servername autodiscover.contoso.com<https://eur01.safelinks.protection.outlook.com/?url=x>")]
    public void A_broken_command_line_names_the_same_host_and_port(string command)
    {
        var call = Assert.Single(EvidenceReader.Parse("$ " + command + "\n" + Output, "mail.txt").Calls);
        Assert.Equal(("autodiscover.contoso.com", 443), (call.Host, call.Port));
        Assert.Equal("autodiscover.contoso.com", call.ServerName ?? call.Host);
        Assert.NotEmpty(call.Sent);
    }

    [Fact]
    public void A_whole_command_line_does_not_swallow_what_follows()
    {
        var call = Assert.Single(EvidenceReader.Parse("$ openssl s_client -connect autodiscover.contoso.com:443\nserver2\n" + Output, "mail.txt").Calls);
        Assert.Equal(("autodiscover.contoso.com", 443), (call.Host, call.Port));
    }

    [Theory]
    [InlineData("read:errno=0\n")]
    [InlineData("read:errno=104\n")]
    public void The_end_of_a_session_is_no_call_of_its_own(string end) =>
        Assert.Null(Assert.Single(EvidenceReader.Parse("$ openssl s_client -connect autodiscover.contoso.com:443" + Options + "\n" + Output.Replace("DONE\n", "", StringComparison.Ordinal) + end, "mail.txt").Calls).Failure);

    [Fact]
    public void A_session_that_prexit_prints_again_counts_once()
    {
        var again = Output[Output.IndexOf("---\nCertificate chain", StringComparison.Ordinal)..];
        Assert.Single(EvidenceReader.Parse("$ openssl s_client -prexit -connect autodiscover.contoso.com:443" + Options + "\n" + Output.Replace("DONE\n", "", StringComparison.Ordinal) + again, "mail.txt").Calls);
    }

    [Fact]
    public async Task Every_connection_of_reconnect_counts()
    {
        const string Next = """
            depth=0 CN = {0}
            verify error:num=20:unable to get local issuer certificate
            verify return:1
            depth=0 CN = {0}
            verify error:num=21:unable to verify the first certificate
            verify return:1
            drop connection and then reconnect
            CONNECTED(00000003)
            Verification error: unable to verify the first certificate
            ---
            New, TLSv1.2, Cipher is ECDHE-RSA-AES256-GCM-SHA384
            Verify return code: 21 (unable to verify the first certificate)
            ---

            """;
        var complete = string.Join('\n', File.ReadAllLines(CapturedEvidence.Fixture("cases/02-indented-complete.txt")).Select(line => line.TrimStart(' ')));
        var name = EvidenceReader.Parse(complete, "mail.txt").Calls[0].Sent[0].Subject!.ToString();
        var evidence = await CapturedEvidence.OfTextAsync(complete + "\n" + string.Format(System.Globalization.CultureInfo.InvariantCulture, Next, CommonNameOf(name!)));
        Assert.Equal(0.5, evidence.Run.SuccessRate);
        Assert.Empty(evidence.Differences);
    }

    [Fact]
    public void Good_news_that_rests_on_a_roots_file_is_called_assumed()
    {
        var complete = string.Join('\n', File.ReadAllLines(CapturedEvidence.Fixture("cases/02-indented-complete.txt")).Select(line => line.TrimStart(' '))).Replace(" -showcerts", " -showcerts -CAfile contoso-root.pem", StringComparison.Ordinal);
        var observations = AutoDetectSim.Diagnosis.Capture.Observations.EvidenceWorld.Make(EvidenceReader.Parse(complete, "mail.txt").Calls, CapturedEvidence.Question());
        Assert.Contains(observations.Guesses, guess => guess.Contains("depends on the roots that the command names", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("ERROR: cannot verify mail.contoso.com's certificate, issued by 'CN=R1':")]
    [InlineData(" Chain of trust               NOT ok (chain incomplete)")]
    [InlineData("TcpTestSucceeded : False")]
    [InlineData("Invoke-WebRequest : Für den geschützten SSL/TLS-Kanal konnte keine Vertrauensstellung hergestellt werden.")]
    public void A_fault_in_a_form_that_is_not_read_is_named_beside_what_is_read(string line)
    {
        var complete = string.Join('\n', File.ReadAllLines(CapturedEvidence.Fixture("cases/02-indented-complete.txt")).Select(text => text.TrimStart(' ')));
        Assert.Empty(EvidenceReader.Parse(complete, "mail.txt").Unread);
        Assert.Contains("shows a fault, but this form of output is not supported", Assert.Single(EvidenceReader.Parse(complete + "\n\n" + line + "\n", "mail.txt").Unread), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("[", "]")]
    public void What_SSL_Labs_downloaded_is_not_taken_for_what_was_sent(string before, string after)
    {
        var pem = File.ReadAllText(CapturedEvidence.Fixture("leaf.pem")).ReplaceLineEndings("\\n");
        var message = CapturedEvidence.Refuse(before + """{ "host": "mail.contoso.com", "endpoints": [{ "details": { "certChains": [{ "certIds": ["a"], "issues": 2 }] } }], "certs": [{ "id": "a", "raw": "PEM" }] }""".Replace("PEM", pem, StringComparison.Ordinal) + after);
        Assert.Contains("this is JSON of SSL Labs", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_body_without_a_line_end_does_not_hide_the_next_call_of_curl()
    {
        const string Json = """{"Protocol":"ActiveSync","Url":"https://mail.contoso.com/Microsoft-Server-ActiveSync"}""";
        foreach (var body in (string[])[Json, "Service unavailable"])
        {
            var calls = EvidenceReader.Parse(CurlOf(body) + Refused + CurlOf(body) + Refused, "mail.txt").Calls;
            Assert.Equal([true, false, true, false], calls.Select(call => call.Verdict!.Passed));
            Assert.Equal(body, calls[0].Answers[0].Body);
        }
    }

    private const string Refused = """
        *   Trying 192.0.2.10:443...
        * Connected to autodiscover.contoso.com (192.0.2.10) port 443 (#0)
        * SSL certificate problem: unable to get local issuer certificate
        * Closing connection 0
        curl: (60) SSL certificate problem: unable to get local issuer certificate

        """;

    private static string CurlOf(string body) => $"""
        *   Trying 192.0.2.10:443...
        * Connected to autodiscover.contoso.com (192.0.2.10) port 443 (#0)
        * SSL connection using TLSv1.3 / TLS_AES_256_GCM_SHA384
        * Server certificate:
        *  subject: CN=autodiscover.contoso.com
        *  issuer: CN=R1
        *  SSL certificate verify ok.
        > GET /autodiscover/autodiscover.json?Email=a@contoso.com&Protocol=ActiveSync HTTP/1.1
        >
        < HTTP/1.1 200 OK
        < Content-Type: application/json
        <
        {body}* Connection #0 to host autodiscover.contoso.com left intact

        """;

    private static string CommonNameOf(string name) => name.Split("CN=")[^1].Split("CN = ")[^1].Split(',')[0].Trim();
}

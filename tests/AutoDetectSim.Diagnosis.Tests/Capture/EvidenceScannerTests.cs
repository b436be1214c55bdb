using System.Text.Json;
using System.Text.Json.Nodes;
using AutoDetectSim.Evidence;

namespace AutoDetectSim.Diagnosis.Tests.Capture;

/// <summary>Files of scanners and browsers in the layouts of their versions, made of one chain.</summary>
public sealed class EvidenceScannerTests
{
    private const string Host = "autodiscover.contoso.com";
    private const string LeafSignature = "UNABLE_TO_VERIFY_LEAF_SIGNATURE";

    private static readonly string[] Pem = File.ReadAllText(CapturedEvidence.Fixture("real/keytool-rfc.txt")).Split("-----END CERTIFICATE-----\n", StringSplitOptions.RemoveEmptyEntries).Select(pem => pem[pem.IndexOf("-----BEGIN", StringComparison.Ordinal)..] + "-----END CERTIFICATE-----\n").ToArray();

    [Theory]
    [InlineData(2)]
    [InlineData(1)]
    public async Task Sslyze_2_is_read(int sent) => (await CapturedEvidence.OfTextAsync(JsonSerializer.Serialize(new
    {
        accepted_targets = new[]
        {
            new
            {
                server_info = new { hostname = Host, port = 443, ip_address = "203.0.113.10", tls_wrapped_protocol = "HTTPS", tls_server_name_indication = Host, client_auth_requirement = "DISABLED" },
                commands_results = new
                {
                    certinfo = new
                    {
                        received_certificate_chain = Pem.Take(sent).Select(pem => new { as_pem = pem }),
                        path_validation_result_list = new[]
                        {
                            new { trust_store = new { name = "Apple" }, is_certificate_trusted = false, verify_string = "other" },
                            new { trust_store = new { name = "Mozilla" }, is_certificate_trusted = sent == 2, verify_string = sent == 2 ? "ok" : "unable to get local issuer certificate" },
                        },
                    },
                },
            },
        },
        sslyze_version = "2.1.4",
    }))).AssertAll(sent == 2 ? null : LeafSignature);

    [Fact]
    public async Task An_error_of_sslyze_is_the_fault_that_it_tells() => (await CapturedEvidence.OfTextAsync(JsonSerializer.Serialize(new
    {
        server_scan_results = new[]
        {
            new { server_location = new { hostname = Host, port = 443 }, connectivity_status = "ERROR", connectivity_error_trace = "Traceback:\n  File x\nsslyze.errors.ConnectionToServerFailed: Connection refused\n" },
        },
        sslyze_version = "6.2.0",
    }))).AssertAll("ECONNREFUSED");

    [Theory]
    [InlineData("REQUIRED", true)]
    [InlineData("OPTIONAL", false)]
    public async Task Sslyze_says_whether_a_client_certificate_is_required(string requirement, bool demands)
    {
        var json = JsonNode.Parse(File.ReadAllText(CapturedEvidence.Fixture("cases/12-sslyze-of-november-2025.json")))!;
        json["server_scan_results"]![0]!["connectivity_result"]!["client_auth_requirement"] = requirement;
        var evidence = await CapturedEvidence.OfTextAsync(json.ToJsonString());
        Assert.Equal(demands, Assert.Single(evidence.Nodes).ClientCertificate);
        Assert.Equal(demands ? 0 : 1, evidence.Run.SuccessRate);
    }

    [Theory]
    [InlineData("passed.", 2, null)]
    [InlineData("failed (chain incomplete).", 1, LeafSignature)]
    public async Task Csv_of_testssl_is_read(string trust, int sent, string? error)
    {
        var rows = new List<string> { "\"id\",\"fqdn/ip\",\"port\",\"severity\",\"finding\",\"cve\",\"cwe\"" };
        rows.AddRange(Findings(trust, sent, withIntermediates: false).Select(finding => $"\"{finding.Id}\",\"{Host}/203.0.113.10\",\"443\",\"INFO\",\"{finding.Value}\",\"\",\"\""));
        (await CapturedEvidence.OfTextAsync(string.Join('\n', rows))).AssertAll(error);
    }

    [Theory]
    [InlineData("passed.", 2, null)]
    [InlineData("failed (chain incomplete).", 1, LeafSignature)]
    [InlineData("failed (chain incomplete).", 2, "UNABLE_TO_GET_ISSUER_CERT_LOCALLY")]
    public async Task Testssl_3_2_writes_intermediates_and_pretty_sections(string trust, int sent, string? error)
    {
        var json = JsonSerializer.Serialize(new
        {
            Invocation = "testssl.sh -S -p",
            at = "host:/usr/bin/openssl",
            startTime = "1796040000",
            scanResult = new[]
            {
                new
                {
                    targetHost = Host,
                    ip = "203.0.113.10",
                    port = "443",
                    service = "HTTP",
                    serverDefaults = Findings(trust, sent, withIntermediates: true).Select(finding => new { id = finding.Id, severity = "INFO", finding = finding.Value }),
                },
            },
        });
        (await CapturedEvidence.OfTextAsync(json)).AssertAll(error);
    }

    [Theory]
    [InlineData("service", "certificate-based authentication => skipping all HTTP checks", true)]
    [InlineData("service", "HTTP", false)]
    [InlineData("clientAuth", "required", true)]
    [InlineData("clientAuth", "none", false)]
    public async Task Each_testssl_says_in_its_way_that_a_client_certificate_is_required(string id, string value, bool demands)
    {
        var findings = Findings("passed.", 2, withIntermediates: false).Where(finding => finding.Id != id).Prepend((Id: id, Value: value));
        var evidence = await CapturedEvidence.OfTextAsync(JsonSerializer.Serialize(findings.Select(found => new { id = found.Id, ip = $"{Host}/203.0.113.10", port = "443", severity = "INFO", finding = found.Value })));
        Assert.Equal(demands, Assert.Single(evidence.Nodes).ClientCertificate);
        Assert.Equal(demands ? 0 : 1, evidence.Run.SuccessRate);
    }

    [Fact]
    public async Task Several_addresses_of_a_name_are_several_nodes()
    {
        var findings = Findings("passed.", 2, withIntermediates: false).Select(finding => (Ip: "203.0.113.10", finding))
            .Concat(Findings("failed (chain incomplete).", 1, withIntermediates: false).Select(finding => (Ip: "203.0.113.11", finding)));
        var evidence = await CapturedEvidence.OfTextAsync(JsonSerializer.Serialize(findings.Select(found => new { id = found.finding.Id, ip = $"{Host}/{found.Ip}", port = "443", severity = "INFO", finding = found.finding.Value })));
        Assert.Equal(2, evidence.Nodes.Count);
        Assert.Equal(0.5, evidence.Run.SuccessRate);
        Assert.Empty(evidence.Differences);
    }

    [Fact]
    public void A_scan_of_a_mail_port_is_no_evidence_of_443()
    {
        var json = JsonSerializer.Serialize(Findings("passed.", 1, withIntermediates: false).Select(finding => new { id = finding.Id, ip = "mail.contoso.com/203.0.113.10", port = "25", severity = "INFO", finding = finding.Value }));
        Assert.Contains("port 25 is SMTP", CapturedEvidence.Refuse(json), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("net::ERR_CONNECTION_REFUSED", "ECONNREFUSED")]
    [InlineData("net::ERR_CONNECTION_RESET", "ECONNRESET")]
    [InlineData("net::ERR_NAME_NOT_RESOLVED", "ENOTFOUND")]
    [InlineData("net::ERR_CONNECTION_TIMED_OUT", "ETIMEDOUT")]
    public async Task A_request_that_failed_in_a_browser_is_the_fault_that_it_tells(string error, string code) =>
        Assert.Equal(code, (await CapturedEvidence.OfTextAsync(Har(error))).Observations.World.Hosts[0].Connections[0].ErrorCode);

    [Fact]
    public async Task A_browsers_certificate_error_is_held_against_the_chain_of_other_evidence()
    {
        var calls = EvidenceReader.Parse(Har("net::ERR_CERT_AUTHORITY_INVALID"), "a.har").Calls.Concat(EvidenceReader.Load(CapturedEvidence.Fixture("cases/01-quoted-leaf-only.txt")).Calls);
        (await CapturedEvidence.MakeAsync([.. calls])).AssertAll(LeafSignature);
        var other = EvidenceReader.Parse(Har("net::ERR_CERT_AUTHORITY_INVALID"), "a.har").Calls.Concat(EvidenceReader.Load(CapturedEvidence.Fixture("cases/02-indented-complete.txt")).Calls);
        Assert.Contains("ERR_CERT_AUTHORITY_INVALID", Assert.Single((await CapturedEvidence.MakeAsync([.. other])).Differences), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_listing_of_PowerShell_is_an_answer()
    {
        var evidence = await CapturedEvidence.OfTextAsync("""
            PS C:\> Invoke-WebRequest "https://autodiscover.contoso.com/autodiscover/autodiscover.json?Email=your@contoso.com&Protocol=ActiveSync"

            StatusCode        : 200
            StatusDescription : OK
            Content           : {"Protocol":"ActiveSync","Url":"https://mail.contoso.com/Microsoft-Server-ActiveSync"}
            RawContent        : HTTP/1.1 200 OK
                                request-id: 1
                                X-FEServer: EX07
                                Content-Type: application/json; charset=utf-8
                                Date: Tue, 01 Dec 2026 10:00:00 GMT

                                {"Protocol":"ActiveSync","Url":"https://mail.contoso.com/Microsoft-Server-ActiveSync"}
            Headers           : {[request-id, 1], [X-FEServer, EX07]}
            RawContentLength  : 86
            """);
        Assert.Equal("https://mail.contoso.com/Microsoft-Server-ActiveSync", evidence.Scenario.Organizations[0].ActiveSyncUrl);
        Assert.Contains(evidence.Nodes, node => string.Equals(node.Name, "EX07", StringComparison.OrdinalIgnoreCase));
        Assert.Contains(evidence.Guesses, guess => guess.Contains("a complete chain is assumed", StringComparison.Ordinal));
    }

    [Fact]
    public void Headers_of_PowerShell_are_read_as_table_and_as_list()
    {
        const string Challenge = "Bearer client_id=\"00000002-0000-0ff1-ce00-000000000000\", trusted_issuers=\"x\"";
        var table = $"PS C:\\> (iwr https://mail.contoso.com/Microsoft-Server-ActiveSync -SkipHttpErrorCheck).Headers\n\nKey              Value\n---              -----\nX-FEServer       {{EX03}}\nWWW-Authenticate {{{Challenge}, Basic realm=\"mail\"}}\n";
        var list = $"Key   : X-FEServer\nValue : {{EX03}}\n\nKey   : WWW-Authenticate\nValue : {{{Challenge}, Basic realm=\"mail\"}}\n";
        foreach (var text in (string[])[table, list])
        {
            var answer = Assert.Single(Assert.Single(EvidenceReader.Parse(text, "x").Calls).Answers);
            Assert.Equal([Challenge, "Basic realm=\"mail\""], answer.Values("WWW-Authenticate"));
            Assert.Equal(["EX03"], answer.Values("X-FEServer"));
        }
    }

    [Fact]
    public void A_401_of_something_else_is_not_taken_for_activesync() =>
        Assert.Contains("Ask for:", CapturedEvidence.Refuse("HTTP/1.1 401 Unauthorized\nServer: nginx\nWWW-Authenticate: Basic realm=\"router\"\n\n", Host), StringComparison.Ordinal);

    [Fact]
    public async Task The_connectivity_analyzer_is_read_and_its_good_word_not_believed()
    {
        var evidence = await CapturedEvidence.OfTextAsync("""
            Attempting to resolve the host name autodiscover.contoso.com in DNS.
             The host name resolved successfully.
            Testing TCP port 443 on host autodiscover.contoso.com to ensure it's listening and open.
             The port was opened successfully.
            The Microsoft Connectivity Analyzer is attempting to obtain the SSL certificate from remote server autodiscover.contoso.com on port 443.
             Remote Certificate Subject: CN=www.fabrikam.com, O=Contoso, C=US, Issuer: CN=Example Trust TLS CA 1, O=Example Trust, C=US.
             Validating the certificate name. Certificate name validation failed.
             Host name autodiscover.contoso.com doesn't match any name found on the server certificate CN=www.fabrikam.com.
            """);
        evidence.AssertAll("ERR_TLS_CERT_ALTNAME_INVALID");
        Assert.Contains(evidence.Observations.Remarks, remark => remark.Contains("downloads missing issuers", StringComparison.Ordinal));
    }

    private static string Har(string error) => JsonSerializer.Serialize(new
    {
        log = new
        {
            version = "1.2",
            entries = new[]
            {
                new { startedDateTime = "2026-11-29T09:10:00.000Z", request = new { method = "GET", url = $"https://{Host}/autodiscover/autodiscover.json?Email=a%40contoso.com" }, response = new { status = 0, _error = error, headers = Array.Empty<object>() } },
            },
        },
    });

    private static IEnumerable<(string Id, string Value)> Findings(string trust, int sent, bool withIntermediates)
    {
        yield return ("service", "HTTP");
        yield return ("TLS1", "not offered");
        yield return ("TLS1_1", "not offered");
        yield return ("TLS1_2", "offered");
        yield return ("TLS1_3", "offered with final");
        yield return ("cert", Pem[0].ReplaceLineEndings(" "));
        yield return ("cert_chain_of_trust", trust);
        yield return ("certs_countServer", sent.ToString(System.Globalization.CultureInfo.InvariantCulture));
        if (withIntermediates && sent > 1)
        {
            yield return ("intermediate_cert <#1>", Pem[1].ReplaceLineEndings(" "));
        }
    }
}

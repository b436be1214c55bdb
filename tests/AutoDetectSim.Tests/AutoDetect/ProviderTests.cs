using AutoDetectSim.AutoDetect;
using AutoDetectSim.Network;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Tests.AutoDetect;

/// <summary>Detection of providers by domain, MX and database ([CAP2025], [SETUPDOC], [C7-2022]).</summary>
public sealed class ProviderTests
{
    [Theory]
    [InlineData("someone@gmail.com", "google", Outcome.ProviderSignIn)]
    [InlineData("someone@YAHOO.com", "yahoo", Outcome.ProviderSignIn)]
    [InlineData("someone@yahoo.co.jp", "yahoo.co.jp", Outcome.ProviderSignIn)]
    [InlineData("someone@me.com", "icloud", Outcome.ProviderSignIn)]
    [InlineData("someone@hotmail.com", "outlook", Outcome.ModernAuthSignIn)]
    public async Task Mail_domains_of_providers_are_known_without_asking_anyone(string email, string service, Outcome outcome)
    {
        using var harness = new DetectionHarness(new FakeNetwork());
        var detection = await harness.DetectAsync(email);
        Assert.Equal(service, Assert.Single(detection.Services).Service);
        Assert.Equal(outcome, DetectionHarness.Outcome(detection));
        Assert.Equal(service, detection.ProviderId);
        Assert.Null(detection.AutoDv2Error);
        Assert.Empty(harness.Network.Requests);
    }

    [Theory]
    [InlineData("1 aspmx.l.google.com.", "google")]
    [InlineData("10 mx-eu.mail.am0.yahoodns.net.", "yahoo")]
    [InlineData("10 mx01.mail.icloud.com", "icloud")]
    [InlineData("0 contoso-com.mail.protection.outlook.com.", "office365")]
    [InlineData("0 contoso-com.olc.protection.outlook.com.", "outlook")]
    public async Task Other_domains_are_known_by_their_MX(string record, string service)
    {
        using var harness = new DetectionHarness(new FakeNetwork().Dns("contoso.com", DnsRecordType.Mx, record));
        var detection = await harness.DetectAsync();
        Assert.Equal(service, Assert.Single(detection.Services).Service);
        Assert.Equal("ENOTFOUND", detection.AutoDv2Error);
        Assert.Equal(DetectionStage.DbProvider, detection.Steps[^1].Stage);
    }

    [Fact]
    public async Task MX_at_Microsoft_365_does_not_outweigh_Exchange_Online_saying_on_premises()
    {
        // A hybrid customer's mail comes in through Microsoft 365 although the mailbox is not there.
        var network = FakeNetwork.HybridContoso(Reply.Failed("UNABLE_TO_VERIFY_LEAF_SIGNATURE"))
            .Dns("contoso.com", DnsRecordType.Mx, "0 contoso-com.mail.protection.outlook.com.");
        using var harness = new DetectionHarness(network);
        Assert.False((await harness.DetectAsync()).Succeeded);
    }

    [Fact]
    public async Task An_MX_that_only_looks_like_a_providers_is_none()
    {
        using var harness = new DetectionHarness(new FakeNetwork().Dns("contoso.com", DnsRecordType.Mx, "1 notgoogle.com.", "2 mx.google.com.contoso.com."));
        Assert.False((await harness.DetectAsync()).Succeeded);
    }

    [Fact]
    public async Task AutoDiscover_goes_before_fixed_records_and_fixed_records_before_others()
    {
        var definition = new AutoDetectDefinition
        {
            Providers = [Servers("fixed.example")],
            Domains = [new DomainRecordDefinition { Name = "contoso.com", Fixed = true, ProviderId = "fixed.example" }],
        };
        using var healthy = new DetectionHarness(FakeNetwork.HybridContoso(), definition);
        Assert.Equal("office365", Assert.Single((await healthy.DetectAsync()).Services).Service);

        using var broken = new DetectionHarness(
            FakeNetwork.HybridContoso(Reply.Failed("ECONNREFUSED")).Dns("contoso.com", DnsRecordType.Mx, "1 aspmx.l.google.com."),
            definition);
        var detection = await broken.DetectAsync();
        Assert.Equal("imap.fixed.example", Assert.Single(detection.Protocols).Hostname);
        Assert.Equal(DetectionStage.FixedDbProvider, detection.Steps[^1].Stage);
        Assert.Equal("fixed.example", detection.ProviderId);
    }

    [Theory]
    [InlineData(true, "fixed db domain protocols")]
    [InlineData(false, "db domain protocols")]
    public async Task A_domain_record_may_have_servers_of_its_own(bool isFixed, string stage)
    {
        var definition = new AutoDetectDefinition
        {
            Domains =
            [
                new DomainRecordDefinition
                {
                    Name = "contoso.com",
                    Fixed = isFixed,
                    Protocols =
                    [
                        new ProtocolRecordDefinition { Protocol = "smtp", Hostname = "smtp.contoso.com", Port = 587, Encryption = "StartTls", Username = "{user}" },
                        new ProtocolRecordDefinition { Protocol = "pop3", Hostname = "pop.contoso.com", Port = 995, Insecure = "SELF_SIGNED_CERT_IN_CHAIN" },
                    ],
                },
            ],
        };
        using var harness = new DetectionHarness(new FakeNetwork(), definition);
        var detection = await harness.DetectAsync();
        Assert.Equal(stage, detection.Steps[^1].Name);
        Assert.Equal(
            """{"email":"your@contoso.com","services":[],"protocols":[{"protocol":"pop3","hostname":"pop.contoso.com","port":995,"encryption":"ssl","insecure":"SELF_SIGNED_CERT_IN_CHAIN","username":"your@contoso.com","validated":false},{"protocol":"smtp","hostname":"smtp.contoso.com","port":587,"encryption":"starttls","username":"your","validated":false}]}""",
            DetectionHarness.Body(detection));
        Assert.Equal(Outcome.InsecureConnection, DetectionHarness.Outcome(detection));
    }

    [Fact]
    public async Task A_domain_record_can_send_AutoDiscover_elsewhere()
    {
        var definition = new AutoDetectDefinition
        {
            Domains = [new DomainRecordDefinition { Name = "contoso.com", AutoDv2Endpoint = "https://ad.contoso.com/autodiscover/autodiscover.json" }],
        };
        var network = FakeNetwork.HybridContoso().Host("ad.contoso.com", Reply.Json("""{"Protocol":"activesync","Url":"https://mail.contoso.com/Microsoft-Server-ActiveSync"}"""));
        using var harness = new DetectionHarness(network, definition);
        Assert.True((await harness.DetectAsync()).Succeeded);
        Assert.Equal(["ad.contoso.com", "mail.contoso.com"], network.Requests.Select(entry => entry.Request.Uri.Host));
    }

    [Theory]
    [InlineData("?services=none&protocols=imap,smtp,pop3")]
    [InlineData("?services=google&protocols=imap")]
    public async Task Callers_that_want_nothing_of_Exchange_leave_its_servers_alone(string query)
    {
        using var harness = new DetectionHarness(FakeNetwork.HybridContoso());
        var detection = await harness.DetectAsync(query: query);
        Assert.False(detection.Succeeded);
        Assert.Null(detection.AutoDv2Error);
        Assert.Empty(harness.Network.Requests);
    }

    [Fact]
    public async Task What_a_caller_does_not_want_is_not_an_answer_and_the_next_stage_is_asked()
    {
        var definition = new AutoDetectDefinition
        {
            Providers = [Servers("fallback.example")],
            Domains = [new DomainRecordDefinition { Name = "contoso.com", ProviderId = "fallback.example" }],
        };
        using var harness = new DetectionHarness(FakeNetwork.HybridContoso(), definition);
        var detection = await harness.DetectAsync(query: "?services=google&protocols=eas,imap");
        Assert.Empty(detection.Services);
        Assert.Equal("imap.fallback.example", Assert.Single(detection.Protocols).Hostname);
    }

    [Theory]
    [InlineData("?services=office365&protocols=imap", false)]
    [InlineData("?services=office365&protocols=rest-office365", true)]
    [InlineData("?services=office365&protocols=rest-cloud", true)]
    [InlineData("?services=office365&protocols=rest-outlook", false)]
    [InlineData("?services=office365&protocols=all", true)]
    [InlineData("?services=office365", true)]
    [InlineData("?protocols=all", true)]
    public async Task A_service_over_REST_needs_a_caller_that_speaks_it(string query, bool found)
    {
        var network = new FakeNetwork().Host("outlook.office365.com", Reply.Json("""{"Protocol":"activesync","Url":"https://outlook.office365.com/Microsoft-Server-ActiveSync"}"""));
        using var harness = new DetectionHarness(network);
        Assert.Equal(found, (await harness.DetectAsync(query: query)).Succeeded);
    }

    [Fact]
    public async Task AutoDiscover_V1_helps_where_a_server_answers_it_without_a_password()
    {
        const string Pox =
            """
            <?xml version="1.0" encoding="utf-8"?>
            <Autodiscover xmlns="http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006">
              <Response xmlns="http://schemas.microsoft.com/exchange/autodiscover/mobilesync/responseschema/2006">
                <Culture>en:us</Culture>
                <Action><Settings>
                  <Server><Type>CertEnroll</Type><Url>https://enroll.contoso.com/</Url></Server>
                  <Server><Type>MobileSync</Type><Url>https://mail.contoso.com/Microsoft-Server-ActiveSync</Url></Server>
                </Settings></Action>
              </Response>
            </Autodiscover>
            """;
        var network = FakeNetwork.HybridContoso().Host("autodiscover.contoso.com", request => request.Method == "POST" ? Reply.Of(200, Pox) : Reply.Of(404));
        using var harness = new DetectionHarness(network);
        var detection = await harness.DetectAsync();
        Assert.Equal("https://mail.contoso.com/Microsoft-Server-ActiveSync", Assert.Single(detection.Services).OnPrem);
        Assert.Equal("ERR_BAD_REQUEST", detection.AutoDv2Error);
        Assert.Null(detection.AutoDv2);
        Assert.NotNull(detection.AutoDv1);
    }

    [Theory]
    [InlineData("<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><Server><Type>MobileSync</Type><Url>&b;</Url></Server>")]
    [InlineData("<Server><Type>MobileSync</Type><Url>http://mail.contoso.com/</Url></Server>")]
    [InlineData("<Server><Type>MobileSync</Type>")]
    [InlineData("<Server><Type>MobileSync</Type><Url><b>x</b></Url></Server>")]
    [InlineData("")]
    public async Task Hostile_or_useless_XML_finds_nothing(string body)
    {
        var network = FakeNetwork.HybridContoso().Host("autodiscover.contoso.com", request => request.Method == "POST" ? Reply.Of(200, body) : Reply.Of(404));
        using var harness = new DetectionHarness(network);
        Assert.False((await harness.DetectAsync()).Succeeded);
    }

    [Fact]
    public async Task A_password_protected_AutoDiscover_V1_proves_nothing()
    {
        // F65: the server has no V2, and V1 answers 401 to everybody.
        var network = FakeNetwork.HybridContoso().Host("autodiscover.contoso.com", request => request.Method == "POST" ? Reply.Unauthorized("Negotiate", "NTLM", "Basic realm=\"x\"") : Reply.Of(404));
        using var harness = new DetectionHarness(network);
        var detection = await harness.DetectAsync();
        Assert.False(detection.Succeeded);
        Assert.Equal("ERR_BAD_REQUEST", detection.AutoDv2Error);
        Assert.Contains(detection.Steps, step => step is { Stage: DetectionStage.AutoDv1, Result: StepResult.Nothing });
    }

    private static ProviderRecordDefinition Servers(string name) => new()
    {
        Name = name,
        Protocols = [new ProtocolRecordDefinition { Protocol = "imap", Hostname = "imap." + name, Port = 993 }],
    };
}

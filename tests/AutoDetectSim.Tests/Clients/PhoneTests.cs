using System.Text;
using AutoDetectSim.Clients;
using AutoDetectSim.Scenarios;
using CsCheck;

namespace AutoDetectSim.Tests.Clients;

/// <summary>What the person with the phone sees ([S-PROBE], [HMADOC], [SEED]).</summary>
public sealed class PhoneTests
{
    private const string Hybrid = """{"service":"office365","protocol":"rest","onprem":"https://mail.contoso.com/Microsoft-Server-ActiveSync"}""";
    private const string Cloud = """{"service":"office365","protocol":"rest"}""";
    private const string Google = """{"service":"google"}""";
    private const string ActiveSync = """{"protocol":"eas","hostname":"mail.contoso.com"}""";
    private const string Imap = """{"protocol":"imap","hostname":"imap.example"}""";

    [Theory]
    [InlineData(200, "", "", "ExchangeOnPremises", Outcome.SelectProvider)]
    [InlineData(204, "", "", "Unknown", Outcome.SelectProvider)]
    [InlineData(404, Hybrid, "", "Unknown", Outcome.SelectProvider)]
    [InlineData(202, "", "", "Unknown", Outcome.StillSearching)]
    [InlineData(503, "", "", "Unknown", Outcome.TryAgain)]
    [InlineData(429, "", "", "Unknown", Outcome.TryAgain)]
    [InlineData(200, Hybrid, "", "ExchangeOnPremises", Outcome.ModernAuthSignIn)]
    [InlineData(200, Hybrid, "", "Unknown", Outcome.ModernAuthSignIn)]
    [InlineData(200, Hybrid, "", "ExchangeOnline", Outcome.WrongProvider)]
    [InlineData(200, Cloud, "", "ExchangeOnline", Outcome.ModernAuthSignIn)]
    [InlineData(200, Cloud, "", "ExchangeOnPremises", Outcome.WrongProvider)]
    [InlineData(200, Google, "", "Unknown", Outcome.ProviderSignIn)]
    [InlineData(200, Google, "", "ExchangeOnline", Outcome.WrongProvider)]
    [InlineData(200, "", ActiveSync, "ExchangeOnPremises", Outcome.BasicAuthAdded)]
    [InlineData(200, "", Imap, "Unknown", Outcome.ImapSetup)]
    [InlineData(200, "", Imap, "ExchangeOnPremises", Outcome.WrongProvider)]
    [InlineData(200, "", """{"protocol":"eas","insecure":"SELF_SIGNED_CERT_IN_CHAIN"}""", "ExchangeOnPremises", Outcome.InsecureConnection)]
    [InlineData(200, "", """{"protocol":"imap","insecure":true}""", "Unknown", Outcome.InsecureConnection)]
    [InlineData(200, "", """{"protocol":"imap","insecure":false}""", "Unknown", Outcome.ImapSetup)]
    public void The_screen_follows_from_the_answer(int status, string service, string protocol, string home, Outcome outcome)
    {
        var body = "{\"email\":\"your@contoso.com\",\"services\":[" + service + "],\"protocols\":[" + protocol + "],\"more\":{\"services\":[1]}}";
        Assert.Equal(outcome, Phone.OutcomeOf(PhoneAnswer.Parse(status, Encoding.UTF8.GetBytes(body)), Enum.Parse<MailboxHome>(home)));
    }

    [Fact]
    public void No_body_makes_the_phone_fail()
    {
        Gen.String[Gen.Char["{}[]\":,services protocol1null\\"], 0, 60].Sample(text =>
        {
            _ = Phone.OutcomeOf(PhoneAnswer.Parse(200, Encoding.UTF8.GetBytes(text)));
        }, iter: Samples.Of(100));
    }

    [Fact]
    public void The_home_of_a_mailbox_follows_from_the_scenario()
    {
        var result = ScenarioLoader.Parse(
            """
            organizations:
              contoso: { domains: [contoso.com], mailboxes: [a@contoso.com], mailboxSettings: { c@contoso.com: { location: cloud } } }
              fabrikam: { domains: [fabrikam.com], location: cloud }
            """,
            "test.yaml",
            baseDirectory: null);
        var scenario = result.Scenario!;
        Assert.Equal(MailboxHome.ExchangeOnPremises, MailboxHomes.Of(scenario, "A@Contoso.com"));
        Assert.Equal(MailboxHome.Unknown, MailboxHomes.Of(scenario, "b@contoso.com"));
        Assert.Equal(MailboxHome.ExchangeOnline, MailboxHomes.Of(scenario, "C@contoso.com"));
        Assert.Equal(MailboxHome.ExchangeOnline, MailboxHomes.Of(scenario, "anyone@fabrikam.com"));
        Assert.Equal(MailboxHome.Unknown, MailboxHomes.Of(scenario, "a@example.com"));
    }
}

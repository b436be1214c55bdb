using AutoDetectSim.Clients.Desktop;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Tests.Clients;

/// <summary>Outlook on the desktop: AutoDetect, then guesses.</summary>
public sealed class OutlookDesktopTests
{
    [Theory]
    [InlineData("complete")]
    [InlineData("missingIntermediate")]
    public async Task Outlooks_own_AutoDiscover_finds_Exchange_whether_or_not_the_intermediate_is_presented(string shape)
    {
        await using var lab = await LabWithClients.StartAsync($"loadBalancers: {{ perimeter: {{ nodes: [{{ name: ex01, present: {shape} }}] }} }}");
        var result = await lab.OutlookDesktop.AddAccountAsync(LabWithClients.Address("your@contoso.com"), TestContext.Current.CancellationToken);
        Assert.Equal((DesktopSetup.AutoDiscover, "autodiscover.contoso.com"), (result.Setup, result.AutoDiscoverHost));
    }

    [Theory]
    [InlineData("a password over NTLM", "auth: basic, password: secret", "ex01", DesktopSetup.AutoDiscover)]
    [InlineData("any password", "auth: basic", "ex01", DesktopSetup.AutoDiscover)]
    [InlineData("a token", "auth: hybridModern", "ex01", DesktopSetup.AutoDiscover)]
    [InlineData("no token", "auth: hybridModern, oAuth: servicePrincipalMissing", "ex01", DesktopSetup.BlankSignIn)]
    [InlineData("a token that is refused", "auth: hybridModern, oAuth: signingKeysStale", "ex01", DesktopSetup.RepeatedPrompt)]
    [InlineData("a locked account", "auth: basic, password: secret, lockout: 5, mailboxSettings: { your@contoso.com: { staleDevices: 1 } }", "ex01", DesktopSetup.RepeatedPrompt)]
    [InlineData("a stranger", "auth: basic, password: secret, mailboxes: [other@contoso.com]", "ex01", DesktopSetup.RepeatedPrompt)]
    public async Task Outlook_logs_on_where_AutoDiscover_asks_who_it_is(string with, string organization, string node, DesktopSetup setup)
    {
        await using var lab = await LabWithClients.StartAsync($"organizations: {{ contoso: {{ domains: [contoso.com], {organization} }} }}\nloadBalancers: {{ perimeter: {{ nodes: [{node}] }} }}");
        var result = await lab.OutlookDesktop.AddAccountAsync(LabWithClients.Address("your@contoso.com"), TestContext.Current.CancellationToken);
        Assert.True((setup, "autodiscover.contoso.com") == (result.Setup, result.AutoDiscoverHost), $"{with}: {result.Setup} at {result.AutoDiscoverHost}");
    }

    [Theory]
    [InlineData(true, "contoso.co.uk", "autodiscover.co.uk", DesktopSetup.CredentialsLeaked)]
    [InlineData(true, "eu.contoso.com", "autodiscover.com", DesktopSetup.CredentialsLeaked)]
    [InlineData(false, "contoso.co.uk", "autodiscover.co.uk", DesktopSetup.AskUser)]
    public async Task Only_an_Outlook_that_climbs_above_the_domain_gives_strangers_a_password(bool climbs, string domain, string stranger, DesktopSetup setup)
    {
        await using var lab = await LabWithClients.StartAsync(
            $$"""
            organizations: { contoso: { domains: [{{domain}}], auth: basic }, stranger: { domains: [{{stranger}}] } }
            loadBalancers:
              perimeter: { hosts: [mail.{{domain}}], nodes: [{ name: ex01 }] }
              stranger: { hosts: [{{stranger}}], tls: terminate, present: complete, preAuthentication: basic, nodes: [{ name: catch01 }] }
            outlookDesktop: { climbsAboveDomain: {{(climbs ? "true" : "false")}} }
            """);
        var result = await lab.OutlookDesktop.AddAccountAsync(LabWithClients.Address("your@" + domain), TestContext.Current.CancellationToken);
        Assert.Equal(setup, result.Setup);
        Assert.Equal(climbs ? stranger : null, result.AutoDiscoverHost);
    }

    [Theory]
    [InlineData("<Autodiscover/>")]
    [InlineData("no XML")]
    [InlineData("")]
    [InlineData("<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>")]
    [InlineData("<Autodiscover xmlns=\"http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006\"><Response><Error/></Response></Autodiscover>")]
    public void What_Outlook_cannot_read_is_no_answer(string body) => Assert.Null(PoxResponse.Read(System.Text.Encoding.UTF8.GetBytes(body)));

    [Fact]
    public async Task Outlooks_own_AutoDiscover_follows_the_SRV_record()
    {
        await using var lab = await LabWithClients.StartAsync(
            """
            organizations: { contoso: { domains: [contoso.com] } }
            loadBalancers: { perimeter: { hosts: [mail.contoso.com], nodes: [{ name: ex01 }] } }
            dns: { _autodiscover._tcp.contoso.com: { SRV: ["0 0 443 mail.contoso.com"] } }
            """);
        var result = await lab.OutlookDesktop.AddAccountAsync(LabWithClients.Address("your@contoso.com"), TestContext.Current.CancellationToken);
        Assert.Equal((DesktopSetup.AutoDiscover, "mail.contoso.com"), (result.Setup, result.AutoDiscoverHost));
    }

    [Fact]
    public async Task What_AutoDetect_knows_is_not_guessed()
    {
        await using var lab = await LabWithClients.StartAsync(
            """
            organizations: { contoso: { domains: [contoso.com] } }
            autoDetect:
              providers:
                seeatest:
                  protocols:
                    - { protocol: smtp, hostname: smtpgms.jnet.sei.co.jp, port: 465 }
                    - { protocol: imap, hostname: imapgms.jnet.sei.co.jp, port: 993 }
              domains: { example.com: { providerId: seeatest } }
            """);
        var result = await lab.OutlookDesktop.AddAccountAsync(LabWithClients.Address("email@example.com"), TestContext.Current.CancellationToken);
        Assert.Equal(DesktopSetup.AutoDetect, result.Setup);
        Assert.Equal(["imap", "smtp"], result.Detection!.Protocols.Select(protocol => protocol.Protocol));
        Assert.Empty(result.Guesses);
    }

    [Fact]
    public async Task Mail_servers_at_common_names_and_ports_are_guessed_encrypted_ones_first()
    {
        await using var lab = await LabWithClients.StartAsync(
            """
            organizations: { contoso: { domains: [contoso.com] } }
            loadBalancers:
              web: { hosts: [autodiscover.contoso.com, mail.contoso.com], nodes: [{ name: ex01 }] }
              imap: { hosts: [imap.fabrikam.com], port: 993, nodes: [{ name: imap01, present: missingIntermediate }] }
              smtp: { hosts: [smtp.fabrikam.com], port: 587, nodes: [{ name: smtp01, fault: plainHttp }] }
            """);
        var result = await lab.OutlookDesktop.AddAccountAsync(LabWithClients.Address("someone@fabrikam.com"), TestContext.Current.CancellationToken);
        Assert.Equal(DesktopSetup.GuessSmart, result.Setup);
        Assert.Equal(
            [("imap", "imap.fabrikam.com", 993, true), ("smtp", "smtp.fabrikam.com", 587, false)],
            result.Guesses.Where(guess => guess.Answers).Select(guess => (guess.Protocol, guess.Host, guess.Port, guess.Encrypted)));
        Assert.Contains(result.Guesses, guess => guess is { Host: "mail.fabrikam.com", Code: "ENOTFOUND" });
        Assert.DoesNotContain(result.Guesses, guess => guess.Protocol == "pop3");
    }

    [Fact]
    public async Task Without_any_server_the_person_is_asked()
    {
        await using var lab = await LabWithClients.StartAsync("organizations: { contoso: { domains: [contoso.com] } }");
        var result = await lab.OutlookDesktop.AddAccountAsync(LabWithClients.Address("someone@fabrikam.com"), TestContext.Current.CancellationToken);
        Assert.Equal(DesktopSetup.AskUser, result.Setup);
        Assert.All(result.Guesses, guess => Assert.Equal("ENOTFOUND", guess.Code));
    }
}

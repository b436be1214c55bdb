using AutoDetectSim.Clients.Desktop;

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

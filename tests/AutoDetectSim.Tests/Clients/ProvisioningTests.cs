using AutoDetectSim.Clients;
using AutoDetectSim.Clients.Provisioning;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Tests.Clients;

/// <summary>Where Exchange Online's attempt to provision the cached mailbox stops ([HMADOC] steps 4 to 8), over real TLS.</summary>
public sealed class ProvisioningTests
{
    private const string Contoso = "organizations: { contoso: { domains: [contoso.com], mailboxes: [your@contoso.com]";

    [Theory]
    [InlineData("a healthy organization", Contoso + " } }", ProvisioningOutcome.Provisioned, null)]
    [InlineData("a password where there is no hybrid", Contoso + ", auth: basic } }", ProvisioningOutcome.Provisioned, null)]
    [InlineData("the right password", Contoso + ", auth: basic, password: secret } }", ProvisioningOutcome.Provisioned, null)]
    [InlineData("a policy that has to be taken", Contoso + ", mailboxSettings: { your@contoso.com: { activeSync: provisioningRequired } } } }", ProvisioningOutcome.Provisioned, null)]
    [InlineData("a mailbox in the cloud", Contoso + ", location: cloud } }", ProvisioningOutcome.NotNeeded, null)]
    [InlineData("a mailbox that moved to the cloud", Contoso + ", mailboxSettings: { your@contoso.com: { activeSync: moved } } } }", ProvisioningOutcome.NotNeeded, null)]
    [InlineData("ActiveSync disabled", Contoso + ", mailboxSettings: { your@contoso.com: { activeSync: disabled } } } }", ProvisioningOutcome.Access, "HTTP 403")]
    [InlineData("an account that is blocked", Contoso + ", mailboxSettings: { your@contoso.com: { activeSync: blocked } } } }", ProvisioningOutcome.Access, "HTTP 456")]
    [InlineData("a server that is busy", Contoso + ", mailboxSettings: { your@contoso.com: { activeSync: busy } } } }", ProvisioningOutcome.Synchronization, "HTTP 503")]
    [InlineData("a device rule on the model", Contoso + ", deviceRules: [{ characteristic: deviceModel, value: Outlook for iOS and Android }] } }", ProvisioningOutcome.Access, "HTTP 403")]
    [InlineData("a quarantine", Contoso + ", deviceRules: [{ characteristic: deviceType, value: OutlookService, access: quarantine }] } }", ProvisioningOutcome.Access, "Status 130")]
    [InlineData("modern authentication turned off", Contoso + ", auth: modernOff } }", ProvisioningOutcome.SignIn, "HTTP 401")]
    [InlineData("AutoDiscover V2 missing", Contoso + ", autoDiscoverV2: notFound } }", ProvisioningOutcome.AutoDiscover, "ERR_BAD_REQUEST")]
    [InlineData("no ActiveSync address", Contoso + ", activeSyncUrl: '' } }", ProvisioningOutcome.AutoDiscover, "ERR_INVALID_URL")]
    [InlineData("a node without its intermediate", Contoso + " } }\nloadBalancers: { perimeter: { nodes: [{ name: ex01, present: missingIntermediate }] } }", ProvisioningOutcome.AutoDiscover, "UNABLE_TO_VERIFY_LEAF_SIGNATURE")]
    [InlineData("an ActiveSync host without its intermediate", Contoso + " } }\nloadBalancers: { ad: { hosts: [autodiscover.contoso.com], nodes: [{ name: ex01 }] }, mail: { hosts: [mail.contoso.com], nodes: [{ name: ex02, present: missingIntermediate }] } }", ProvisioningOutcome.ActiveSync, "UNABLE_TO_VERIFY_LEAF_SIGNATURE")]
    [InlineData("a firewall that forgets Exchange Online", Contoso + " } }\nloadBalancers: { ad: { hosts: [autodiscover.contoso.com], nodes: [{ name: ex01 }] }, mail: { hosts: [mail.contoso.com], allowFrom: [52.125.128.0/20, 52.127.96.0/23], nodes: [{ name: ex02 }] } }", ProvisioningOutcome.ActiveSync, "ETIMEDOUT")]
    public async Task Provisioning_ends_where_the_world_ends_it(string world, string yaml, ProvisioningOutcome outcome, string? code)
    {
        await using var lab = await LabWithClients.StartAsync(yaml);
        var result = await lab.Provisioning.ProvisionAsync(LabWithClients.Address("your@contoso.com"), TestContext.Current.CancellationToken);
        Assert.True(
            (outcome, code) == (result.Outcome, result.Code),
            $"{world}: {result.Outcome}, {result.Code}\n{string.Join('\n', result.Steps.Select(step => step.Asked + ": " + step.Sentence))}");
        Assert.NotEmpty(result.Steps);
    }

    [Fact]
    public async Task A_wrong_password_stops_the_sign_in()
    {
        await using var lab = await LabWithClients.StartAsync(Contoso + ", auth: basic, password: secret } }");
        var wrong = new CloudProvisioning(1, lab.Client, new MailboxCredentials(
            () => lab.Scenario with { Organizations = [.. lab.Scenario.Organizations.Select(organization => organization with { Password = "guess" })] },
            (_, _) => string.Empty));
        var result = await wrong.ProvisionAsync(LabWithClients.Address("your@contoso.com"), TestContext.Current.CancellationToken);
        Assert.Equal((ProvisioningOutcome.SignIn, "HTTP 401"), (result.Outcome, result.Code));
    }

    [Fact]
    public async Task An_address_of_nobody_has_no_token()
    {
        await using var lab = await LabWithClients.StartAsync(Contoso + " } }\nloadBalancers: { ad: { hosts: [autodiscover.contoso.com, autodiscover.fabrikam.com, mail.contoso.com], nodes: [{ name: ex01 }] } }");
        var result = await lab.Provisioning.ProvisionAsync(LabWithClients.Address("your@fabrikam.com"), TestContext.Current.CancellationToken);
        Assert.NotEqual(ProvisioningOutcome.Provisioned, result.Outcome);
    }

    [Fact]
    public async Task Attempts_come_from_Exchange_Onlines_addresses_each_with_a_session_of_its_own()
    {
        System.Net.IPNetwork[] ranges = [.. new[] { "40.96.0.0/13", "40.104.0.0/15", "52.96.0.0/14", "132.245.0.0/16" }.Select(range => System.Net.IPNetwork.Parse(range))];
        await using var lab = await LabWithClients.StartAsync(Contoso + " } }");
        var results = new List<ProvisioningResult>();
        for (var attempt = 0; attempt < 20; attempt++)
        {
            results.Add(await lab.Provisioning.ProvisionAsync(LabWithClients.Address("your@contoso.com"), TestContext.Current.CancellationToken));
        }

        Assert.All(results, result => Assert.Contains(ranges, range => range.Contains(result.Caller.Address)));
        Assert.Equal(20, results.Select(result => result.Caller.Session).Distinct().Count());
    }
}

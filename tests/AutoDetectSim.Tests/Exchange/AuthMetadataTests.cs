using System.Net;
using AutoDetectSim.Network;
using AutoDetectSim.Protocols.Node;
using AutoDetectSim.Scenarios;
using AutoDetectSim.Tests.Clients;

namespace AutoDetectSim.Tests.Exchange;

/// <summary>Whether Exchange servers get at the keys of Entra decides whether they take its tokens.</summary>
public sealed class AuthMetadataTests
{
    [Theory]
    [InlineData("the roots are known", "", "", ProvisioningOutcome.Provisioned)]
    [InlineData("no server gets new roots", ", rootUpdates: false", "", ProvisioningOutcome.SignIn)]
    [InlineData("a server gets new roots although the others do not", ", rootUpdates: false", ", rootUpdates: true", ProvisioningOutcome.Provisioned)]
    [InlineData("this server gets none", "", ", rootUpdates: false", ProvisioningOutcome.SignIn)]
    public async Task A_server_fetches_the_keys_with_the_roots_that_it_knows(string world, string organization, string node, ProvisioningOutcome outcome)
    {
        await using var lab = await LabWithClients.StartAsync(Contoso(organization, node));
        Assert.True(outcome == await ProvisionAsync(lab), world);
    }

    [Theory]
    [InlineData("dns: { login.windows.net: NXDOMAIN }")]
    [InlineData("dns: { login.microsoftonline.com: NXDOMAIN }")]
    public async Task A_server_that_cannot_reach_the_login_endpoint_refuses_tokens_until_it_can(string dns)
    {
        await using var lab = await LabWithClients.StartAsync(Contoso("", "") + dns + "\n");
        Assert.Equal(ProvisioningOutcome.SignIn, await ProvisionAsync(lab));
        await lab.ChangeAsync(lab.Scenario with { Dns = new Dictionary<string, IReadOnlyDictionary<string, IReadOnlyList<string>>>() }, TestContext.Current.CancellationToken);
        Assert.Equal(ProvisioningOutcome.Provisioned, await ProvisionAsync(lab));
    }

    [Fact]
    public async Task What_the_login_endpoint_publishes_leads_to_its_keys()
    {
        await using var lab = await LabWithClients.StartAsync(Contoso("", ""));
        var metadata = await GetAsync(lab, "https://login.windows.net/common/.well-known/openid-configuration");
        Assert.Equal("https://login.microsoftonline.com/common/discovery/keys", metadata.GetProperty("jwks_uri").GetString());
        var key = Assert.Single((await GetAsync(lab, "https://login.microsoftonline.com/common/discovery/keys")).GetProperty("keys").EnumerateArray());
        Assert.Equal(("RSA", 256), (key.GetProperty("kty").GetString(), Microsoft.IdentityModel.Tokens.Base64UrlEncoder.DecodeBytes(key.GetProperty("n").GetString()!).Length));
    }

    private static string Contoso(string organization, string node) =>
        $"organizations: {{ contoso: {{ domains: [contoso.com], mailboxes: [your@contoso.com]{organization} }} }}\nloadBalancers: {{ perimeter: {{ nodes: [{{ name: ex01{node} }}] }} }}\n";

    private static async Task<ProvisioningOutcome> ProvisionAsync(Lab lab) =>
        (await lab.Provisioning.ProvisionAsync(LabWithClients.Address("your@contoso.com"), TestContext.Current.CancellationToken)).Outcome;

    private static async Task<System.Text.Json.JsonElement> GetAsync(Lab lab, string url)
    {
        var exchange = await lab.Client.SendAsync(
            new LabHttpRequest { Method = "GET", Uri = new Uri(url) }, new Caller(IPAddress.Parse("198.51.100.99"), 1L << 60), TestContext.Current.CancellationToken);
        return System.Text.Json.JsonDocument.Parse(exchange.Response!.Body).RootElement;
    }
}

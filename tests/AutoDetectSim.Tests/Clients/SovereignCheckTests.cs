using System.Net;
using AutoDetectSim.Clients;
using AutoDetectSim.Network;

namespace AutoDetectSim.Tests.Clients;

/// <summary>The question that apps ask before AutoDetect ([S-PROBE]).</summary>
public sealed class SovereignCheckTests
{
    [Theory]
    [InlineData("contoso.us", "microsoftonline.us")]
    [InlineData("CONTOSO.US", "microsoftonline.us")]
    [InlineData("contoso.com", null)]
    [InlineData("a&domain=contoso.us", null)]
    public async Task Domains_in_sovereign_clouds_are_told_from_others(string domain, string? cloud)
    {
        await using var lab = await LabWithClients.StartAsync("autoDetect: { sovereignDomains: { contoso.us: microsoftonline.us } }");
        var check = new SovereignCheck(lab.Client);
        Assert.Equal(cloud, await check.AskAsync(domain, new Caller(IPAddress.Parse("198.51.100.7"), -77), TestContext.Current.CancellationToken));
    }
}

using AutoDetectSim.Clients;
using AutoDetectSim.Diagnosis.Probing;

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
        Assert.Equal(cloud, await check.AskAsync(domain, SovereignCheck.Asker, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_phone_of_such_a_domain_never_sees_AutoDetects_answer()
    {
        await using var lab = await LabWithClients.StartAsync("autoDetect: { sovereignDomains: { contoso.com: gcc.microsoftonline.com } }");
        using var client = LabFrontDoor.CreateClient(lab, concurrency: 1);
        var result = await new ProbeRun(client, lab, TimeProvider.System).RunAsync("your@contoso.com", 2, 1, null, TestContext.Current.CancellationToken);
        Assert.Equal(2, result.Successes);
        Assert.Equal(2, result.Outcomes["sovereignSignIn"]);
    }
}

using System.Text.Json;
using AutoDetectSim.FunctionalTests.Network;
using AutoDetectSim.FunctionalTests.Support;

namespace AutoDetectSim.FunctionalTests.ThirdParty;

/// <summary>Microsoft's library for Node.js signs in at the lab, unchanged, and the lab's Exchange takes its tokens.</summary>
[Trait("Needs", "tools")]
public sealed class MsalNodeTests(NpmClients clients) : IClassFixture<NpmClients>
{
    private const string Scenario = """
        organizations: { contoso: { domains: [contoso.com], password: Winter-2021, tenantId: b9cd8e2d-9e3a-4e3c-8d0c-000000000001 } }
        loadBalancers: { perimeter: { nodes: [ex01] } }
        """;

    [Theory]
    [InlineData("code", "https://login.microsoftonline.com/common")]
    [InlineData("device", "https://login.microsoftonline.com/b9cd8e2d-9e3a-4e3c-8d0c-000000000001")]
    [InlineData("password", "https://login.microsoftonline.com/contoso.com")]
    [InlineData("password", "https://login.windows.net/organizations")]
    public async Task Msal_gets_tokens_that_ActiveSync_takes(string flow, string authority)
    {
        var result = await RunAsync(flow, authority, "Winter-2021");
        Assert.True(result.TryGetProperty("statuses", out var statuses), result.ToString());
        Assert.Equal([200, 200], statuses.EnumerateArray().Select(status => status.GetInt32()));
        Assert.Equal(("your@contoso.com", "b9cd8e2d-9e3a-4e3c-8d0c-000000000001"), (result.GetProperty("account").GetString(), result.GetProperty("tenant").GetString()));
        Assert.True(result.GetProperty("isNew").GetBoolean());
    }

    [Theory]
    [InlineData("password", "https://login.microsoftonline.com/fabrikam.com", "Winter-2021", "90002")]
    [InlineData("password", "https://login.microsoftonline.com/contoso.com", "Winter-2020", "50126")]
    public async Task Msal_reports_what_Entra_refuses(string flow, string authority, string password, string number)
    {
        var result = await RunAsync(flow, authority, password);
        Assert.True(result.TryGetProperty("error", out _), result.ToString());
        Assert.Contains($"AADSTS{number}: ", result.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    private async Task<JsonElement> RunAsync(string flow, string authority, string password)
    {
        Assert.NotNull(clients);
        await using var lab = await NetworkLab.StartAsync(Scenario);
        var result = await Tool.RunAsync(
            await Node24.ProgramAsync(),
            [
                NpmClients.Script("msal.cjs"), flow, authority, "your@contoso.com", password, "https://mail.contoso.com/.default", "https://mail.contoso.com/Microsoft-Server-ActiveSync",
            ],
            environment: new Dictionary<string, string> { ["NODE_USE_ENV_PROXY"] = "1", ["HTTPS_PROXY"] = lab.Gateway, ["NO_PROXY"] = "", ["NODE_EXTRA_CA_CERTS"] = lab.Roots });
        Assert.True(result.ExitCode == 0, result.ToString());
        using var document = JsonDocument.Parse(result.Output);
        return document.RootElement.Clone();
    }
}

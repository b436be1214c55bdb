using System.Text.Json;
using AutoDetectSim.FunctionalTests.Support;

namespace AutoDetectSim.FunctionalTests;

[Trait("Needs", "tools")]
public sealed class NodeClientTests
{
    // One host and nodes that are all alike: what one connection of Node meets is what a detection meets.
    public static TheoryData<string> Scenarios() => [.. Labs.ChainScenarios().Where(file => file.StartsWith("chains/", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task Node_reports_the_code_that_autodetect_reports(string scenario)
    {
        await using var lab = await Labs.StartAsync(scenario);
        using var directory = new TemporaryFolder();
        var (gateway, roots) = (lab.Gateway.ToString(), directory.Write("roots.pem", lab.RootCertificatesPem));
        var node = await NodeAsync(gateway, roots, "https://autodiscover.contoso.com/autodiscover/autodiscover.json?Email=your%40contoso.com&Protocol=activesync&RedirectCount=3");
        var detection = await InProcessCommand.RunAsync("detect", "your@contoso.com", "--url", "https://prod-autodetect.outlookmobile.com/detect", "--proxy", gateway, "--ca", roots, "--json");
        using var document = JsonDocument.Parse(detection.Output);
        var errors = document.RootElement.GetProperty("errors").EnumerateObject().Select(error => error.Name).SingleOrDefault("none");
        Assert.Equal(node.GetProperty("code").GetString(), errors);
    }

    [Fact]
    public async Task Node_makes_the_call_of_the_field_through_the_gateway()
    {
        await using var lab = await LabProcess.StartAsync(Tool.Scenario("healthy.yaml"));
        var answer = await NodeAsync(lab.Gateway, lab.RootCertificate, lab.DetectUrl + "?protocols=eas,rest-cloud,imap,pop3,smtp&timeout=13.5&services=office365,outlook,google,icloud,yahoo");
        Assert.Equal("none", answer.GetProperty("code").GetString());
        Assert.Equal(200, answer.GetProperty("status").GetInt32());
        using var body = JsonDocument.Parse(answer.GetProperty("body").GetString()!);
        var service = Assert.Single(body.RootElement.GetProperty("services").EnumerateArray());
        Assert.Equal("office365", service.GetProperty("service").GetString());
        Assert.Equal("https://mail.contoso.com/Microsoft-Server-ActiveSync", service.GetProperty("onprem").GetString());
    }

    private static async Task<JsonElement> NodeAsync(string gateway, string roots, string url)
    {
        var result = await Tool.RunAsync("node", [Path.Combine(AppContext.BaseDirectory, "clients", "get.mjs"), gateway, roots, url]);
        Assert.True(result.ExitCode == 0, result.ToString());
        using var document = JsonDocument.Parse(result.Output);
        return document.RootElement.Clone();
    }
}

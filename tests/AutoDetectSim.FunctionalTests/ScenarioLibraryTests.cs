using System.Text.Json;
using AutoDetectSim.Diagnosis.Observing;
using AutoDetectSim.FunctionalTests.Support;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.FunctionalTests;

public sealed class ScenarioLibraryTests
{
    /// <summary>Scenarios of each theme that are changed while they run; AUTODETECTSIM_SAMPLES=1000 takes all.</summary>
    private const int UsualChanged = 5;

    public static TheoryData<string> Themes => [.. Directory.EnumerateDirectories(Tool.Scenario(".")).Select(folder => Path.GetFileName(folder)).Where(name => name != "lessons"), "*.yaml"];

    [Theory]
    [Trait("Needs", "time")]
    [MemberData(nameof(Themes))]
    public async Task Every_scenario_of_the_library_shows_its_fault_and_turns_green_without_it(string theme)
    {
        string[] paths = theme == "*.yaml" ? Directory.GetFiles(Tool.Scenario("."), theme) : [Tool.Scenario(theme)];

        var result = await InProcessCommand.RunAsync(["test", "--json", .. paths]);

        using var document = JsonDocument.Parse(result.Output);
        var files = document.RootElement.GetProperty("scenarios").EnumerateArray().ToList();
        Assert.NotEmpty(files);
        Assert.Empty(files.Where(file => file.GetProperty("status").GetString() != "passed").Select(file => file.ToString()));
        Assert.Equal(0, result.ExitCode);
    }

    [Theory]
    [Trait("Needs", "time")]
    [MemberData(nameof(Themes))]
    public async Task A_fault_of_the_library_is_put_right_while_its_lab_runs_and_is_back_after_a_reset(string theme)
    {
        var files = theme == "*.yaml" ? Directory.GetFiles(Tool.Scenario("."), theme) : Directory.GetFiles(Tool.Scenario(theme), "*.yaml");
        var differences = new List<string>();
        foreach (var scenario in Samples.Of(files.Order(StringComparer.Ordinal).Select(file => ScenarioLoader.Load(file).Scenario!).Where(scenario => scenario.Fault is not null), UsualChanged))
        {
            await using var lab = await Lab.StartAsync(scenario, cancellationToken: TestContext.Current.CancellationToken);
            var endPoints = lab.Network.CustomerVirtualIps.Select(virtualIp => virtualIp.EndPoint).ToList();
            await lab.ChangeAsync(scenario.WithoutFault(), TestContext.Current.CancellationToken);
            await HoldAsync(lab, scenario.WithoutFault().Expect, "repaired");
            await lab.ResetAsync(TestContext.Current.CancellationToken);
            await HoldAsync(lab, scenario.Expect, "reset");
            Assert.Equal(endPoints, lab.Network.CustomerVirtualIps.Select(virtualIp => virtualIp.EndPoint));

            async Task HoldAsync(Lab lab, IReadOnlyList<Expectation> expectations, string world) => differences.AddRange(
                (await ScenarioTest.RunAsync(lab, expectations, TestContext.Current.CancellationToken)).SelectMany(result => result.Differences).Select(difference => $"{scenario.Name}, {world}: {difference}"));
        }

        Assert.Empty(differences);
    }

    [Theory]
    [Trait("Needs", "tools")]
    [InlineData(true, "CN=autodiscover.contoso.com")]
    [InlineData(false, "CN=www.contoso.com")]
    public async Task A_client_without_server_name_gets_the_default_certificate(bool withServerName, string subject)
    {
        await using var lab = await Labs.StartAsync("certificates/default-certificate-without-sni.yaml");
        var virtualIp = lab.Network.VirtualIps.Single(candidate => candidate.Name == "perimeter");
        string[] name = withServerName ? ["-servername", "autodiscover.contoso.com"] : ["-noservername"];

        var result = await Tool.RunAsync("openssl", ["s_client", "-connect", virtualIp.EndPoint!.ToString(), .. name]);

        Assert.Contains(subject, result.Output.Replace(" = ", "=", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Needs", "tools")]
    public async Task A_server_that_demands_a_client_certificate_cuts_curl_off()
    {
        await using var lab = await Labs.StartAsync("certificates/client-certificate-demanded.yaml");
        var virtualIp = lab.Network.VirtualIps.Single(candidate => candidate.Name == "perimeter");

        var result = await Tool.RunAsync("curl", ["-sk", "--connect-to", $"::{virtualIp.EndPoint}", "https://autodiscover.contoso.com/"]);

        Assert.Equal(35, result.ExitCode);
    }
}

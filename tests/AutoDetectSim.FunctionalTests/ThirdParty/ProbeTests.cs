using System.Globalization;
using System.Text.Json;
using AutoDetectSim.Clients;
using AutoDetectSim.FunctionalTests.Network;
using AutoDetectSim.FunctionalTests.Support;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.FunctionalTests.ThirdParty;

/// <summary>A probe that decides as the public support scripts do ([S-PROBE], [HMAEAS]) says of the library's labs what their scenarios say.</summary>
[Trait("Needs", "tools")]
public sealed class ProbeTests
{
    private const string LeafOnly = "UNABLE_TO_VERIFY_LEAF_SIGNATURE";
    private const string ModernAuthentication = "https://login.windows.net/common/oauth2/authorize";
    private const string BasicAlone = "Basic";

    /// <param name="file">The scenario.</param>
    /// <param name="direct">What the probe's own questions to AutoDiscover V2 and ActiveSync end with.</param>
    [Theory]
    [InlineData("healthy.yaml", ModernAuthentication)]
    [InlineData("one-of-two.yaml", LeafOnly)]
    [InlineData("none-complete.yaml", LeafOnly)]
    [InlineData("activesync-host-broken.yaml", LeafOnly)]
    [InlineData("basic-auth-onprem.yaml", BasicAlone)]
    [InlineData("exchange/missing-authorization-uri.yaml", "Bearer, Basic")]
    [InlineData("exchange/autodiscover-v1-only.yaml", "404")]
    [InlineData("network/no-autodiscover-record.yaml", "ENOTFOUND")]
    [InlineData("network/firewall-forgets-autodetect.yaml", ModernAuthentication)]
    [InlineData("network/autodetect-host-retired.yaml", ModernAuthentication)]
    [InlineData("service/mailbox-in-exchange-online.yaml", "https://login.microsoftonline.com/common/oauth2/authorize")]
    [InlineData("service/mx-at-google.yaml", "ENOTFOUND")]
    [InlineData("service/outlook-com.yaml", "ENOTFOUND")]
    [InlineData("service/poisoned-domain.yaml", "ENOTFOUND")]
    [InlineData("service/stale-provider-after-migration.yaml", ModernAuthentication)]
    [InlineData("service/still-searching.yaml", ModernAuthentication)]
    [InlineData("service/unknown-domain.yaml", "ENOTFOUND")]
    [InlineData("service/instance-unavailable.yaml", ModernAuthentication)]
    public async Task The_probe_says_what_the_scenario_expects(string file, string direct)
    {
        var scenario = Labs.Load(file);
        var expectation = scenario.Expect[0];
        var report = await ProbeAsync(scenario, expectation.Detect, expectation.Attempts);

        var said = Said(report);
        Assert.Equal(expectation.Attempts, said.Values.Sum());
        foreach (var (outcome, count) in expectation.Outcome!)
        {
            var words = Words(outcome, expectation, MailboxHomes.Of(scenario, expectation.Detect));
            Assert.True(count == words.Sum(word => said.GetValueOrDefault(word)), $"{outcome} {count} times, but the probe says {report.GetProperty("said")}");
        }

        Assert.Equal(direct, Direct(report));
    }

    [Fact]
    public async Task The_probe_does_not_ask_AutoDetect_about_a_domain_in_a_sovereign_cloud()
    {
        var report = await ProbeAsync(Labs.Load("service/sovereign-cloud.yaml"), "your@contoso.com", attempts: 1);
        Assert.Equal("microsoftonline.us", report.GetProperty("sovereign").GetString());
        Assert.Empty(Said(report));
    }

    [Fact]
    public async Task The_probe_calls_Microsoft_365_without_REST_and_without_servers_odd()
    {
        var report = await ProbeAsync(Labs.Load("service/office365-without-rest.yaml"), "your@contoso.com", attempts: 2);
        Assert.Equal(2, Said(report)["odd, contact support"]);
    }

    [Fact]
    public async Task The_probe_finds_what_support_asks_for_on_answers_that_it_has_no_words_for()
    {
        var report = await ProbeAsync(Labs.Load("healthy.yaml"), "your..name@contoso.com", attempts: 2);
        Assert.Equal(2, Said(report)["something went wrong: status 400, with what support asks for"]);
    }

    private static async Task<JsonElement> ProbeAsync(Scenario scenario, string email, int attempts)
    {
        await using var lab = await NetworkLab.StartAsync(scenario);
        var result = await lab.NodeAsync("probe.mjs", email, attempts.ToString(CultureInfo.InvariantCulture));
        Assert.True(result.ExitCode == 0, result.ToString());
        using var document = JsonDocument.Parse(result.Output);
        return document.RootElement.Clone();
    }

    private static Dictionary<string, int> Said(JsonElement report) =>
        report.GetProperty("said").EnumerateObject().ToDictionary(words => words.Name, words => words.Value.GetInt32(), StringComparer.Ordinal);

    /// <summary>The words of the scripts for what a person with a phone sees.</summary>
    private static string[] Words(string outcome, Expectation expectation, MailboxHome home) => (outcome, home) switch
    {
        ("modernAuthSignIn", MailboxHome.ExchangeOnPremises) => ["Hybrid Exchange"],
        ("modernAuthSignIn", MailboxHome.ExchangeOnline) => ["Office 365"],
        ("basicAuthAdded", _) => ["detected as eas"],
        ("selectProvider", _) when expectation.Status is { } status => [status.ContainsKey("204") ? "nothing found, check the address" : "detected as nothing"],
        ("selectProvider", _) => ["nothing found, check the address", "detected as nothing"],
        ("stillSearching", _) => ["still searching, try again"],
        ("tryAgain", _) => ["unavailable, try again"],
        _ => ["detected as " + string.Join(", ", expectation.Found!.Keys.Select(account => account.Split(':')[0]))],
    };

    private static string Direct(JsonElement report)
    {
        var autoDiscover = report.GetProperty("autoDiscover");
        var bearer = report.GetProperty("bearer");
        return autoDiscover.GetProperty("stop").GetString()
            ?? bearer.GetProperty("stop").GetString()
            ?? bearer.GetProperty("authorizationUri").GetString()
            ?? string.Join(", ", bearer.GetProperty("schemes").EnumerateArray());
    }
}

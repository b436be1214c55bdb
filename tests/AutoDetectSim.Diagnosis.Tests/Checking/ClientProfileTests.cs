using AutoDetectSim.Certificates.Clients;
using AutoDetectSim.Diagnosis.Checking.Grouping;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Diagnosis.Tests.Checking;

public sealed class ClientProfileTests
{
    private const string Strict = "autodetect node openssl curl exchange-online";

    [Fact]
    public async Task On_one_in_twenty_those_that_keep_or_download_pass_and_those_that_do_neither_fail()
    {
        var root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "AutoDetectSim.sln")))
        {
            root = Path.GetDirectoryName(root)!;
        }

        await using var lab = await Lab.StartAsync(ScenarioLoader.Load(Path.Combine(root, "scenarios", "one-in-twenty.yaml")).Scenario!, cancellationToken: TestContext.Current.CancellationToken);
        var host = (await CheckedLab.CheckAsync(lab)).Hosts[0];
        Assert.Equal(2, host.Chains.Count);
        var incomplete = host.Chains[0];
        Assert.Equal(19, incomplete.Nodes.Count);
        Assert.Equal("android windows windows-revocation connectivity-analyzer browser", incomplete.Accepting());
        Assert.Equal("windows windows-revocation connectivity-analyzer browser", string.Join(" ", incomplete.Clients.Where(client => client.FirstVisit.Accepted).Select(client => client.Profile.Name)));
        Assert.Equal(KnownClients.All.Count, host.Chains[1].Clients.Count(client => client.FirstVisit.Accepted));
    }

    [Fact]
    public async Task The_path_shows_where_each_client_had_the_intermediate_from()
    {
        var result = await CheckedLab.CheckNodesAsync("[{ name: ex01, present: missingIntermediate }]");
        var browser = result.Hosts[0].Chains[0].Clients.Single(client => client.Profile.Name == "browser");
        Assert.Equal([PathSource.Presented, PathSource.Downloaded, PathSource.TrustStore], browser.FirstVisit.Path.Select(step => step.Source));
        Assert.Equal([PathSource.Presented, PathSource.Kept, PathSource.TrustStore], browser.InUse.Path.Select(step => step.Source));
        Assert.Contains("downloaded it (AIA)", browser.FirstVisit.Because, StringComparison.Ordinal);
        var node = result.Hosts[0].Chains[0].Clients.Single(client => client.Profile.Name == "node");
        Assert.Equal([PathSource.Presented], node.InUse.Path.Select(step => step.Source));
    }

    [Fact]
    public async Task Without_an_aia_url_nobody_who_has_not_met_the_intermediate_passes()
    {
        var result = await CheckedLab.CheckAsync("""
            authorities:
              root: { subject: "CN=Root", trusted: true }
              issuing: { subject: "CN=Issuing", issuer: root }
            loadBalancers: { perimeter: { nodes: [{ name: ex01, present: missingIntermediate }] } }
            """);
        Assert.Equal("", result.Hosts[0].Chains[0].Accepting());
    }

    [Fact]
    public async Task Without_an_aia_url_a_kept_intermediate_still_helps_whoever_keeps_it()
    {
        var result = await CheckedLab.CheckAsync("""
            authorities:
              root: { subject: "CN=Root", trusted: true }
              issuing: { subject: "CN=Issuing", issuer: root }
            loadBalancers: { perimeter: { nodes: [{ name: ex01 }, { name: ex02, present: missingIntermediate }] } }
            """);
        var incomplete = result.Hosts[0].Chains.Single(chain => chain.Faults.Contains(FaultNames.MissingIntermediate));
        Assert.Equal("android windows windows-revocation connectivity-analyzer browser", incomplete.Accepting());
        Assert.DoesNotContain(incomplete.Clients, client => client.FirstVisit.Accepted);
    }

    [Theory]
    [InlineData("expiredLeaf", "", "CERT_E_EXPIRED (0x800B0101)", "ERR_CERT_DATE_INVALID")]
    [InlineData("nameMismatch", "openssl", "CERT_E_CN_NO_MATCH (0x800B010F)", "ERR_CERT_COMMON_NAME_INVALID")]
    [InlineData("selfSigned", "", "CERT_E_UNTRUSTEDROOT (0x800B0109)", "ERR_CERT_AUTHORITY_INVALID")]
    [InlineData("untrustedRoot", "", "CERT_E_CHAINING (0x800B010A)", "ERR_CERT_AUTHORITY_INVALID")]
    [InlineData("clientAuthOnly", "", "CERT_E_WRONG_USAGE (0x800B0110)", "ERR_CERT_INVALID")]
    [InlineData("wrongIntermediate", "windows windows-revocation connectivity-analyzer browser", "OK", "OK")]
    [InlineData("expiredIntermediate", "windows windows-revocation connectivity-analyzer browser", "OK", "OK")]
    public async Task Each_client_has_its_own_words_for_the_same_fault(string shape, string accepting, string windows, string browser)
    {
        var result = await CheckedLab.CheckNodesAsync($"[{{ name: ex01, present: {shape} }}]");
        var chain = result.Hosts[0].Chains[0];
        Assert.Equal(accepting, chain.Accepting());
        Assert.Equal(windows, chain.Clients.Single(client => client.Profile.Name == "windows").InUse.Words);
        Assert.Equal(browser, chain.Clients.Single(client => client.Profile.Name == "browser").InUse.Words);
    }

    [Fact]
    public void Every_habit_cites_its_source()
    {
        Assert.All(KnownClients.All.SelectMany(profile => profile.Habits), habit =>
            Assert.True(habit.Source.StartsWith("https://", StringComparison.Ordinal) || habit.Source.StartsWith('['), habit.Source));
        Assert.All(Strict.Split(' '), name => Assert.False(KnownClients.Find(name)!.KeepsIntermediates || KnownClients.Find(name)!.DownloadsIssuers));
    }

    [Fact]
    public void A_list_of_profiles_is_read_and_unknown_names_are_told()
    {
        Assert.Equal(["node", "windows"], KnownClients.Parse("windows, Node", out var unknown).Select(profile => profile.Name));
        Assert.Empty(unknown);
        KnownClients.Parse("node,outlook", out unknown);
        Assert.Equal(["outlook"], unknown);
        Assert.Equal(KnownClients.All.Count, KnownClients.Parse("all", out _).Count);
    }
}

using AutoDetectSim.Scenarios;
using AutoDetectSim.Scenarios.Library;
using AutoDetectSim.Training.Cases;
using AutoDetectSim.Training.Mysteries;

namespace AutoDetectSim.Training.Tests;

/// <summary>Whether a mystery's words are about its world.</summary>
public sealed class MysteryTextTests
{
    [Fact]
    public void Words_about_two_faults_keep_nothing_that_is_bound_to_the_world_of_one()
    {
        var (first, second) = (Find("certificates/intermediate-missing-from-windows-store"), Find("exchange/signing-keys-stale"));
        var text = MysteryText.Symptom(first, second);
        Assert.DoesNotContain("three", text, StringComparison.Ordinal);
        Assert.Contains("For a few days phones have received no new mail", text, StringComparison.Ordinal);
    }

    [Fact]
    public void No_word_of_a_share_or_of_a_number_of_servers_is_left_in_any_pair()
    {
        var all = ScenarioLibrary.All.Where(entry => entry.Scenario.Fault is not null && entry.Symptom.Length > 0).ToList();
        foreach (var (one, other) in all.Zip(all.Skip(1)))
        {
            Assert.DoesNotMatch(@"every (second|other)|one attempt in|of five|(two|three|four|five) servers|[Pp]hones? works?", MysteryText.Symptom(one, other));
        }
    }

    [Fact]
    public void The_level_fits_how_the_fault_shows()
    {
        Assert.Equal(1, LevelOf("certificates/missing-intermediate-on-every-node"));
        Assert.Equal(2, LevelOf("certificates/missing-intermediate-on-one-node"));
        Assert.Equal(2, LevelOf("balancer/autodiscover-offline-on-one-node"));
        Assert.Equal(2, LevelOf("network/preauthentication-form"));
        Assert.Equal(3, LevelOf("exchange/signing-keys-stale"));
        Assert.Equal(3, LevelOf("balancer/one-node-without-oauth"));
    }

    [Theory]
    [InlineData("network/one-node-reset", "balancer")]
    [InlineData("network/one-node-refused", "balancer")]
    [InlineData("network/answer-two-lengths", "balancer")]
    [InlineData("network/one-node-hangs-up", "network")]
    [InlineData("balancer-terminates-without-intermediate", "certificate")]
    public void A_fault_in_front_of_a_server_may_be_put_into_either_layer(string scenario, string also)
    {
        var (entry, layer) = (Find(scenario).Scenario, Enum.Parse<FaultLayer>(also, ignoreCase: true));
        var truth = CaseTruth.Of(entry.WithoutFault(), entry, entry.Fault!);
        Assert.Contains(entry.Fault!.Layer, truth.Layers);
        Assert.Contains(layer, truth.Layers);
    }

    [Fact]
    public void A_missing_record_is_a_fault_of_the_name_that_lacks_it_and_of_no_other()
    {
        var entry = Find("network/outlook-climbs-above-domain").Scenario;
        Assert.Equal(["autodiscover.contoso.com"], CaseTruth.Of(entry.WithoutFault(), entry, entry.Fault!).Hosts);
    }

    [Fact]
    public void Every_fault_of_the_library_is_listed_under_its_layer()
    {
        foreach (var entry in ScenarioLibrary.All.Where(entry => entry.Scenario.Fault is not null))
        {
            Assert.True(FaultCatalogue.LayersOf(entry.Scenario.Fault!.Kind).Contains(entry.Scenario.Fault.Layer), $"{entry.Id}: {entry.Scenario.Fault.Kind} is not listed under {entry.Scenario.Fault.Layer}");
        }
    }

    private static LibraryScenario Find(string name) => Assert.Single(ScenarioLibrary.Find(name));

    private static int LevelOf(string name) => MysteryLevels.Of(Find(name).Scenario);
}

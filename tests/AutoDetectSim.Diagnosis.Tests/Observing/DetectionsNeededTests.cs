using AutoDetectSim.Diagnosis.Observing;
using AutoDetectSim.Scenarios.Library;

namespace AutoDetectSim.Diagnosis.Tests.Observing;

/// <summary>How many detections it takes to be sure of a world.</summary>
public sealed class DetectionsNeededTests
{
    [Fact]
    public void A_firewall_that_knows_only_the_larger_of_the_two_ranges_is_met()
    {
        var attempts = DetectionsNeeded.For(Assert.Single(ScenarioLibrary.Find("firewall-forgets-one-range")).Scenario);

        // One call in nine comes from the smaller range.
        Assert.InRange(1 - Math.Pow(8.0 / 9, attempts), 0.99, 1);
    }
}

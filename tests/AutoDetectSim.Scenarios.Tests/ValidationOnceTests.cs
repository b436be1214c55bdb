using AutoDetectSim.Scenarios.Library;

namespace AutoDetectSim.Scenarios.Tests;

/// <summary>A scenario is completed and validated once, and every copy with changes again.</summary>
public sealed class ValidationOnceTests
{
    [Fact]
    public void A_scenario_that_was_loaded_is_not_validated_again()
    {
        var loaded = ScenarioLibrary.Load("one-in-twenty").Scenario!;
        Assert.Same(loaded, ScenarioException.ThrowIfUnsound(loaded));
    }

    [Fact]
    public void A_scenario_made_in_code_is_completed_once()
    {
        var complete = ScenarioException.ThrowIfUnsound(new Scenario { Name = "made" });
        Assert.NotEmpty(complete.LoadBalancers);
        Assert.Same(complete, ScenarioException.ThrowIfUnsound(complete));
    }

    [Fact]
    public void A_copy_with_a_mistake_is_refused_though_the_original_is_known_to_be_sound()
    {
        var loaded = ScenarioLibrary.Load("one-in-twenty").Scenario!;
        var copy = loaded with { LoadBalancers = [.. loaded.LoadBalancers, loaded.LoadBalancers[0]] };
        Assert.NotEmpty(Assert.Throws<ScenarioException>(() => ScenarioException.ThrowIfUnsound(copy)).Problems);
    }
}

using AutoDetectSim.Scenarios;
using AutoDetectSim.Scenarios.Changes;
using AutoDetectSim.Training.Cases;
using AutoDetectSim.Training.Lessons;
using AutoDetectSim.Training.Library;
using AutoDetectSim.Training.Observing;
using AutoDetectSim.Training.Sessions;

namespace AutoDetectSim.Training.Tests;

public sealed class RepairTests
{
    private static readonly TrainingCase Case = LessonCase.Draw(LessonLibrary.Load("one-in-twenty").Lesson!, 5);
    private static readonly string Broken = Case.Faults[0].Nodes[0];
    private static readonly RepairJudge Judge = new(Case, new HealthyBaseline(Seen(right: 10, Case.Healthy)));

    /// <summary>A change, how many of ten detections are right before and after it, and what it has done.</summary>
    public static TheoryData<string, int, int, int> Effects => new()
    {
        { $"perimeter/{Broken}: install issuing", 0, 1, (int)RepairEffect.Helped },
        { $"perimeter/{Broken}: present complete", 0, 0, (int)RepairEffect.Helped },
        { "mail: renew", 1, 1, (int)RepairEffect.NoEffect },
        { "contoso: build 15.1.2507.6", 1, 1, (int)RepairEffect.NoEffect },
        { "contoso: autoDiscoverV2 notFound", 1, 0, (int)RepairEffect.Harmful },
        { $"perimeter/{Broken}: up false", 1, 1, (int)RepairEffect.Harmful },
    };

    /// <summary>Repairs that are, and are not, in the customer's hands.</summary>
    public static TheoryData<string, bool> Hands => new()
    {
        { "perimeter/*: present complete", true },
        { "perimeter: allow autodetect", true },
        { "contoso: enable oauth", true },
        { "contoso/your@contoso.com: cloudView default", true },
        { "mail: renew", true },
        { "issuing: renew", true },
        { "dns/autodiscover.contoso.com: { A: 203.0.113.10 }", true },
        { "autoDetect/cache: clear", true },
        { "autoDetect: clear", true },
        { "root: trusted false", false },
        { "authorities/issuing: { subject: \"CN=Other\" }", false },
        { "autoDetect: timeout 30s", false },
    };

    [Theory]
    [MemberData(nameof(Effects))]
    public void A_repair_that_helps_is_told_from_one_without_effect_and_from_one_that_does_harm(string change, int before, int after, int effect)
    {
        var repaired = ScenarioChange.Parse(change).ApplyTo(Case.Broken);
        Assert.Equal((RepairEffect)effect, Judge.Judge((Case.Broken, Seen(before, Case.Broken)), (repaired, Seen(after, repaired))));
    }

    [Fact]
    public void Breaking_again_what_was_repaired_does_harm()
    {
        var repaired = ScenarioChange.Parse($"perimeter/{Broken}: install issuing").ApplyTo(Case.Broken);
        Assert.Equal(RepairEffect.Harmful, Judge.Judge((repaired, Seen(1, repaired)), (Case.Broken, Seen(1, Case.Broken))));
    }

    [Fact]
    public void A_wrong_record_in_the_place_of_none_is_no_repair()
    {
        var broken = ScenarioChange.Parse("dns/autodiscover.contoso.com: NXDOMAIN").ApplyTo(Case.Healthy);
        var judge = new RepairJudge(Case with { Broken = broken }, new HealthyBaseline(Seen(right: 10, Case.Healthy)));
        var repaired = ScenarioChange.Parse("dns/autodiscover.contoso.com: A 203.0.113.99").ApplyTo(broken);
        Assert.Equal(RepairEffect.NoEffect, judge.Judge((broken, Seen(0, broken)), (repaired, Seen(0, repaired))));
        var removed = ScenarioChange.Parse("dns/autodiscover.contoso.com: remove").ApplyTo(broken);
        Assert.Equal(RepairEffect.Helped, judge.Judge((broken, Seen(0, broken)), (removed, Seen(0, removed))));
    }

    [Theory]
    [MemberData(nameof(Hands))]
    public void Repairs_are_kept_to_what_the_customer_can_do(string change, bool isAllowed) =>
        Assert.Equal(isAllowed, AllowedRepairs.Refusal(ScenarioChange.Parse(change), Case.Broken) is null);

    private static LabObservation Seen(int right, Scenario world) => new()
    {
        Addresses =
        [
            new AddressObservation
            {
                Address = Case.Address,
                Attempts = 10,
                Outcomes = new Dictionary<string, int> { ["modernAuthSignIn"] = right, ["selectProvider"] = 10 - right }.Where(outcome => outcome.Value > 0).ToDictionary(),
                OutcomesByNode = new Dictionary<string, IReadOnlyDictionary<string, int>>(),
                Reach = right,
            },
        ],
        Chains = new Dictionary<string, string>(),
        NodesInService = world.LoadBalancers.SelectMany(balancer => balancer.Nodes).Where(node => node.Up).Select(node => node.Name).ToHashSet(),
    };
}

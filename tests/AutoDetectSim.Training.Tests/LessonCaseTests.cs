using AutoDetectSim.Certificates.Issuance;
using AutoDetectSim.Scenarios;
using AutoDetectSim.Training.Cases;
using AutoDetectSim.Training.Lessons;
using AutoDetectSim.Training.Library;

namespace AutoDetectSim.Training.Tests;

/// <summary>What a trainee's seed makes of a lesson.</summary>
public sealed class LessonCaseTests
{
    [Fact]
    public void What_only_catches_the_eye_is_no_part_of_the_fault()
    {
        using var text = new LessonText();
        text.Replace("lesson.yaml", "faults:", "  odd: { nodes: perimeter, count: 1, except: broken }\nvary: [\"perimeter/{odd}: present wrongOrder\"]\nfaults:");
        var drawn = LessonCase.Draw(Load(text), seed: 7);

        var odd = Assert.Single(drawn.Healthy.LoadBalancers[0].Nodes, node => node.Present?.Shape == ChainShape.WrongOrder);
        var broken = drawn.Broken.LoadBalancers[0].Nodes.Where(node => node.Present?.Shape == ChainShape.MissingIntermediate).Select(node => node.Name);
        Assert.Equal(drawn.Faults[0].Nodes, broken);
        Assert.DoesNotContain(odd.Name, drawn.Faults[0].Nodes);
        Assert.All(ScenarioDifference.Of(drawn.Healthy, drawn.Broken).Keys, setting => Assert.DoesNotContain(odd.Name, setting, StringComparison.Ordinal));
    }

    [Fact]
    public void Texts_name_drawn_nodes_as_reports_do_and_changes_in_texts_stay_changes()
    {
        using var text = new LessonText();
        text.Replace("world.yaml", "ex{01..03}", "ex{01..08}").Replace("lesson.yaml", "count: 2", "count: 8")
            .Write("explanation.md", "It was {broken}. The repair: `perimeter/{broken}: present complete`.\n");
        Assert.Equal("It was ex01 to ex08. The repair: `perimeter/ex{01..08}: present complete`.", LessonCase.Draw(Load(text), seed: 7).Explanation.Trim());
    }

    [Fact]
    public void Steps_and_wrong_repairs_are_for_the_faults_that_were_drawn()
    {
        using var text = new LessonText();
        text.Replace("lesson.yaml", "  - break:", "  - id: chain\n    break:")
            .Replace("lesson.yaml", "expect:", "  - { id: password, break: [\"perimeter/{broken}: auth basic\"], kind: oauthMissing, layer: exchange, nodes: \"{broken}\" }\npick: 1\nexpect:")
            .Write("solution.yaml", """
                # yaml-language-server: $schema=../solution.schema.json
                steps:
                  - { when: chain, fix: "perimeter/{broken}: present complete" }
                  - { when: password, fix: "perimeter/{broken}: enable oauth" }
                  - fix: "mail: renew"
                wrong:
                  - { when: [chain], fix: ["contoso: enable oauth"], effect: noEffect }
                  - { when: [chain, password], fix: ["perimeter/{broken}: up false"], effect: harmful }

                """);
        var lesson = Load(text);
        var cases = Enumerable.Range(1, 40).Select(seed => LessonCase.Draw(lesson, seed)).ToLookup(drawn => Assert.Single(drawn.Faults).Id);

        Assert.Equal(["chain", "password"], cases.Select(group => group.Key).Order(StringComparer.Ordinal));
        Assert.All(cases["chain"], drawn =>
        {
            Assert.Equal(["perimeter/{broken}: present complete", "mail: renew"], lesson.Solution.Steps.Where(step => LessonCase.IsFor(step.When, drawn)).Select(step => step.Fix));
            Assert.Equal(["contoso: enable oauth", "perimeter/{broken}: up false"], lesson.Solution.Wrong.Where(repair => LessonCase.IsFor(repair.When, drawn)).SelectMany(wrong => wrong.Fix));
        });
        Assert.All(cases["password"], drawn =>
        {
            Assert.Equal(["perimeter/{broken}: enable oauth", "mail: renew"], lesson.Solution.Steps.Where(step => LessonCase.IsFor(step.When, drawn)).Select(step => step.Fix));
            Assert.Equal(RepairEffect.Harmful, Assert.Single(lesson.Solution.Wrong, repair => LessonCase.IsFor(repair.When, drawn)).Effect);
        });
    }

    [Theory]
    [InlineData("[autodetect]", "[52.127.96.0/23, 52.125.128.0/20]", true)]
    [InlineData("[autodetect, 52.125.128.0/20]", "[autodetect]", true)]
    [InlineData("[autodetect]", "[52.125.128.0/20]", false)]
    [InlineData("[autodetect]", "[]", false)]
    public void What_a_firewall_lets_in_counts_by_its_addresses(string before, string after, bool isSame)
    {
        static Scenario World(string ranges) => ScenarioLoader.Parse($"loadBalancers: {{ perimeter: {{ allowFrom: {ranges}, nodes: [ex01] }} }}", "test.yaml", baseDirectory: null).Scenario!;
        Assert.Equal(isSame, ScenarioDifference.Of(World(before), World(after)).Count == 0);
    }

    private static Lesson Load(LessonText text)
    {
        var (lesson, problems) = LessonLibrary.Load(text.Folder);
        Assert.True(lesson is not null, string.Join('\n', problems));
        return lesson;
    }
}

using System.Text.Json;
using System.Xml.Linq;
using AutoDetectSim.Regression.Adapters;
using AutoDetectSim.Regression.Judging;
using AutoDetectSim.Regression.Reports;
using AutoDetectSim.Regression.Worlds;

namespace AutoDetectSim.Regression.Tests;

public sealed class ReportTests
{
    private static readonly RegressionDocument Document = Make();

    [Fact]
    public void The_line_counts_what_was_judged_right_and_what_was_not()
    {
        Assert.Equal("probe: 3 of 7 worlds judged correctly, 1 missed fault, 1 false alarm, 1 wrong cause, 1 without a verdict, 1 known limit", Document.Summary.Line);
        Assert.Equal(["one-of-two"], Document.Summary.OvercomeLimits);
    }

    [Fact]
    public void The_matrix_has_a_row_for_each_scenario_and_says_what_is_known()
    {
        Assert.Equal(
            """
            | Scenario | Expected | Verdict | Verdict after repair |
            |---|---|---|---|
            | healthy | healthy | **broken (false alarm)** |  |
            | none-complete | broken: missingIntermediate | **healthy (missed)** | healthy |
            | one-of-two | intermittent: missingIntermediate | intermittent | healthy |
            | chains/expired-leaf | broken: expiredLeaf | **broken: selfSigned (wrong cause)** | **no verdict** |

            probe: 3 of 7 worlds judged correctly, 1 missed fault, 1 false alarm, 1 wrong cause, 1 without a verdict, 1 known limit.

            - **none-complete**: It looks at the leaf alone.

            """.ReplaceLineEndings("\n"),
            RegressionMarkdown.Render(Document));
    }

    [Fact]
    public void The_json_has_the_words_of_scenarios_and_leaves_out_what_is_not_said()
    {
        using var json = JsonDocument.Parse(JsonSerializer.Serialize(Document, RegressionJson.Default.RegressionDocument));
        var world = json.RootElement.GetProperty("worlds")[1];

        Assert.Equal("""{"state":"broken","layer":"certificate","kind":"missingIntermediate"}""", world.GetProperty("expected").GetRawText());
        Assert.Equal("""{"state":"healthy","causes":[]}""", world.GetProperty("said").GetRawText());
        Assert.Equal(("missedFault", "asWritten"), (world.GetProperty("judgement").GetString(), world.GetProperty("world").GetString()));
        Assert.Equal("probe", world.GetProperty("sample").GetProperty("command")[0].GetString());
        Assert.Equal("""{"healthy":2}""", world.GetProperty("parts")[0].GetProperty("runs").GetRawText());
        Assert.False(json.RootElement.GetProperty("worlds")[2].TryGetProperty("sample", out _));
    }

    [Fact]
    public void The_badge_is_what_shields_reads_and_a_picture()
    {
        using var json = JsonDocument.Parse(RegressionBadge.Json(Document.Summary));
        Assert.Equal((1, "worlds judged correctly", "3/7", "red"), (
            json.RootElement.GetProperty("schemaVersion").GetInt32(),
            json.RootElement.GetProperty("label").GetString(),
            json.RootElement.GetProperty("message").GetString(),
            json.RootElement.GetProperty("color").GetString()));

        var svg = XDocument.Parse(RegressionBadge.Svg(Document.Summary with { Right = 7 }));
        Assert.Equal("worlds judged correctly: 7/7", svg.Root!.Attribute("aria-label")!.Value);
        Assert.Contains("#4c1", svg.ToString(), StringComparison.Ordinal);
    }

    private static RegressionDocument Make()
    {
        var adapter = AdapterFile.Parse("name: probe\nrules: [{ exitCode: 0, verdict: healthy }]\nknownLimits: { none-complete: It looks at the leaf alone., one-of-two: It connects once. }\n", "a.yaml").Document!;
        var problems = new List<string>();
        var worlds = RegressionScenario.Load(["healthy", "none-complete", "one-of-two", "chains/expired-leaf"], problems);
        Assert.Empty(problems);
        var plan = new RegressionPlan { Adapter = adapter, Command = ["probe", "{host}"], Worlds = worlds, Concurrency = 1 };
        VerdictState[] said = [VerdictState.Broken, VerdictState.Healthy, VerdictState.Healthy, VerdictState.Intermittent, VerdictState.Healthy, VerdictState.Broken, VerdictState.Unknown];
        return RegressionDocument.From(plan, [.. worlds.Zip(said, (world, state) => Result(world, state, world.Name is "chains/expired-leaf" && !world.IsRepaired ? ["selfSigned"] : [], adapter))]);
    }

    private static TrialResult Result(RegressionScenario world, VerdictState state, string[] causes, AdapterDefinition adapter)
    {
        var verdict = new ReportedVerdict { State = state, Causes = causes };
        var run = new RunVerdict(state, causes, "rule 1: exit code 0");
        return new TrialResult
        {
            World = world,
            Said = verdict,
            Judgement = verdict.Judge(world.Truth),
            KnownLimit = adapter.KnownLimits.GetValueOrDefault(world.Name),
            Parts = [new PartResult(AskedPart.Autodiscover, "autodiscover.contoso.com", [run, run])],
            Sample = new ToolSample(["probe", "autodiscover.contoso.com"], 0, "out", "err", null),
            Connections = 2,
        };
    }
}

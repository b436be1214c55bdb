using AutoDetectSim.Regression.Adapters;
using AutoDetectSim.Regression.Judging;
using AutoDetectSim.Regression.Tools;

namespace AutoDetectSim.Regression.Tests;

public sealed class AnswerReaderTests
{
    private static readonly Placeholders Values = new(new Dictionary<string, string?> { [Placeholders.Host] = "mail.contoso.com" });

    [Theory]
    [InlineData("{ exitCode: 0, verdict: healthy }", VerdictState.Healthy)]
    [InlineData("{ exitCode: [1, 2], verdict: healthy }", VerdictState.Unknown)]
    [InlineData("{ stdout: ^second$, verdict: broken }", VerdictState.Broken)]
    [InlineData("{ stdout: ^second, exitCode: 7, verdict: broken }", VerdictState.Unknown)]
    [InlineData("{ stderr: \"warning: [a-z]+\", verdict: broken }", VerdictState.Broken)]
    [InlineData("{ stdout: warning, verdict: broken }", VerdictState.Unknown)]
    [InlineData("{ report: '\"grade\"', verdict: broken }", VerdictState.Broken)]
    [InlineData("{ json: $.grade, verdict: broken }", VerdictState.Broken)]
    [InlineData("{ json: $.nothing, verdict: broken }", VerdictState.Unknown)]
    [InlineData("{ json: $.missing, verdict: broken }", VerdictState.Unknown)]
    [InlineData("{ json: $.grade, matches: ^B, verdict: broken }", VerdictState.Broken)]
    [InlineData("{ json: $.grade, matches: ^A, verdict: broken }", VerdictState.Unknown)]
    [InlineData("{ json: \"$.findings[?(@.id == 'chain')].ok\", matches: ^false$, verdict: broken }", VerdictState.Broken)]
    [InlineData("{ json: '$.findings[*].count', matches: ^2$, verdict: broken }", VerdictState.Broken)]
    [InlineData("{ stdout: 'first of {host}', verdict: broken }", VerdictState.Broken)]
    [InlineData("{ stdout: 'first (?!of)', verdict: broken }", VerdictState.Unknown)]
    internal void A_rule_fits_where_all_its_conditions_hold(string rule, VerdictState expected)
    {
        var adapter = AdapterFile.Parse($"jsonFrom: report\nrules: [{rule}]", "a.yaml").Document!;

        Assert.Equal(expected, AnswerReader.Read(adapter, Run(), Values).State);
    }

    [Fact]
    public void The_first_rule_that_fits_decides_and_a_placeholder_is_no_part_of_the_expression()
    {
        var adapter = AdapterFile.Parse(
            "rules:\n- { stdout: mailxcontoso, verdict: healthy }\n- { exitCode: 0, verdict: broken, cause: [tls, expiredLeaf] }\n- { stdout: first, verdict: healthy }\n", "a.yaml").Document!;

        var verdict = AnswerReader.Read(adapter, Run() with { Output = "mailxcontoso" }, Values);
        Assert.Equal(VerdictState.Healthy, verdict.State);

        var escaped = AdapterFile.Parse("rules: [{ stdout: '{host}', verdict: healthy }]\notherwise: broken\n", "a.yaml").Document!;
        Assert.Equal(VerdictState.Broken, AnswerReader.Read(escaped, Run() with { Output = "mailxcontosoxcom" }, Values).State);

        verdict = AnswerReader.Read(adapter, Run(), Values);
        Assert.Equal(VerdictState.Broken, verdict.State);
        Assert.Equal(["tls", "expiredLeaf"], verdict.Causes);
        Assert.Equal("rule 2 { exitCode: 0, verdict: broken, cause: [tls, expiredLeaf] }: exit code 0", verdict.Reason);
    }

    [Fact]
    public void A_tool_that_was_killed_says_something_only_by_a_rule_about_that()
    {
        var silent = AdapterFile.Parse("rules: [{ stdout: first, verdict: healthy }]\notherwise: broken\n", "a.yaml").Document!;
        var spoken = AdapterFile.Parse("rules: [{ timedOut: true, verdict: broken }]\n", "a.yaml").Document!;
        var killed = Run() with { End = ToolEnd.TimedOut, ExitCode = null, Elapsed = TimeSpan.FromSeconds(3) };

        Assert.Equal((VerdictState.Unknown, "no verdict: killed after 3 s"), (AnswerReader.Read(silent, killed, Values).State, AnswerReader.Read(silent, killed, Values).Reason));
        Assert.Equal(VerdictState.Broken, AnswerReader.Read(spoken, killed, Values).State);
        Assert.Equal(VerdictState.Unknown, AnswerReader.Read(spoken, killed with { End = ToolEnd.TooMuchOutput }, Values).State);
        Assert.Equal(VerdictState.Unknown, AnswerReader.Read(spoken, Run(), Values).State);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no JSON")]
    [InlineData("[[[[")]
    public void What_is_no_json_fits_no_json_rule(string output)
    {
        var adapter = AdapterFile.Parse("rules: [{ json: $, verdict: healthy }]\notherwise: broken\n", "a.yaml").Document!;

        Assert.Equal(VerdictState.Broken, AnswerReader.Read(adapter, Run() with { Output = output }, Values).State);
    }

    private static ToolRun Run() => new()
    {
        End = ToolEnd.Exited,
        ExitCode = 0,
        Output = "first of mail.contoso.com\nsecond\nthird\n",
        Error = "warning: careful\n",
        Report = """{ "grade": "B+", "nothing": null, "findings": [{ "id": "name", "ok": true, "count": 1 }, { "id": "chain", "ok": false, "count": 2 }] }""",
        Elapsed = TimeSpan.FromSeconds(1),
    };
}

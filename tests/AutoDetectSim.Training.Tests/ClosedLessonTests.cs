using AutoDetectSim.Training.Lessons;
using AutoDetectSim.Training.Progress;
using AutoDetectSim.Training.Reporting;
using AutoDetectSim.Training.Sessions;

namespace AutoDetectSim.Training.Tests;

/// <summary>What happens to the score at the end of a lesson.</summary>
public sealed class ClosedLessonTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Once_a_lesson_is_solved_nothing_lowers_its_score()
    {
        using var text = new LessonText();
        await using var one = await OneSession.StartAsync(text.Folder);
        var session = one.Session;
        var nodes = string.Join(',', session.Case.Faults[0].Nodes);
        await session.DiagnoseAsync(new TraineeDiagnosis { Host = "autodiscover.contoso.com", Nodes = nodes, Fault = "missingIntermediate", Certificate = "issuing" }, Token);
        await session.RepairAsync("perimeter/*: present complete", Token);
        var solved = (await session.VerifyAsync(Token)).Score!;
        Assert.Equal(90, solved.Total);

        await session.HintAsync(Token);
        await session.RepairAsync("perimeter/ex01: up false", Token);
        await session.DiagnoseAsync(new TraineeDiagnosis { Layer = AutoDetectSim.Scenarios.FaultLayer.Dns }, Token);
        Assert.Equal(90, session.Status().Score!.Total);

        // The layer was still to be said.
        Assert.True((await session.DiagnoseAsync(new TraineeDiagnosis { Layer = AutoDetectSim.Scenarios.FaultLayer.Certificate }, Token)).IsRight);
        Assert.Equal(96, session.Status().Score!.Total);
    }

    [Fact]
    public async Task Once_a_lesson_is_solved_the_numbers_of_probes_hints_answers_and_repairs_stay()
    {
        using var text = new LessonText();
        await using var one = await OneSession.StartAsync(text.Folder);
        var session = one.Session;
        await session.TryPhoneAsync(Token);
        await session.RepairAsync("perimeter/*: present complete", Token);
        var solved = (await session.VerifyAsync(Token)).Score!;
        Assert.Equal(1, solved.Probes);

        await session.TryPhoneAsync(Token);
        Assert.Equal((1, "Why?"), ((await session.HintAsync(Token)).Number, session.Case.Hints[0]));
        Assert.Equal(2, (await session.HintAsync(Token)).Number);
        await session.RepairAsync("perimeter/ex01: up false", Token);
        await session.VerifyAsync(Token);
        var status = session.Status();
        Assert.Equal((1, 0, solved), (status.Probes, status.HintsUsed, status.Score));
        Assert.Equal([false, true], status.Repairs.Select(repair => repair.IsPractice));

        // A teacher's report reads the same from the files.
        var (files, problems) = ClassFolder.Read(one.Folder);
        var report = Assert.Single(ClassReporter.Make(files, problems).Entries);
        Assert.Equal((1, 0, 1, 0, 1), (report.Probes, report.Hints, report.Repairs, report.HarmfulRepairs, report.Verifications));
    }

    [Fact]
    public async Task Explaining_before_diagnosing_asks_first()
    {
        using var text = new LessonText();
        await using var one = await OneSession.StartAsync(text.Folder);
        await one.Session.RepairAsync("perimeter/*: present complete", Token);
        var verified = await one.Session.VerifyAsync(Token);
        Assert.Contains("learn diagnose", verified.Next, StringComparison.Ordinal);

        var asked = await Assert.ThrowsAsync<SessionException>(() => one.Session.ExplainAsync(givesUp: false, withoutDiagnosis: false, Token));
        Assert.Contains("A diagnosis is worth up to half of the points", asked.Message, StringComparison.Ordinal);
        Assert.Contains("learn explain --without-diagnosis", asked.Message, StringComparison.Ordinal);
        Assert.Null(one.Session.Status().Score?.Total > 50 ? "frozen" : null);

        var told = await one.Session.ExplainAsync(givesUp: false, withoutDiagnosis: true, Token);
        Assert.Equal((LessonState.Solved, 0), (told.State, told.Score.Diagnosis));
        await Assert.ThrowsAsync<SessionException>(() => one.Session.DiagnoseAsync(new TraineeDiagnosis { Fault = "missingIntermediate" }, Token));
    }

    [Fact]
    public async Task The_exam_recommends_the_lessons_before_it()
    {
        await using var one = await OneSession.StartAsync("exam-two-faults");
        Assert.Contains("one-node-without-oauth", one.Session.Status().Recommended);
    }

    [Fact]
    public async Task A_trainer_forbids_tools_for_a_lesson()
    {
        using var text = new LessonText();
        text.Replace("lesson.yaml", "address:", "tools: [curl, openssl, detect]\naddress:");
        await using var one = await OneSession.StartAsync(text.Folder);
        Assert.Equal([LessonTool.Curl, LessonTool.Openssl, LessonTool.Detect], one.Session.Status().Tools);
        var phone = await Assert.ThrowsAsync<SessionException>(() => one.Session.TryPhoneAsync(Token));
        Assert.Equal("This lesson is done without learn phone. Its tools are: curl, openssl, detect.", phone.Message);
        await Assert.ThrowsAsync<SessionException>(() => one.Session.ReadLogAsync("ex01", Token));
    }

    [Theory]
    [InlineData("perimeter/{broken}: up false", "perimeter/(the faulty servers): up false")]
    [InlineData("perimeter/*: up false", "perimeter/(all servers): up false")]
    [InlineData("perimeter/{sound}: present complete", "perimeter/(servers without a fault): present complete")]
    [InlineData("perimeter/{one}: up false", "perimeter/(some of the faulty servers): up false")]
    [InlineData("mail: renew", "mail: renew")]
    public async Task A_repair_is_recorded_by_what_it_means_and_not_by_drawn_names(string change, string meaning)
    {
        using var text = new LessonText();
        text.Replace("lesson.yaml", "broken: { nodes: perimeter, count: 2 }", "broken: { nodes: perimeter, count: 2 }\n  sound: { nodes: perimeter, count: 1, except: broken }");
        text.Write("world.yaml", "authorities: { root: { trusted: true }, issuing: { issuer: root } }\ncertificates: { mail: { issuer: issuing, hosts: [autodiscover.contoso.com, mail.contoso.com] } }\norganizations: { contoso: contoso.com }\nloadBalancers:\n  perimeter: { nodes: [\"ex{01..03}\"] }\n");
        await using var one = await OneSession.StartAsync(text.Folder);
        var draws = one.Session.Case.Draws;
        await one.Session.RepairAsync(draws.Fill(change).Replace("{one}", one.Session.Case.Faults[0].Nodes[0], StringComparison.Ordinal), Token);
        Assert.Equal(meaning, Assert.Single(one.Session.Status().Repairs).Meaning);
    }
}

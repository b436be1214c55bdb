using System.Text.Json;
using AutoDetectSim.FunctionalTests.Support;
using AutoDetectSim.Training.Lessons;
using AutoDetectSim.Training.Progress;

namespace AutoDetectSim.FunctionalTests.Learn;

public sealed class ReportCommandTests : IDisposable
{
    private readonly TemporaryFolder _class = new();

    public void Dispose() => _class.Dispose();

    [Fact]
    public async Task The_table_says_who_solved_what_and_where_people_are()
    {
        await SaveClassAsync();
        var result = await Tool.RunAsync("dotnet", [Tool.CommandAssembly, "learn", "report", _class.Path], environment: new Dictionary<string, string> { ["COLUMNS"] = "300" });
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        foreach (var text in (string[])["Anna", "solved", "=Bert, \"B\"", "no correct diagnosis yet", "expiredLeaf (1)", "mail: renew (1)"])
        {
            Assert.Contains(text, result.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Json_has_every_entry_and_every_lesson()
    {
        await SaveClassAsync();
        var result = await ReportAsync("--json");
        using var document = JsonDocument.Parse(result.Output);
        var entries = document.RootElement.GetProperty("entries").EnumerateArray().ToList();
        Assert.Equal(["solved", "open"], entries.OrderByDescending(entry => entry.GetProperty("trainee").GetString() == "Anna").Select(entry => entry.GetProperty("state").GetString()));
        Assert.Equal("naming", entries.Single(entry => entry.GetProperty("state").GetString() == "open").GetProperty("stuckAt").GetString());
        Assert.Equal(1, document.RootElement.GetProperty("lessons")[0].GetProperty("solved").GetInt32());
    }

    [Fact]
    public async Task Csv_is_read_by_a_spreadsheet_and_holds_no_formulas()
    {
        await SaveClassAsync();
        var result = await ReportAsync("--csv");
        var lines = result.Output.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);
        Assert.StartsWith("trainee,lesson,title,level,state,attempt,hints,probes,", lines[0], StringComparison.Ordinal);
        Assert.Contains(lines, line => line.StartsWith("Anna,one,One,1,solved,1,0,7,20,", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("\"'=Bert, \"\"B\"\"\",one,", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_told_after_the_report_of_all_others()
    {
        await SaveClassAsync();
        _class.Write("broken.json", "{");
        var result = await ReportAsync("--json");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("broken.json", result.Error, StringComparison.Ordinal);
        using var document = JsonDocument.Parse(result.Output);
        Assert.Equal((2, 1), (document.RootElement.GetProperty("entries").GetArrayLength(), document.RootElement.GetProperty("problems").GetArrayLength()));
    }

    [Fact]
    public async Task Folders_without_progress_and_two_formats_at_once_are_told()
    {
        Assert.Equal(2, (await ReportAsync()).ExitCode);
        Assert.Equal(2, (await ReportAsync("--json", "--csv")).ExitCode);
        Assert.Equal(2, (await InProcessCommand.RunAsync("learn", "report", Path.Combine(_class.Path, "nowhere"))).ExitCode);
    }

    private Task<ToolResult> ReportAsync(params string[] options) => InProcessCommand.RunAsync(["learn", "report", _class.Path, .. options]);

    private async Task SaveClassAsync()
    {
        var at = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
        await SaveAsync("a", "Anna", new LessonProgress
        {
            Title = "One",
            Level = 1,
            State = LessonState.Solved,
            Probes = 7,
            Repairs = [new RecordedRepair { At = at, Change = "mail: renew", Effect = RepairEffect.NoEffect }],
            Score = new Score { Diagnosis = 50, Economy = 15, Hints = 15, Repairs = 16, Probes = 7, ProbesNeeded = 20 },
        });
        await SaveAsync("b", "=Bert, \"B\"", new LessonProgress
        {
            Title = "One",
            Level = 1,
            State = LessonState.Open,
            Diagnoses = [new RecordedDiagnosis { At = at, Said = new TraineeDiagnosis { Fault = "expiredLeaf" }, Quality = 0.2 }],
        });
    }

    private async Task SaveAsync(string folder, string trainee, LessonProgress lesson)
    {
        var store = new ProgressStore(Path.Combine(_class.Path, folder), TimeProvider.System);
        await store.OpenAsync(trainee, 1, TestContext.Current.CancellationToken);
        await store.UpdateAsync("one", _ => lesson, TestContext.Current.CancellationToken);
    }
}

using AutoDetectSim.Scenarios;
using AutoDetectSim.Training.Lessons;
using AutoDetectSim.Training.Progress;
using AutoDetectSim.Training.Reporting;

namespace AutoDetectSim.Training.Tests;

public sealed class ClassReportTests : IDisposable
{
    private readonly DirectoryInfo _class = Directory.CreateTempSubdirectory("autodetectsim-class-");

    public void Dispose() => _class.Delete(recursive: true);

    [Fact]
    public async Task Everybody_in_the_folder_is_in_the_report_and_files_that_cannot_be_read_are_told()
    {
        await SaveAsync("anna", "Anna", Solved(points: 90, hints: 1));
        await SaveAsync(Path.Combine("second", "bert"), "Bert", Open() with { Diagnoses = [Said("expiredLeaf", 0.2)] });
        await File.WriteAllTextAsync(Path.Combine(_class.FullName, "notes.json"), "[]", Token);
        await File.WriteAllTextAsync(Path.Combine(_class.FullName, "session.json"), "{}", Token);

        var (files, problems) = ClassFolder.Read(_class.FullName);
        var report = ClassReporter.Make(files, problems);

        Assert.Equal(["Anna", "Bert"], report.Entries.Select(entry => entry.Trainee));
        Assert.Contains("notes.json", Assert.Single(report.Problems), StringComparison.Ordinal);
        Assert.Equal(Path.Combine("second", "bert", "progress.json"), report.Entries[1].File);
    }

    [Fact]
    public async Task A_lesson_is_summed_up_with_where_people_are_and_what_they_took_it_for()
    {
        await SaveAsync("a", "Anna", Solved(points: 90, hints: 1));
        await SaveAsync("b", "Bert", Solved(points: 60, hints: 2) with { Repairs = [Made("mail: renew", RepairEffect.NoEffect), Made("mail: renew", RepairEffect.NoEffect), Made("perimeter/*: present complete", RepairEffect.Helped)] });
        await SaveAsync("c", "Cora", Open() with { Diagnoses = [Said("expiredLeaf", 0.2), Said("expiredLeaf", 0.3)] });
        await SaveAsync("d", "Dora", Open() with { Diagnoses = [Said("expiredLeaf", 0.2), Said("missingIntermediate", 1)], Repairs = [Made("perimeter/ex02: up false", RepairEffect.Harmful)] });
        await SaveAsync("e", "Emil", Open());
        await SaveAsync("f", "Fritz", Open() with { State = LessonState.GivenUp, Answers = [new RecordedAnswer { At = At, Question = "q", Value = "x", IsRight = false }] });
        await SaveAsync("g", "Gerd", Open() with { State = LessonState.NotStarted });

        var (files, problems) = ClassFolder.Read(_class.FullName);
        var lesson = Assert.Single(ClassReporter.Make(files, problems).Lessons);

        Assert.Equal((6, 2, 1), (lesson.Begun, lesson.Solved, lesson.GivenUp));
        Assert.Equal((0, 75), (lesson.MedianHints, lesson.MedianPoints));
        Assert.Equal(["answering=1", "looking=1", "naming=1", "repairing=1"], lesson.StuckAt.Select(point => $"{point.Key}={point.Value}").Order(StringComparer.Ordinal));
        Assert.Equal(["expiredLeaf=2"], lesson.WrongFaults.Select(word => $"{word.Key}={word.Value}"));
        Assert.Equal(["mail: renew=1", "perimeter/ex02: up false=1"], lesson.WrongRepairs.Select(change => $"{change.Key}={change.Value}"));
    }

    [Theory]
    [InlineData("""{ "trainee": "x", "seed": 1, "lessons": { "one": { "title": "t", "level": 1, "diagnoses": [null] } } }""")]
    [InlineData("""{ "trainee": "x", "seed": 1, "lessons": { "one": { "title": "t", "level": 1, "state": "open", "answers": [null] } } }""")]
    [InlineData("""{ "trainee": "x", "seed": 1, "lessons": { "a\\u0000b": { "title": "t", "level": 1, "state": "open" } } }""")]
    [InlineData("""{ "trainee": "x", "seed": 1, "lessons": { "../../etc/passwd": { "title": "t", "level": 1, "state": "open" } } }""")]
    [InlineData("""{ "trainee": "\\u001b]0;x\\u0007", "seed": 1, "lessons": {} }""")]
    [InlineData("""{ "trainee": null, "seed": 1 }""")]
    [InlineData("")]
    public async Task A_hostile_progress_file_is_listed_as_unreadable_and_the_others_are_reported(string json)
    {
        await SaveAsync("anna", "Anna", Solved(points: 90, hints: 1));
        await File.WriteAllTextAsync(Path.Combine(_class.FullName, "hostile.json"), json.Replace("\\\\u", "\\u", StringComparison.Ordinal), Token);

        var (files, problems) = ClassFolder.Read(_class.FullName);

        Assert.Contains("hostile.json", Assert.Single(problems), StringComparison.Ordinal);
        Assert.Equal(["Anna"], ClassReporter.Make(files, problems).Entries.Select(entry => entry.Trainee));
    }

    [Fact]
    [Trait("Needs", "tools")]
    public async Task A_pipe_a_device_and_a_file_of_gigabytes_neither_end_nor_hang_the_report()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such files.");
        await SaveAsync("anna", "Anna", Solved(points: 90, hints: 1));
        await Tool.RunAsync("mkfifo", [Path.Combine(_class.FullName, "pipe.json")]);
        File.CreateSymbolicLink(Path.Combine(_class.FullName, "zero.json"), "/dev/zero");
        using (var large = File.Create(Path.Combine(_class.FullName, "large.json")))
        {
            large.SetLength(4L * 1024 * 1024 * 1024);
        }

        var (files, problems) = await Task.Run(() => ClassFolder.Read(_class.FullName), Token).WaitAsync(TimeSpan.FromSeconds(20), Token);

        Assert.Single(files);
        Assert.Equal(3, problems.Count);
    }

    [Fact]
    public async Task The_same_wrong_idea_is_counted_once_for_each_trainee_whatever_was_drawn()
    {
        const string Meaning = "perimeter/(the faulty servers): up false";
        await SaveAsync("a", "Anna", Open() with { Repairs = [Made("perimeter/ex{02..05}: up false", RepairEffect.Harmful) with { Meaning = Meaning }] });
        await SaveAsync("b", "Bert", Open() with { Repairs = [Made("perimeter/ex11: up false", RepairEffect.Harmful) with { Meaning = Meaning }] });
        var (files, problems) = ClassFolder.Read(_class.FullName);
        Assert.Equal(Meaning, Assert.Single(Assert.Single(ClassReporter.Make(files, problems).Lessons).WrongRepairs, repair => repair.Value == 2).Key);
    }

    [Fact]
    public async Task A_diagnosis_that_leaves_something_out_is_not_a_wrong_one()
    {
        await SaveAsync("a", "Anna", Open() with { Diagnoses = [Said("missingIntermediate", 0.4) with { IsFaultWrong = false }] });
        var (files, problems) = ClassFolder.Read(_class.FullName);
        Assert.Empty(Assert.Single(ClassReporter.Make(files, problems).Lessons).WrongFaults);
    }

    [Fact]
    public async Task Probes_that_came_after_the_last_record_count()
    {
        await SaveAsync("a", "Anna", Open() with { Probes = 2 });
        using (var counter = ProbeCounter.Open(Path.Combine(_class.FullName, "a"), "one", 1))
        {
            Enumerable.Range(0, 5).ToList().ForEach(_ => counter.Add());
        }

        var (files, problems) = ClassFolder.Read(_class.FullName);
        Assert.Equal(5, Assert.Single(ClassReporter.Make(files, problems).Entries).Probes);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static DateTimeOffset At => new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private async Task SaveAsync(string folder, string trainee, LessonProgress lesson)
    {
        var store = new ProgressStore(Path.Combine(_class.FullName, folder), TimeProvider.System);
        await store.OpenAsync(trainee, 1, Token);
        await store.UpdateAsync("one", _ => lesson, Token);
    }

    private static LessonProgress Open() => new() { Title = "One", Level = 1, State = LessonState.Open, StartedAt = At };

    private static LessonProgress Solved(int points, int hints) => Open() with
    {
        State = LessonState.Solved,
        Hints = hints,
        Score = new Score { Diagnosis = points, Economy = 0, Hints = 0, Repairs = 0, Probes = 1, ProbesNeeded = 20 },
    };

    private static RecordedDiagnosis Said(string fault, double quality) => new() { At = At, Said = new TraineeDiagnosis { Fault = fault, Layer = FaultLayer.Certificate }, Quality = quality };

    private static RecordedRepair Made(string change, RepairEffect effect) => new() { At = At, Change = change, Effect = effect };
}

using AutoDetectSim.Training.Progress;

namespace AutoDetectSim.Training.Tests;

public sealed class ProgressStoreTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("autodetectsim-progress-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_name_and_a_seed_are_drawn_once_and_changed_only_when_somebody_says_so()
    {
        var first = await Store().OpenAsync(trainee: null, seed: null, Token);
        Assert.NotEmpty(first.Trainee);
        Assert.Equal(Of(first), Of(await Store().OpenAsync(trainee: null, seed: null, Token)));
        Assert.Equal(("Anna", first.Seed), Of(await Store().OpenAsync("Anna", seed: null, Token)));
        Assert.Equal(("Anna", 7), Of(await Store().OpenAsync(trainee: null, seed: 7, Token)));

        static (string, int) Of(TraineeProgress progress) => (progress.Trainee, progress.Seed);
    }

    [Fact]
    public async Task Several_processes_at_once_lose_nothing_of_one_another()
    {
        await Store().OpenAsync("Anna", 1, Token);
        await Parallel.ForEachAsync(Enumerable.Range(0, 60), new ParallelOptions { MaxDegreeOfParallelism = 6 }, async (number, token) =>
            await Store().UpdateAsync(number % 2 == 0 ? "one" : "two", before => (before ?? New()) with { Hints = (before?.Hints ?? 0) + 1 }, token));
        var lessons = Store().Read()!.Lessons;
        Assert.Equal((30, 30), (lessons["one"].Hints, lessons["two"].Hints));
    }

    [Fact]
    public async Task A_lesson_can_be_taken_away()
    {
        await Store().OpenAsync("Anna", 1, Token);
        await Store().UpdateAsync("one", _ => New(), Token);
        await Store().UpdateAsync("two", _ => New(), Token);
        await Store().UpdateAsync("one", _ => null, Token);
        Assert.Equal(["two"], Store().Read()!.Lessons.Keys);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("\0\0\0\0")]
    [InlineData("""{ "trainee": null, "seed": 1 }""")]
    [InlineData("""{ "trainee": "Anna", "seed": "one" }""")]
    [InlineData("""{ "trainee": "Anna", "seed": 1, "lessons": { "one": null } }""")]
    [InlineData("""{ "trainee": "Anna", "seed": 1, "lessons": { "one": { "title": "One", "level": 1, "repairs": null } } }""")]
    [InlineData("""{ "trainee": "Anna", "seed": 1, "lessons": { "one": { "title": "One", "level": 1, "state": "finished" } } }""")]
    [InlineData("""{ "format": 2, "trainee": "Anna", "seed": 1 }""")]
    public async Task A_file_that_cannot_be_read_is_told_with_its_name_and_left_as_it_is(string text)
    {
        var path = Path.Combine(_folder.FullName, ProgressStore.FileName);
        await File.WriteAllTextAsync(path, text, Token);
        foreach (var work in (Func<Task>[])[() => Store().OpenAsync("Anna", 1, Token), () => Store().UpdateAsync("one", _ => New(), Token)])
        {
            var exception = await Assert.ThrowsAsync<ProgressException>(work);
            Assert.StartsWith(path + ": ", exception.Message, StringComparison.Ordinal);
        }

        Assert.Equal(text, await File.ReadAllTextAsync(path, Token));
    }

    [Fact]
    public async Task A_file_of_an_earlier_version_that_knew_less_is_read()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, ProgressStore.FileName), """{ "trainee": "Anna", "seed": 3, "lessons": { "one": { "title": "One", "level": 1, "state": "open", "hints": 2, "later": true } } }""", Token);
        var now = await Store().UpdateAsync("one", before => before! with { Hints = before.Hints + 1 }, Token);
        Assert.Equal((3, 1, LessonState.Open), (now!.Hints, now.Attempt, now.State));
    }

    [Fact]
    public async Task What_a_killed_process_left_half_written_does_not_matter()
    {
        await Store().OpenAsync("Anna", 1, Token);
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, ProgressStore.FileName + ".tmp"), "{ \"trai", Token);
        await Store().UpdateAsync("one", _ => New(), Token);
        Assert.Single(Store().Read()!.Lessons);
    }

    [Fact]
    public async Task The_folder_is_for_the_user_alone_and_a_file_in_its_place_is_told()
    {
        var folder = Path.Combine(_folder.FullName, "data");
        await new ProgressStore(folder, TimeProvider.System).OpenAsync("Anna", 1, Token);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
        }

        var file = Path.Combine(_folder.FullName, "file");
        await File.WriteAllTextAsync(file, "x", Token);
        await Assert.ThrowsAsync<ProgressException>(() => new ProgressStore(file, TimeProvider.System).OpenAsync("Anna", 1, Token));
    }

    /// <summary>What the operating system says, and what the trainee reads.</summary>
    public static TheoryData<Exception, string> Problems => new()
    {
        { new UnauthorizedAccessException("Access to the path is denied."), "is read-only for you. Make it writable, or choose another folder with --data FOLDER" },
        { new IOException("Read-only file system", OperatingSystem.IsWindows() ? unchecked((int)0x80070013) : 30), "the file system is read-only. Make it writable, or choose another folder" },
        { new IOException("No space left on device", OperatingSystem.IsWindows() ? unchecked((int)0x80070070) : 28), "the disk is full. What was saved before is kept. Free some space and repeat the command, or choose another folder" },
        { new IOException("Not a directory"), "Not a directory. Repair the folder, or choose another folder" },
    };

    [Theory]
    [MemberData(nameof(Problems))]
    public void A_folder_that_cannot_be_written_is_named_with_the_way_out(Exception exception, string words)
    {
        var problem = ProgressProblems.Problem("data/progress.json", exception);
        Assert.StartsWith("data/progress.json: your progress cannot be saved", problem.Message, StringComparison.Ordinal);
        Assert.Contains(words, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_file_is_named_with_its_line_and_the_way_out()
    {
        var path = Path.Combine(_folder.FullName, ProgressStore.FileName);
        await File.WriteAllTextAsync(path, "{ \"trainee\": \"Anna\",\n  \"seed\": 1,\n  \"less", Token);
        var exception = Assert.Throws<ProgressException>(() => Store().Read());
        Assert.Equal($"{path}: the progress file is damaged: line 3 is not valid JSON, or not a value that belongs there. Put a copy of it in its place, or rename it to begin anew. You can also choose another folder with --data FOLDER or the variable AUTODETECTSIM_DATA.", exception.Message);
    }

    [Fact]
    public void A_lock_that_another_process_holds_is_told_from_a_folder_that_cannot_be_used()
    {
        using var held = FileLock.TryTake(Path.Combine(_folder.FullName, "lock"));
        Assert.NotNull(held);
        Assert.Null(FileLock.TryTake(Path.Combine(_folder.FullName, "lock")));
        Assert.Throws<ProgressException>(() => FileLock.TryTake(Path.Combine(_folder.FullName, "nowhere", "lock")));
    }

    [Fact]
    public void Probes_are_counted_on_disk_as_they_come_and_those_of_the_engine_are_not()
    {
        using var counter = ProbeCounter.Open(_folder.FullName, "one", 1);
        counter.Expect(3);
        counter.Begin();
        counter.Add();
        counter.Expect(2);
        counter.Add();
        counter.Add();
        counter.Add();
        var open = new LessonProgress { Title = "One", Level = 1, State = LessonState.Open };
        Assert.Equal((2, 2), (counter.Count, ProbeCounter.Read(_folder.FullName, "one", open)));
        Assert.Equal(0, ProbeCounter.Read(_folder.FullName, "one", open with { Attempt = 2 }));
        Assert.Equal(1, ProbeCounter.Read(_folder.FullName, "one", open with { State = LessonState.Solved, Probes = 1 }));
        counter.Dispose();
        counter.Add();
        using var again = ProbeCounter.Open(_folder.FullName, "one", 1);
        again.Add();
        Assert.Equal(3, again.Count);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ProgressStore Store() => new(_folder.FullName, TimeProvider.System);

    private static LessonProgress New() => new() { Title = "One", Level = 1, State = LessonState.Open };
}

using System.Net;
using System.Text.Json;
using AutoDetectSim.FunctionalTests.Support;

namespace AutoDetectSim.FunctionalTests.Learn;

public sealed class LearnCommandTests
{
    private const string Lesson = "one-in-twenty";

    [Fact]
    public async Task A_script_goes_through_a_lesson_by_exit_codes_alone()
    {
        await using var session = await LearnSession.StartAsync("start", Lesson, "--trainee-seed", "5", "--name", "Anna");
        Assert.Equal(1, await CodeAsync("explain"));
        Assert.Equal(1, await CodeAsync("verify"));
        Assert.Equal(0, await CodeAsync("hint"));
        Assert.Equal(2, await CodeAsync("diagnose"));
        Assert.Equal(2, await CodeAsync("diagnose", "--fault", "missingIntermediat"));
        Assert.Equal(2, await CodeAsync("diagnose", "--layer", "cake"));
        Assert.Equal(1, await CodeAsync("diagnose", "--fault", "expiredLeaf", "--layer", "certificate"));
        Assert.Equal(2, await CodeAsync("answer", "anything", "at-all"));
        Assert.Equal(2, await CodeAsync("fix", "perimeter/ex99: present complete"));
        Assert.Equal(2, await CodeAsync("fix", "root: trusted false"));
        Assert.Equal(1, await CodeAsync("fix", "mail: renew"));
        Assert.Equal(1, await CodeAsync("fix", "perimeter/ex02: up false"));
        Assert.Equal(0, await CodeAsync("undo"));
        Assert.Equal(0, await CodeAsync("fix", "perimeter/ex{01..10}: install issuing", "perimeter/ex{11..20}: install issuing"));
        Assert.Equal(0, await CodeAsync("verify"));
        Assert.Equal(0, await CodeAsync("explain"));
        Assert.Equal(1, await CodeAsync("hint"));

        var list = await session.JsonAsync("list");
        var row = list.GetProperty("lessons").EnumerateArray().Single(lesson => lesson.GetProperty("name").GetString() == Lesson);
        Assert.Equal(("Anna", "solved", 1), (list.GetProperty("trainee").GetString(), row.GetProperty("state").GetString(), row.GetProperty("hints").GetInt32()));

        // One hint, two repairs that did not help, a diagnosis in which the layer alone is right of five things, and two more than one.
        Assert.Equal((10 - 0) + 15 + 10 + (20 - 4 - 10) - 0, row.GetProperty("points").GetInt32());

        async Task<int> CodeAsync(params string[] arguments) => (await session.RunAsync(arguments)).ExitCode;
    }

    [Fact]
    public async Task Where_no_lesson_runs_every_command_says_so_with_exit_code_3()
    {
        using var data = new TemporaryFolder();
        foreach (var arguments in (string[][])[["status"], ["hint"], ["diagnose", "--fault", "expiredLeaf"], ["answer", "a", "b"], ["fix", "mail: renew"], ["undo"], ["verify"], ["explain"], ["stop"]])
        {
            var result = await InProcessCommand.RunAsync(["learn", .. arguments, "--data", data.Path]);
            Assert.True(result is { ExitCode: 3, Output: "" } && result.Error.Contains("No lesson is running", StringComparison.Ordinal), $"{arguments[0]}: {result}");
        }

        Assert.Equal(2, (await InProcessCommand.RunAsync("learn", "reset", Lesson, "--data", data.Path)).ExitCode);
        var unknown = await InProcessCommand.RunAsync("learn", "start", "one-in-twnty", "--data", data.Path);
        Assert.Equal(2, unknown.ExitCode);
        Assert.Contains("did you mean `one-in-twenty`?", unknown.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_lesson_does_not_start_beside_one_that_runs()
    {
        await using var session = await LearnSession.StartAsync("start", Lesson);
        var second = await session.RunAsync("start", Lesson);
        Assert.Equal(3, second.ExitCode);
        Assert.Contains($"The lesson {Lesson} is already running in another terminal", second.Error, StringComparison.Ordinal);
        var reset = await session.RunAsync("reset", Lesson);
        Assert.Equal(1, reset.ExitCode);
        Assert.Equal("open", (await session.JsonAsync("status")).GetProperty("state").GetString());
    }

    [Fact]
    [Trait("Needs", "tools")]
    public async Task Several_terminals_at_once_lose_nothing()
    {
        await using var session = await LearnSession.StartAsync("start", Lesson);
        await Task.WhenAll(
        [
            .. Enumerable.Range(1, 8).Select(number => session.RunAsync("diagnose", "--nodes", $"ex{number:00}")),
            .. Enumerable.Range(1, 2).Select(_ => session.RunAsync("hint")),
            .. Enumerable.Range(1, 2).Select(_ => session.RunAsync("verify")),
            .. Enumerable.Range(1, 4).Select(_ => CurlAsync(session)),
        ]);
        var status = await session.JsonAsync("status");
        Assert.Equal((8, 2, 4), (status.GetProperty("diagnoses").GetInt32(), status.GetProperty("hintsUsed").GetInt32(), status.GetProperty("probes").GetInt32()));
    }

    [Fact]
    public async Task A_lesson_that_is_started_again_goes_on_and_one_that_is_reset_draws_anew()
    {
        using var data = new TemporaryFolder();
        var first = await InSessionAsync(data, async run =>
        {
            await run(["hint"]);
            await run(["fix", "perimeter/*: install issuing"]);
        });
        Assert.Equal("open", first.GetProperty("state").GetString());
        var second = await InSessionAsync(data, async run => Assert.Equal(0, (await run(["verify"])).ExitCode));
        Assert.Equal(("solved", 1, 1), (second.GetProperty("state").GetString(), second.GetProperty("hintsUsed").GetInt32(), second.GetProperty("repairs").GetArrayLength()));

        Assert.Equal(0, (await InProcessCommand.RunAsync("learn", "reset", Lesson, "--data", data.Path)).ExitCode);
        var third = await InSessionAsync(data, async run => Assert.Equal(1, (await run(["verify"])).ExitCode));
        Assert.Equal(("open", 0, 0), (third.GetProperty("state").GetString(), third.GetProperty("hintsUsed").GetInt32(), third.GetProperty("probes").GetInt32()));
    }

    [Fact]
    public async Task The_ready_file_is_there_while_the_lesson_runs_and_its_token_opens_nothing_but_the_lesson()
    {
        using var files = new TemporaryFolder();
        var path = Path.Combine(files.Path, "ready.json");
        await using (await LearnSession.StartAsync("start", Lesson, "--ready-file", path))
        {
            using var ready = JsonDocument.Parse(await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
            var control = ready.RootElement.GetProperty("control");
            using var client = new HttpClient { BaseAddress = new Uri(control.GetProperty("url").GetString()!) };
            client.DefaultRequestHeaders.Authorization = new("Bearer", control.GetProperty("token").GetString());
            foreach (var secret in (string[])["/scenario", "/state", "/changes", "/journal"])
            {
                using var answer = await client.GetAsync(new Uri(secret, UriKind.Relative), TestContext.Current.CancellationToken);
                Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            }

            Assert.Equal(2, (await InProcessCommand.RunAsync("change", "--lab", path, "--show")).ExitCode);
        }

        Assert.False(File.Exists(path));
    }

    private static Task<ToolResult> CurlAsync(LearnSession session) =>
        Tool.RunAsync("curl", ["-sS", "-x", session.Gateway, "--cacert", session.Root, "-H", "x-email: " + session.Address, session.DetectUrl]);

    /// <summary>Starts the lesson, does something, and stops it; gives the status before the end.</summary>
    private static async Task<JsonElement> InSessionAsync(TemporaryFolder data, Func<Func<string[], Task<ToolResult>>, Task> work)
    {
        var (printed, exitCode) = InProcessCommand.Start("learn", "start", Lesson, "--data", data.Path, "--json");
        await Task.WhenAny(printed.FirstLine, exitCode);
        Task<ToolResult> RunAsync(string[] arguments) => InProcessCommand.RunAsync(["learn", .. arguments, "--data", data.Path, "--json"]);
        await work(RunAsync);
        var status = await RunAsync(["status"]);
        Assert.True(status.ExitCode == 0, status.ToString());
        await RunAsync(["stop"]);
        Assert.Equal(0, await exitCode);
        using var document = JsonDocument.Parse(status.Output);
        return document.RootElement.Clone();
    }
}

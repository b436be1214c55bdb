using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using AutoDetectSim.FunctionalTests.Support;
using AutoDetectSim.Training.Library;
using DocumentPages = AutoDetectSim.Cli.Learn.Pages;

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
        Assert.Equal(1, await CodeAsync("explain"));
        Assert.Equal(2, await CodeAsync("diagnose", "--host", "autodiscover.contoso.con"));
        Assert.Equal(0, await CodeAsync("log", "ex01"));
        Assert.Equal(2, await CodeAsync("log", "ex99"));
        Assert.Equal(0, await CodeAsync("explain", "--without-diagnosis"));
        Assert.Equal(1, await CodeAsync("hint"));

        var list = await session.JsonAsync("list");
        var row = list.GetProperty("lessons").EnumerateArray().Single(lesson => lesson.GetProperty("name").GetString() == Lesson);
        Assert.Equal(("Anna", "solved", 1), (list.GetProperty("trainee").GetString(), row.GetProperty("state").GetString(), row.GetProperty("hints").GetInt32()));

        // One hint, two repairs that did not help, and a diagnosis in which the layer alone is right of five things.
        Assert.Equal((10 - 0) + 15 + 10 + (20 - 4 - 10) - 0, row.GetProperty("points").GetInt32());

        async Task<int> CodeAsync(params string[] arguments) => (await session.RunAsync(arguments)).ExitCode;
    }

    [Fact]
    public async Task Where_no_lesson_runs_every_command_says_so_with_exit_code_3()
    {
        using var data = new TemporaryFolder();
        foreach (var arguments in (string[][])[["status"], ["hint"], ["diagnose", "--fault", "expiredLeaf"], ["answer", "a", "b"], ["fix", "mail: renew"], ["undo"], ["verify"], ["explain"], ["stop"], ["phone"], ["log", "ex01"]])
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

    [Fact]
    public async Task One_broken_lesson_hides_no_other()
    {
        using var folder = new TemporaryFolder();
        foreach (var name in (string[])["sound", "broken"])
        {
            Directory.CreateDirectory(Path.Combine(folder.Path, name));
            foreach (var file in Directory.EnumerateFiles(Path.Combine(Tool.RepositoryRoot, "scenarios", "lessons", "reading-the-headers")))
            {
                File.Copy(file, Path.Combine(folder.Path, name, Path.GetFileName(file)));
            }

            folder.Write(Path.Combine(name, "lesson.yaml"), (await File.ReadAllTextAsync(Path.Combine(folder.Path, name, "lesson.yaml"), TestContext.Current.CancellationToken)).Replace("prerequisites: [what-autodetect-asks]", "prerequisites: []", StringComparison.Ordinal));
        }

        File.Delete(Path.Combine(folder.Path, "broken", "symptom.md"));
        folder.Write(Path.Combine("broken", "explanation.md"), "It was {nobody}.\n");
        var list = await InProcessCommand.RunAsync("learn", "list", folder.Path, "--data", folder.Path, "--json");
        Assert.Equal(2, list.ExitCode);
        Assert.Contains("symptom.md", list.Error, StringComparison.Ordinal);
        Assert.Contains("explanation.md:1:8: `draws` does not define `nobody`", list.Error, StringComparison.Ordinal);
        using var document = JsonDocument.Parse(list.Output);
        Assert.Equal("sound", Assert.Single(document.RootElement.GetProperty("lessons").EnumerateArray()).GetProperty("name").GetString());

        var test = await InProcessCommand.RunAsync("learn", "test", folder.Path, "--seeds", "1");
        Assert.Equal(2, test.ExitCode);
        Assert.Contains("broken: 2 problems", test.Output + test.Error, StringComparison.Ordinal);
        Assert.Contains("sound: passed with 1 seed.", test.Output + test.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lesson_without_check_refuses_it_and_what_does_the_same()
    {
        using var folder = new TemporaryFolder();
        var lesson = Path.Combine(folder.Path, "by-hand");
        Directory.CreateDirectory(lesson);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Tool.RepositoryRoot, "scenarios", "lessons", Lesson)))
        {
            File.Copy(file, Path.Combine(lesson, Path.GetFileName(file)));
        }

        folder.Write(Path.Combine("by-hand", "lesson.yaml"), (await File.ReadAllTextAsync(Path.Combine(lesson, "lesson.yaml"), TestContext.Current.CancellationToken)).Replace("prerequisites: [missing-intermediate-everywhere]", "tools: [curl, openssl, detect]", StringComparison.Ordinal));
        await using var session = await LearnSession.StartAsync("start", lesson);
        foreach (var command in (string[][])[["check", "autodiscover.contoso.com"], ["capture", "autodiscover.contoso.com", "-o", Path.Combine(folder.Path, "x.yaml")]])
        {
            var refused = await InProcessCommand.RunAsync([.. command, "--proxy", session.Gateway, "--ca", session.Root]);
            Assert.Equal(2, refused.ExitCode);
            Assert.Contains("is done without this command. Its tools are: curl, openssl, detect.", refused.Error, StringComparison.Ordinal);
        }

        var detect = await InProcessCommand.RunAsync("detect", session.Address, "--url", session.DetectUrl, "--proxy", session.Gateway, "--ca", session.Root, "--json");
        Assert.NotEqual(2, detect.ExitCode);
        Assert.Equal(2, (await session.RunAsync("phone")).ExitCode);
    }

    [Theory]
    [InlineData("errors/UNABLE_TO_VERIFY_LEAF_SIGNATURE")]
    [InlineData("UNABLE_TO_VERIFY_LEAF_SIGNATURE")]
    [InlineData("docs/errors/unable_to_verify_leaf_signature.md")]
    public async Task A_page_that_an_explanation_links_to_is_read_in_the_terminal(string page)
    {
        var result = await InProcessCommand.RunAsync("learn", "read", page);
        Assert.Equal(0, result.ExitCode);
        Assert.StartsWith("UNABLE_TO_VERIFY_LEAF_SIGNATURE", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("](", result.Output + result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_link_of_every_explanation_works_in_a_terminal()
    {
        foreach (var lesson in LessonLibrary.All)
        {
            var text = DocumentPages.ForTerminal(lesson.Explanation, folder: null);
            Assert.DoesNotContain("](", text, StringComparison.Ordinal);
            Assert.Equal(Regex.Count(lesson.Explanation, @"\]\([^)]*\.md\)"), Regex.Count(text, @"\(autodetectsim learn read \S+\)"));
        }

        var unknown = await InProcessCommand.RunAsync("learn", "read", "UNABLE_TO_VERIFY_LEAF_SIGNATUR");
        Assert.Equal(2, unknown.ExitCode);
        Assert.Contains("did you mean", unknown.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_banner_of_a_lesson_with_questions_offers_answers_first_and_no_repair()
    {
        using var data = new TemporaryFolder();
        var (printed, exitCode) = InProcessCommand.Start("learn", "start", "what-autodetect-asks", "--data", data.Path);
        while (!(printed.OutputText + printed.ErrorText).Contains("To end the lesson", StringComparison.Ordinal))
        {
            Assert.False(exitCode.IsCompleted, printed.ErrorText);
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        var text = printed.OutputText + printed.ErrorText;
        Assert.Equal(0, (await InProcessCommand.RunAsync("learn", "stop", "--data", data.Path)).ExitCode);
        await exitCode;
        var commands = text[text.IndexOf("In a second terminal:", StringComparison.Ordinal)..].Split('\n');
        Assert.StartsWith("  autodetectsim learn answer QUESTION VALUE", commands[1], StringComparison.Ordinal);
        Assert.DoesNotContain("learn fix", text, StringComparison.Ordinal);
        Assert.DoesNotContain("learn diagnose", text, StringComparison.Ordinal);
        Assert.True(text.IndexOf("Question `next`:", StringComparison.Ordinal) < text.IndexOf("Topology:", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Needs", "tools")]
    public async Task A_full_and_a_read_only_data_folder_are_named_as_that()
    {
        foreach (var (options, words) in ((string, string)[])[("size=16k", "the disk is full"), ("ro", "the file system is read-only")])
        {
            using var data = new TemporaryFolder();
            var script = $"mount -t tmpfs -o {options} none '{data.Path}' && {{ [ '{options}' = ro ] || dd if=/dev/zero of='{data.Path}/fill' bs=1k 2>/dev/null; dotnet '{Tool.CommandAssembly}' learn start {Lesson} --data '{data.Path}'; }}";
            var result = await Tool.RunAsync("unshare", ["--user", "--map-root-user", "--mount", "sh", "-c", script]);
            Assert.Equal(2, result.ExitCode);
            Assert.Contains(words, result.Error, StringComparison.Ordinal);
            Assert.Contains("choose another folder with --data FOLDER or the variable AUTODETECTSIM_DATA", result.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
        }
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

using System.Text.Json;
using System.Text.Json.Nodes;

namespace AutoDetectSim.FunctionalTests.Mcp;

/// <summary>What an assistant cannot do, whatever it is made to ask for.</summary>
public sealed class McpLimitTests
{
    [Fact]
    public async Task No_path_from_an_assistant_is_read_or_written()
    {
        using var folder = new TemporaryFolder();
        var secret = folder.Write("secret.yaml", "name: secret\nloadBalancers: { perimeter: { nodes: [{ name: ex01 }] } }\n");
        await using var assistant = await Assistant.StartAsync();

        Assert.Contains("Files are not read", await assistant.ProblemAsync("start_lab", new { scenario = secret }), StringComparison.Ordinal);
        Assert.Contains("Files are not read", await assistant.ProblemAsync("show_scenario", new { name = "scenarios/../README.md" }), StringComparison.Ordinal);
        Assert.Equal("Give either `scenario` or `yaml`.", await assistant.ProblemAsync("start_lab"));
        string[] texts =
        [
            $"mappings: {folder.Path}",
            "organizations: { contoso: { domains: [contoso.com], mappings: answers } }",
            "certificates: { mail: { file: secret.pem } }",
            "certificates: { mail: { issuer: issuing, keyFile: secret.key } }",
            "fault: { kind: reset, layer: network, remedy: { certificates: { mail: { file: secret.pem } } } }",
        ];
        foreach (var yaml in texts)
        {
            Assert.Contains("names a file, and no files of this computer are read", await assistant.ProblemAsync("start_lab", new { yaml }), StringComparison.Ordinal);
        }

        await assistant.DocumentAsync("start_lab", new { scenario = "one-in-twenty" });
        string[] changes = ["certificates/mail: file secret.pem", "contoso: { domains: [contoso.com], mappings: answers }", "contoso: { \"mappings\": answers }", "certificates/mail: {file: secret.pem, keyFile: secret.key}"];
        foreach (var change in changes)
        {
            Assert.Contains("names a file", await assistant.ProblemAsync("change_lab", new { changes = new[] { change } }), StringComparison.Ordinal);
            Assert.Contains("names a file", await assistant.ProblemAsync("propose_fix", new { changes = new[] { change } }), StringComparison.Ordinal);
        }

        Assert.Equal("Unknown argument `output`. Choose from: text, host, email, anonymize.", await assistant.ProblemAsync("capture_evidence", new { text = "x", output = "/tmp/x" }));
    }

    [Fact]
    public async Task Without_live_no_host_outside_a_lab_is_contacted()
    {
        await using var assistant = await Assistant.StartAsync();
        const string Refused = "This server only contacts its own labs, because it was started without --live. Only the person who starts it can change that: autodetectsim mcp --live.";
        Assert.Equal(Refused, await assistant.ProblemAsync("check_host", new { host = "localhost", live = true }));

        await assistant.DocumentAsync("start_lab", new { scenario = "healthy" });
        Assert.Equal(Refused, await assistant.ProblemAsync("check_host", new { host = "localhost", live = true }));
        Assert.Contains("cannot be combined with `lab`", await assistant.ProblemAsync("check_host", new { host = "localhost", lab = "lab-1", live = true }), StringComparison.Ordinal);
        var stranger = await assistant.DocumentAsync("check_host", new { host = "localhost", attempts = 1 });
        Assert.Equal("localhost cannot be reached (ENOTFOUND).", stranger.GetProperty("summary").GetString());
    }

    [Fact]
    public async Task Arguments_that_cannot_be_are_answered_with_a_sentence_and_the_server_goes_on()
    {
        await using var assistant = await Assistant.StartAsync();
        Assert.Equal("No lab runs: start one with start_lab.", await assistant.ProblemAsync("detect"));
        Assert.Equal("No lab is named 'lab-7': no lab is running. Start one with start_lab.", await assistant.ProblemAsync("stop_lab", new { lab = "lab-7" }));
        Assert.Equal("`lab` is missing.", await assistant.ProblemAsync("stop_lab"));
        Assert.Equal("`attempts` must be a whole number from 1 to 2000.", await assistant.ProblemAsync("detect", new { attempts = 1_000_000 }));
        Assert.Equal("`attempts` must be a whole number from 1 to 2000.", await assistant.ProblemAsync("detect", new { attempts = "many" }));
        Assert.Equal("Unknown argument `attemts`; did you mean `attempts`?", await assistant.ProblemAsync("detect", new { attemts = 1 }));
        Assert.Equal("`changes` must be a list of 1 to 100 texts.", await assistant.ProblemAsync("change_lab", new { changes = "perimeter/*: up false" }));
        Assert.Equal("`chain` has more than 2097152 characters.", await assistant.ProblemAsync("verify_chain", new { chain = new string('x', 3 * 1024 * 1024) }));
        Assert.Equal("`at` takes an RFC 3339 time such as 2026-11-23T12:00:00Z, not 'noon'.", await assistant.ProblemAsync("verify_chain", new { chain = "x", at = "noon" }));
        Assert.Contains("contains no certificate", await assistant.ProblemAsync("verify_chain", new { chain = "0123" }), StringComparison.Ordinal);
        Assert.Contains("nothing in it is known", await assistant.ProblemAsync("capture_evidence", new { text = "hello" }), StringComparison.Ordinal);
        Assert.Contains("scenario.yaml:2:1", await assistant.ProblemAsync("start_lab", new { yaml = "name: [\n" }), StringComparison.Ordinal);
        Assert.Contains("did you mean UNABLE_TO_VERIFY_LEAF_SIGNATURE?", await assistant.ProblemAsync("explain", new { text = "UNABLE_TO_VERIFY_LEAF_SIGNATUR" }), StringComparison.Ordinal);

        await assistant.DocumentAsync("start_lab", new { scenario = "one-in-twenty" });
        Assert.Contains("ex77", await assistant.ProblemAsync("change_lab", new { changes = new[] { "perimeter/ex02: present complete", "perimeter/ex77: up false" } }), StringComparison.Ordinal);
        Assert.Contains("perimeter/ex02: present complete", await assistant.TextAsync("undo_change"), StringComparison.Ordinal);
        Assert.Contains("There is nothing to undo", await assistant.ProblemAsync("undo_change"), StringComparison.Ordinal);
        Assert.Contains("not an e-mail address", await assistant.ProblemAsync("detect", new { email = "a\r\nX-Evil: 1" }), StringComparison.Ordinal);
        Assert.Contains("ex77", await assistant.ProblemAsync("propose_fix", new { changes = new[] { "perimeter/ex77: up false" } }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_a_few_labs_run_at_a_time()
    {
        await using var assistant = await Assistant.StartAsync();
        for (var started = 0; started < 8; started++)
        {
            await assistant.DocumentAsync("start_lab", new { scenario = "healthy" });
        }

        Assert.Equal("8 labs run, which is the most at a time: stop one of them with stop_lab.", await assistant.ProblemAsync("start_lab", new { scenario = "healthy" }));
        Assert.StartsWith("Several labs run: give `lab`, one of lab-1, lab-2,", await assistant.ProblemAsync("detect"), StringComparison.Ordinal);
        await assistant.TextAsync("stop_lab", new { lab = "lab-3" });
        Assert.Equal("lab-9", (await assistant.DocumentAsync("start_lab", new { scenario = "healthy" })).GetProperty("lab").GetString());
    }

    [Fact]
    public async Task Lessons_are_listed_without_anything_that_solves_them()
    {
        await using var assistant = await Assistant.StartAsync();
        var lessons = (await assistant.DocumentAsync("list_lessons")).GetProperty("lessons").EnumerateArray().ToList();

        Assert.Contains(lessons, lesson => lesson.GetProperty("name").GetString() == "the-old-script-says-fine");
        Assert.All(lessons, lesson => Assert.Equal(["hints", "level", "minutes", "name", "prerequisites", "probes", "state", "title"], lesson.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal)));
        Assert.Contains("no scenario", await assistant.ProblemAsync("show_scenario", new { name = "lessons/exam-two-faults" }), StringComparison.Ordinal);
        Assert.DoesNotContain("lessons", await assistant.TextAsync("list_scenarios", new { limit = 500 }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Standard_output_carries_the_protocol_alone_and_the_end_of_the_input_ends_the_server()
    {
        var input = string.Join('\n', [
            Message(1, "initialize", new JsonObject { ["protocolVersion"] = "2025-06-18", ["capabilities"] = new JsonObject(), ["clientInfo"] = new JsonObject { ["name"] = "test", ["version"] = "1" } }),
            "this is not JSON",
            "[]",
            Message(2, "tools/call", new JsonObject { ["name"] = "start_lab", ["arguments"] = new JsonObject { ["scenario"] = "healthy" } }),
            Message(3, "no/such/method", []),
            ""]);
        var result = await Tool.RunAsync("dotnet", [Tool.CommandAssembly, "mcp"], input);

        Assert.Equal(0, result.ExitCode);
        Assert.All(result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Equal("2.0", JsonNode.Parse(line)!["jsonrpc"]!.GetValue<string>()));
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_without_end_ends_the_server_with_a_sentence()
    {
        var result = await Tool.RunAsync("dotnet", [Tool.CommandAssembly, "mcp"], new string('x', (32 * 1024 * 1024) + 1));

        Assert.Equal((2, "", "The input has a message of more than 32 MiB: the server has stopped."), (result.ExitCode, result.Output, result.Error.Trim()));
    }

    [Fact]
    public async Task No_other_command_loads_the_library_of_the_protocol()
    {
        using var folder = new TemporaryFolder();
        var places = Path.GetDirectoryName(Tool.CommandAssembly)!;
        using var needed = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(places, "AutoDetectSim.Cli.deps.json"), TestContext.Current.CancellationToken));
        var names = needed.RootElement.GetProperty("targets").EnumerateObject().Single().Value.EnumerateObject()
            .Where(library => library.Value.TryGetProperty("runtime", out _))
            .SelectMany(library => library.Value.GetProperty("runtime").EnumerateObject().Select(file => Path.GetFileName(file.Name)))
            .Where(name => !name.StartsWith("ModelContextProtocol", StringComparison.Ordinal))
            .Append("AutoDetectSim.Cli.runtimeconfig.json");
        foreach (var name in names.Where(name => File.Exists(Path.Combine(places, name))))
        {
            File.Copy(Path.Combine(places, name), Path.Combine(folder.Path, name), overwrite: true);
        }

        var command = Path.Combine(folder.Path, "AutoDetectSim.Cli.dll");
        Assert.Equal(0, (await Tool.RunAsync("dotnet", [command, "explain", "ENOTFOUND"])).ExitCode);
        Assert.Equal(3, (await Tool.RunAsync("dotnet", [command, "mcp"])).ExitCode);
    }

    private static string Message(int id, string method, JsonObject parameters) =>
        new JsonObject { ["jsonrpc"] = "2.0", ["id"] = id, ["method"] = method, ["params"] = parameters }.ToJsonString();
}

using System.Globalization;
using System.Text.Json;
using AutoDetectSim.FunctionalTests.Support;

namespace AutoDetectSim.FunctionalTests.Mcp;

/// <summary>What an assistant does for a customer, from the symptom to the repair.</summary>
public sealed class McpConversationTests
{
    private const string LeafOnly = "UNABLE_TO_VERIFY_LEAF_SIGNATURE";

    [Fact]
    public async Task An_assistant_finds_the_scenario_sees_one_in_twenty_and_repairs_it()
    {
        await using var assistant = await Assistant.StartAsync();
        var found = await assistant.DocumentAsync("list_scenarios", new { query = "works perhaps one time in twenty", limit = 3 });
        Assert.Equal("one-in-twenty", found[0].GetProperty("id").GetString());
        Assert.Contains("ex{02..20}", await assistant.TextAsync("show_scenario", new { name = "one-in-twenty" }), StringComparison.Ordinal);

        var started = await assistant.DocumentAsync("start_lab", new { scenario = "one-in-twenty" });
        Assert.Equal("lab-1", started.GetProperty("lab").GetString());
        Assert.Equal("your@contoso.com", started.GetProperty("state").GetProperty("email").GetString());

        var detected = await assistant.DocumentAsync("detect", new { attempts = 20 });
        Assert.Equal((1, 19), (detected.GetProperty("successes").GetInt32(), detected.GetProperty("errors").GetProperty(LeafOnly).GetInt32()));
        Assert.StartsWith("Reproduction of scenario one-in-twenty", detected.GetProperty("reproduction").GetString(), StringComparison.Ordinal);

        var check = await assistant.DocumentAsync("check_host", new { lab = "lab-1", host = "autodiscover.contoso.com" });
        Assert.Equal(Enumerable.Range(2, 19).Select(number => string.Create(CultureInfo.InvariantCulture, $"EX{number:00}")), check.GetProperty("faultyNodes").EnumerateArray().Select(node => node.GetString()));

        var proposed = await assistant.DocumentAsync("propose_fix");
        var changes = proposed.GetProperty("whatIf").GetProperty("changes").EnumerateArray().Select(change => change.GetString()).ToList();
        Assert.Equal(["perimeter/ex{02..20}: present complete"], changes);
        Assert.Equal((1, 20), (proposed.GetProperty("successes").GetInt32(), proposed.GetProperty("whatIf").GetProperty("after").GetProperty("successes").GetInt32()));

        // The copy was repaired, and the lab itself is as it was.
        Assert.Equal(1, (await assistant.DocumentAsync("detect", new { attempts = 20 })).GetProperty("successes").GetInt32());
        var changed = await assistant.DocumentAsync("change_lab", new { changes });
        Assert.Equal(changes[0], changed.GetProperty("undoable").GetString());
        Assert.Equal(20, (await assistant.DocumentAsync("detect", new { attempts = 20 })).GetProperty("successes").GetInt32());

        var journal = await assistant.DocumentAsync("read_journal", new { limit = 2 });
        Assert.Equal([(true, "ex01"), (false, "ex02")], journal.EnumerateArray().Select(one => (one.GetProperty("succeeded").GetBoolean(), one.GetProperty("nodes")[0].GetString())));
        var connections = await assistant.DocumentAsync("read_journal", new { entries = "connections", after = 1, limit = 1 });
        Assert.Equal(2, connections[0].GetProperty("number").GetInt64());

        Assert.Contains("Undone: " + changes[0], await assistant.TextAsync("undo_change"), StringComparison.Ordinal);
        Assert.Equal(1, (await assistant.DocumentAsync("detect", new { attempts = 20 })).GetProperty("successes").GetInt32());
        await assistant.DocumentAsync("change_lab", new { changes });
        Assert.False((await assistant.DocumentAsync("reset_lab")).TryGetProperty("undoable", out _));
        Assert.Equal(1, (await assistant.DocumentAsync("detect", new { attempts = 20 })).GetProperty("successes").GetInt32());
        Assert.Contains("keeps no intermediates", await assistant.TextAsync("explain", new { text = LeafOnly }), StringComparison.Ordinal);

        Assert.Equal("lab-1 has stopped.", await assistant.TextAsync("stop_lab", new { lab = "lab-1" }));
        Assert.Empty((await assistant.DocumentAsync("list_labs")).EnumerateArray());
        Assert.Empty(assistant.Errors);
    }

    [Fact]
    [Trait("Needs", "tools")]
    public async Task What_a_customer_pastes_becomes_a_lab_with_the_customers_error()
    {
        var (text, roots) = await PastedAsync();
        await using var assistant = await Assistant.StartAsync();

        var verified = await assistant.DocumentAsync("verify_chain", new { chain = text, roots, host = "autodiscover.contoso.com" });
        Assert.Equal((LeafOnly, 1), (verified.GetProperty("result").GetString(), verified.GetProperty("presented").GetArrayLength()));

        var captured = await assistant.DocumentAsync("capture_evidence", new { text, email = "your@contoso.com" });
        Assert.NotEmpty(captured.GetProperty("read").EnumerateArray());
        Assert.Empty(captured.GetProperty("differences").EnumerateArray());
        Assert.Contains("expect:", captured.GetProperty("yaml").GetString(), StringComparison.Ordinal);
        var contradicted = await assistant.DocumentAsync("capture_evidence", new { text = text.Replace("code: 21 (unable to verify the first certificate)", "code: 10 (certificate has expired)", StringComparison.Ordinal), email = "your@contoso.com" });
        Assert.NotEmpty(contradicted.GetProperty("differences").EnumerateArray());
        await assistant.DocumentAsync("start_lab", new { yaml = captured.GetProperty("yaml").GetString() });
        var detected = await assistant.DocumentAsync("detect", new { email = "your@contoso.com", attempts = 3 });
        Assert.Equal(3, detected.GetProperty("errors").GetProperty(LeafOnly).GetInt32());
        Assert.Contains("hosts: [autodiscover.contoso.com", await assistant.TextAsync("show_lab"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_real_host_is_checked_where_the_person_allowed_it()
    {
        await using var lab = await Lab.StartAsync(Labs.Load("one-in-twenty.yaml"), cancellationToken: TestContext.Current.CancellationToken);
        using var folder = new TemporaryFolder();
        var host = lab.Network.CustomerVirtualIps.First().EndPoint!.ToString();
        await using var assistant = await Assistant.StartAsync("--live", "--ca", folder.Write("roots.pem", lab.RootCertificatesPem));

        var check = await assistant.DocumentAsync("check_host", new { host, attempts = 2, live = true });
        Assert.False(check.TryGetProperty("reproduction", out _));
        Assert.Equal(2, check.GetProperty("hosts")[0].GetProperty("attempts").GetInt32());
        Assert.Equal(["EX01", "EX02"], check.GetProperty("faultyNodes").EnumerateArray().Select(node => node.GetString()));
    }

    [Fact]
    public async Task Every_tool_has_a_name_in_snake_case_a_schema_and_says_what_it_does_to_the_world()
    {
        await using var assistant = await Assistant.StartAsync();
        var tools = await assistant.ToolsAsync();

        Assert.Equal(17, tools.Count);
        Assert.All(tools, tool =>
        {
            Assert.Matches("^[a-z]+(_[a-z]+)*$", tool.Name);
            Assert.False(string.IsNullOrWhiteSpace(tool.Description));
            Assert.Equal("object", tool.InputSchema.GetProperty("type").GetString());
            Assert.Equal(JsonValueKind.False, tool.InputSchema.GetProperty("additionalProperties").ValueKind);
            Assert.All(tool.InputSchema.GetProperty("properties").EnumerateObject(), property => Assert.False(string.IsNullOrWhiteSpace(property.Value.GetProperty("description").GetString())));
            Assert.False(tool.Annotations!.OpenWorldHint);
            Assert.False(tool.Annotations.ReadOnlyHint is true && tool.Annotations.DestructiveHint is true);
        });
        Assert.Equal(["change_lab", "reset_lab", "stop_lab", "undo_change"], tools.Where(tool => tool.Annotations!.DestructiveHint is true).Select(tool => tool.Name).Order(StringComparer.Ordinal));
        var page = await File.ReadAllTextAsync(Path.Combine(Tool.RepositoryRoot, "docs", "mcp.md"), TestContext.Current.CancellationToken);
        Assert.All(tools, tool => Assert.Contains($"| `{tool.Name}` |", page, StringComparison.Ordinal));
    }

    /// <summary>What openssl prints of a node without the intermediate, and the roots that clients trust.</summary>
    private static async Task<(string Text, string Roots)> PastedAsync()
    {
        await using var lab = await Lab.StartAsync(Labs.Load("none-complete.yaml"), cancellationToken: TestContext.Current.CancellationToken);
        using var folder = new TemporaryFolder();
        var roots = folder.Write("roots.pem", lab.RootCertificatesPem);
        var text = (await EvidenceTool.All[0].CallAsync("autodiscover.contoso.com", lab.Network.CustomerVirtualIps.First().EndPoint!.Port, roots, folder))[0];
        return ("> " + text.ReplaceLineEndings("\n> "), lab.RootCertificatesPem);
    }
}

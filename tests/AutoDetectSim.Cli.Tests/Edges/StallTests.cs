using System.Text.Json;

namespace AutoDetectSim.Cli.Tests.Edges;

/// <summary>A machine that stands still for a while: the customer has nothing to do with it.</summary>
[Trait("Needs", "tools")]
public sealed class StallTests : IDisposable
{
    /// <summary>Stops a command in the middle of its work, which shows in the size of the key log, for some seconds each time.</summary>
    private const string Stalled = """
        stalled() { dotnet "$CLI" "$@" --json > json 2> log & pid=$!
          size() { stat -c %s keys 2> /dev/null || echo 0; }
          until test "$(size)" -gt 20000; do kill -0 $pid || return 1; read -t 0.05 <> <(:) || :; done
          for seconds in $stalls; do
            before=$(size); kill -STOP $pid; read -t $seconds <> <(:) || :; kill -CONT $pid
            until test "$(size)" -gt $((before + 2000)); do kill -0 $pid || break; read -t 0.05 <> <(:) || :; done
          done
          wait $pid; echo $?; cat log; }

        """;

    private readonly EdgeFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    [Trait("Needs", "time")]
    public async Task Stalls_of_the_machine_change_no_number_of_a_detection()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "SIGSTOP is a signal of Unix.");
        var result = await _folder.BashAsync(Stalled + """
            stalls='0.5 12 2 1'; stalled detect your@contoso.com --scenario one-in-twenty --attempts 400 --key-log keys
            """);

        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(_folder.Path, "json"), TestContext.Current.CancellationToken));
        Assert.Equal(20, json.RootElement.GetProperty("successes").GetInt32());
        Assert.Equal("""{"UNABLE_TO_VERIFY_LEAF_SIGNATURE":380}""", json.RootElement.GetProperty("errors").GetRawText());
        Assert.InRange(json.RootElement.GetProperty("stalledMs").GetDouble(), 11_000, 13_000);
        Assert.Matches(@"^1\nThe machine was stalled for 1[12](\.\d)? s\. Time limits were extended", result.Output);
    }

    [Fact]
    [Trait("Needs", "time")]
    public async Task A_tool_that_was_run_while_the_machine_stalled_is_tried_again_in_a_new_lab()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "SIGSTOP is a signal of Unix.");
        await File.WriteAllTextAsync(
            Path.Combine(_folder.Path, "tool.sh"),
            """
            [ -e stalled ] || { : > stalled; lab=$PPID; (sleep 4; kill -CONT $lab) & kill -STOP $lab; wait; exit 1; }
            exec curl -s -o answer -x "$1" --cacert "$2" "https://$3/"
            """,
            TestContext.Current.CancellationToken);

        var result = await _folder.BashAsync("dotnet \"$CLI\" regress -p healthy --json --concurrency 1 -- sh tool.sh {gateway} {root} {host} > json; echo $?");

        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(_folder.Path, "json"), TestContext.Current.CancellationToken));
        var summary = json.RootElement.GetProperty("summary");
        Assert.Equal(summary.GetProperty("worlds").GetInt32(), summary.GetProperty("right").GetInt32());
        Assert.InRange(json.RootElement.GetProperty("stalledMs").GetDouble(), 3_000, 60_000);
        Assert.Equal("0\n", result.Output);
        Assert.StartsWith("The machine was stalled for ", result.Error.TrimStart(), StringComparison.Ordinal);
    }
}

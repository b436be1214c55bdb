using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using AutoDetectSim.FunctionalTests.Support;

namespace AutoDetectSim.FunctionalTests.Learn;

/// <summary>Does what a page of the docs does, command by command in a real shell, and holds what is printed against the page.</summary>
[Trait("Needs", "tools")]
public sealed partial class TranscriptTests
{
    // Ports and folders as the page has them.
    private const string Gateway = "127.0.0.1:8080";
    private const string EndPoint = "127.0.0.1:44301";
    private const string Dns = "127.0.0.1:5353";
    private const string DnsPort = "-p 5353";
    private const string Data = "~/.local/share/AutoDetectSim";

    [Fact]
    public async Task The_page_that_does_one_in_twenty_by_hand_shows_what_really_comes()
    {
        var path = Path.Combine(Tool.RepositoryRoot, "docs", "lessons", "one-in-twenty.md");
        var page = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        using var data = new TemporaryFolder();
        (InProcessCommand.Printed Printed, Task<int> ExitCode)? lesson = null;
        Dictionary<string, string>? places = null;
        var replayed = new StringBuilder();
        var end = 0;
        foreach (Match block in Block().Matches(page))
        {
            replayed.Append(page, end, block.Groups["text"].Index - end);
            end = block.Groups["text"].Index + block.Groups["text"].Length;
            foreach (Match command in Command().Matches(block.Groups["text"].Value))
            {
                var line = command.Groups["line"].Value;
                var words = line.Split(' ');
                string printed;
                if (words is ["autodetectsim", "learn", "start", ..])
                {
                    lesson = InProcessCommand.Start([.. words[1..], "--data", data.Path]);
                    await LastLineAsync(lesson.Value.Printed, lesson.Value.ExitCode);
                    printed = lesson.Value.Printed.OutputText;
                    places = await PlacesAsync(data.Path);
                }
                else
                {
                    var result = await Tool.RunAsync("sh", ["-c", $"autodetectsim() {{ dotnet '{Tool.CommandAssembly}' \"$@\"; }}\n{{ {Real(line, places!)}; }} 2>&1"], environment: new Dictionary<string, string> { ["AUTODETECTSIM_DATA"] = data.Path });
                    printed = result.Output;
                }

                replayed.Append("$ ").Append(line).Append('\n').Append(Shown(printed, places!));
            }
        }

        Assert.Equal(0, await lesson!.Value.ExitCode.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
        GeneratedFile.AssertIs(path, replayed.Append(page, end, page.Length - end).ToString());
    }

    private static async Task LastLineAsync(InProcessCommand.Printed printed, Task<int> exitCode)
    {
        while (!printed.OutputText.Contains("To end the lesson", StringComparison.Ordinal))
        {
            Assert.False(exitCode.IsCompleted, printed.ErrorText);
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    private static async Task<Dictionary<string, string>> PlacesAsync(string data)
    {
        var result = await InProcessCommand.RunAsync("learn", "status", "--json", "--data", data);
        using var status = JsonDocument.Parse(result.Output);
        var topology = status.RootElement.GetProperty("topology");
        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [Gateway] = new Uri(topology.GetProperty("gateway").GetString()!).Authority,
            [EndPoint] = topology.GetProperty("virtualIps")[0].GetProperty("endpoint").GetString()!,
            [Dns] = topology.GetProperty("dns").GetString()!,
            [DnsPort] = "-p " + topology.GetProperty("dns").GetString()!.Split(':')[1],
            [Data] = data,
        };
    }

    private static string Real(string line, Dictionary<string, string> places) => places.Aggregate(line, (text, place) => text.Replace(place.Key, place.Value, StringComparison.Ordinal));

    private static string Shown(string printed, Dictionary<string, string> places)
    {
        var text = places.Aggregate(printed.ReplaceLineEndings("\n"), (text, place) => text.Replace(place.Value, place.Key, StringComparison.Ordinal));

        // Versions of openssl print names with and without spaces.
        text = Spaced().Replace(text, "=");
        return text.Length == 0 || text.EndsWith('\n') ? text : text + "\n";
    }

    [GeneratedRegex("```console\n(?<text>.*?)```", RegexOptions.ExplicitCapture | RegexOptions.Singleline, 1000)]
    private static partial Regex Block();

    [GeneratedRegex(@"^\$ (?<line>.*)$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Command();

    [GeneratedRegex("(?<=CN|O) = ", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Spaced();
}

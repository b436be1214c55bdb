using System.Text;
using System.Text.RegularExpressions;
using AutoDetectSim.FunctionalTests.Support;
using AutoDetectSim.Diagnosis.Probing;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.FunctionalTests.Diagnosis;

/// <summary>Scenario to lab, a real program's output, a mail with it, <c>capture --from</c>, <c>test</c>: detections end as they did before.</summary>
[Trait("Needs", "tools")]
public sealed partial class EvidenceRoundTripTests
{
    private const int Attempts = 20;

    /// <summary>
    /// Scenarios of each form in a usual run, which leaves out slow forms; AUTODETECTSIM_SAMPLES=1000 takes every scenario of chains and certificates with
    /// every form, and one scenario of each kind of fault with slow ones.
    /// </summary>
    private const int Usual = 2;

    public static TheoryData<string, string> Files()
    {
        var files = new TheoryData<string, string>();
        foreach (var (tool, index) in EvidenceTool.All.Select((tool, index) => (tool, index)))
        {
            var all = Labs.ChainScenarios().DistinctBy(file => tool.IsSlow ? Labs.Load(file).Fault?.Kind ?? file : file).ToList();
            var count = Math.Min(all.Count, Samples.Of(Usual) - (tool.IsSlow ? Usual : 0));
            foreach (var file in Enumerable.Range(0, Math.Max(0, count)).Select(number => all[(index + (number * all.Count / count)) % all.Count]))
            {
                files.Add(file, tool.Form);
            }
        }

        files.Add("one-in-twenty.yaml", "s_client -showcerts");
        files.Add("one-in-twenty.yaml", "curl -v");
        return files;
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task What_a_customer_mails_makes_a_lab_with_the_same_verdicts(string file, string form)
    {
        var tool = EvidenceTool.All.Single(known => known.Form == form);
        var scenario = Labs.Load(file);
        var email = scenario.Expect[^1].Detect;
        var host = "autodiscover." + email[(email.IndexOf('@', StringComparison.Ordinal) + 1)..];
        using var directory = new TemporaryFolder();
        DetectionRunResult before;
        var mails = new List<IReadOnlyList<string>>();
        var asked = new HashSet<string>(StringComparer.Ordinal);
        await using (var lab = await Lab.StartAsync(scenario, cancellationToken: TestContext.Current.CancellationToken))
        {
            var roots = directory.Write("roots.pem", lab.RootCertificatesPem);
            foreach (var name in ((string[])[host, ActiveSyncHost(scenario)]).Distinct(StringComparer.OrdinalIgnoreCase))
            {
                if (lab.Network.VirtualIps.FirstOrDefault(virtualIp => virtualIp.Hosts.Contains(name, StringComparer.OrdinalIgnoreCase)) is { } server
                    && !(tool.IsSlow && asked.Contains(server.Name)))
                {
                    asked.Add(server.Name);
                    var calls = new List<IReadOnlyList<string>>();
                    for (var left = Math.Min(tool.Calls, Math.Clamp(server.Balancer.Nodes.Count, 2, Attempts)); left > 0; left--)
                    {
                        calls.Add(await tool.CallAsync(name, server.EndPoint!.Port, roots, directory));
                    }

                    var number = mails.Count;
                    mails.Add([.. Enumerable.Range(0, calls[0].Count).Select(form => directory.Write($"mail-{number}-{form}.txt", Mail(string.Concat(calls.Select(call => call[form])))))]);
                }
            }

            using var client = LabFrontDoor.CreateClient(lab, concurrency: 1);
            before = await new ProbeRun(client, lab, TimeProvider.System).RunAsync(email, Attempts, concurrency: 1, progress: null, TestContext.Current.CancellationToken);
        }

        for (var written = 0; written < mails[0].Count; written++)
        {
            await HoldAsync(tool, file, host, email, before, [.. mails.Select(mail => mail[written])], Path.Combine(directory.Path, $"captured-{written}.yaml"));
        }
    }

    private static async Task HoldAsync(EvidenceTool tool, string file, string host, string email, DetectionRunResult before, IReadOnlyList<string> evidence, string captured)
    {
        var capture = await InProcessCommand.RunAsync(["capture", host, .. evidence.SelectMany(path => (string[])["--from", path]), "--email", email, "-o", captured]);
        TestContext.Current.TestOutputHelper?.WriteLine($"{tool.Form}: {file}: exit {capture.ExitCode}, before {before.SuccessRate} {string.Join(", ", before.Errors.Keys)}\n{capture}");
        if (capture.ExitCode == 2)
        {
            // A form that shows no chain, or nothing at all of a failed handshake, is refused with what to ask for.
            Assert.False(tool.ShowsCode, capture.ToString());
            Assert.Contains("sk for: ", capture.Error, StringComparison.Ordinal);
            return;
        }

        // A program that is stricter, laxer or sees less than AutoDetect is contradicted in words.
        Assert.True(capture.ExitCode is 0 or 1, capture.ToString());
        Assert.Equal(capture.ExitCode == 1, Said(capture).Contains("Not the same: ", StringComparison.Ordinal));
        var loaded = ScenarioLoader.Load(captured);
        Assert.Empty(loaded.Problems);
        AssertSame(tool, before, Assert.Single(loaded.Scenario!.Expect), capture);
        var test = await InProcessCommand.RunAsync("test", captured);
        Assert.True(test.ExitCode == 0, test.ToString());
    }

    private static void AssertSame(EvidenceTool tool, DetectionRunResult before, Expectation after, ToolResult capture)
    {
        var isSaid = capture.ExitCode == 1 || (tool.HasNoVerdict || !tool.ShowsChain) && Said(capture).Contains("Assumed: ", StringComparison.Ordinal) && Unknown().IsMatch(Said(capture));
        if (isSaid && (tool.HasNoVerdict || !tool.ShowsChain || capture.ExitCode == 1))
        {
            return;
        }

        Assert.Equal((before.SuccessRate is 0, capture.Output), (after.SuccessRate == 0, capture.Output));
        if (tool.Calls > 1)
        {
            Assert.InRange(after.SuccessRate!.Value, before.SuccessRate - 0.35, before.SuccessRate + 0.35);
        }

        if (tool.ShowsCode)
        {
            Assert.Equal(before.Errors.Keys.Order(StringComparer.Ordinal), (after.Errors?.Keys ?? []).Order(StringComparer.Ordinal));
        }
    }

    /// <summary>What the command printed, without its line breaks.</summary>
    private static string Said(ToolResult capture) => string.Join(' ', (capture.Output + capture.Error).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string ActiveSyncHost(Scenario scenario) =>
        Uri.TryCreate(scenario.Organizations[0].ActiveSyncUrl, UriKind.Absolute, out var uri) ? uri.IdnHost : "mail." + scenario.Organizations[0].Domains[0];

    /// <summary>Quoted, indented and broken after 90 characters, with a line of prose.</summary>
    private static string Mail(string text)
    {
        var mail = new StringBuilder("Hello, see below.\r\n\r\n");
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            var rest = line;
            while (rest.Length > 90 && rest.LastIndexOf(' ', 90) is > 0 and var at)
            {
                mail.Append("> ").Append(rest, 0, at).Append("\r\n");
                rest = rest[(at + 1)..];
            }

            mail.Append(">   ").Append(rest).Append("\r\n");
        }

        return mail.ToString();
    }

    [GeneratedRegex("is not known|nothing says|nothing shows|is assumed", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Unknown();
}

using System.Globalization;
using System.Text;
using AutoDetectSim.FunctionalTests.Support;
using AutoDetectSim.Diagnosis.Probing;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.FunctionalTests.Diagnosis;

/// <summary>Scenario to lab, a real program's output, a mail with it, <c>capture --from</c>, <c>test</c>: detections end as they did before.</summary>
[Trait("Needs", "tools")]
public sealed class EvidenceRoundTripTests
{
    private const int Attempts = 20;

    public static TheoryData<string, string> Files()
    {
        var files = new TheoryData<string, string>();
        foreach (var file in Labs.ChainScenarios())
        {
            files.Add(file, "s_client -showcerts");
            files.Add(file, "s_client");
            files.Add(file, "gnutls-cli");
        }

        files.Add("one-in-twenty.yaml", "s_client -showcerts");
        return files;
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task What_a_customer_mails_makes_a_lab_with_the_same_verdicts(string file, string form)
    {
        var scenario = Labs.Load(file);
        var email = scenario.Expect[^1].Detect;
        var host = "autodiscover." + email[(email.IndexOf('@', StringComparison.Ordinal) + 1)..];
        using var directory = new TemporaryFolder();
        DetectionRunResult before;
        string text;
        await using (var lab = await Lab.StartAsync(scenario, cancellationToken: TestContext.Current.CancellationToken))
        {
            var roots = directory.Write("roots.pem", lab.RootCertificatesPem);
            text = "";
            foreach (var name in (string[])[host, ActiveSyncHost(scenario)])
            {
                if (name is not null && !text.Contains(" -servername " + name + " ", StringComparison.Ordinal) && !text.Contains(" --sni-hostname " + name + " ", StringComparison.Ordinal) && lab.Network.VirtualIps.FirstOrDefault(virtualIp => virtualIp.Hosts.Contains(name, StringComparer.OrdinalIgnoreCase)) is { } server)
                {
                    text += await CallAsync(form, name, server.EndPoint!.Port, roots, Math.Clamp(server.Balancer.Nodes.Count, 2, Attempts));
                }
            }

            using var client = LabFrontDoor.CreateClient(lab, concurrency: 1);
            before = await new ProbeRun(client, lab, TimeProvider.System).RunAsync(email, Attempts, concurrency: 1, progress: null, TestContext.Current.CancellationToken);
        }

        var evidence = directory.Write("mail.txt", Mail(text));
        var captured = Path.Combine(directory.Path, "captured.yaml");
        var capture = await InProcessCommand.RunAsync("capture", host, "--from", evidence, "--email", email, "-o", captured);

        // A program that is stricter, laxer or sees less than AutoDetect is contradicted in words.
        Assert.True(capture.ExitCode is 0 or 1, capture.ToString());
        Assert.Equal(capture.ExitCode == 1, capture.Output.Contains("Not the same: ", StringComparison.Ordinal));
        var loaded = ScenarioLoader.Load(captured);
        Assert.Empty(loaded.Problems);
        var expectation = Assert.Single(loaded.Scenario!.Expect);
        if (capture.ExitCode == 0)
        {
            Assert.InRange(expectation.SuccessRate!.Value, before.SuccessRate - 0.35, before.SuccessRate + 0.35);
            Assert.Equal(before.SuccessRate is 0, expectation.SuccessRate == 0);
            if (form != "gnutls-cli")
            {
                Assert.Equal(before.Errors.Keys.Order(StringComparer.Ordinal), (expectation.Errors?.Keys ?? []).Order(StringComparer.Ordinal));
            }
        }

        var test = await InProcessCommand.RunAsync("test", captured);
        Assert.True(test.ExitCode == 0, test.ToString());
    }

    private static string ActiveSyncHost(Scenario scenario) =>
        Uri.TryCreate(scenario.Organizations[0].ActiveSyncUrl, UriKind.Absolute, out var uri) ? uri.IdnHost : "mail." + scenario.Organizations[0].Domains[0];

    private static async Task<string> CallAsync(string form, string host, int port, string roots, int count)
    {
        var text = new StringBuilder();
        for (var number = 0; number < count; number++)
        {
            var (program, arguments) = form == "gnutls-cli"
                ? ("gnutls-cli", (string[])["-p", port.ToString(CultureInfo.InvariantCulture), "--print-cert", "--x509cafile", roots, "--sni-hostname", host, "127.0.0.1"])
                : ("openssl", ["s_client", "-connect", $"127.0.0.1:{port}", "-servername", host, "-CAfile", roots, .. form.Contains("-showcerts", StringComparison.Ordinal) ? (string[])["-showcerts"] : []]);
            var result = await Tool.RunAsync(program, arguments, limit: TimeSpan.FromSeconds(30));
            text.Append(CultureInfo.InvariantCulture, $"$ {program} {string.Join(' ', arguments)} </dev/null\n").Append(result.Error).Append(result.Output).Append('\n');
        }

        return text.ToString();
    }

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
}

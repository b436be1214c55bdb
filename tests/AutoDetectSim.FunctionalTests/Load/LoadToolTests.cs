using System.Globalization;
using System.Text.RegularExpressions;
using AutoDetectSim.FunctionalTests.Support;

namespace AutoDetectSim.FunctionalTests.Load;

/// <summary>The load of docs/load.md made by real programs: however many phones call at once, exactly one in twenty can sign in.</summary>
[Trait("Needs", "tools")]
public sealed partial class LoadToolTests
{
    private const string Missing = "UNABLE_TO_VERIFY_LEAF_SIGNATURE";
    private const string Email = "X-Email: your@contoso.com";

    [Fact]
    public async Task Two_hundred_phones_of_curl_twenty_at_a_time_count_one_in_twenty_exactly()
    {
        await using var lab = await LabProcess.StartAsync("one-in-twenty");
        var result = await Tool.RunAsync("curl",
        [
            "-sS", "-Z", "--parallel-max", "20", "--proxy", lab.Gateway, "--cacert", lab.RootCertificate, "-H", Email, "-H", "Connection: close",
            "-o", "/dev/null", "-w", "%{http_code} %{num_connects} %header{x-autodv2-error}\n", lab.DetectUrl + "?services=office365&phone=[1-200]",
        ]);

        Assert.True(result.ExitCode == 0, result.Error);
        var answers = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd()).CountBy(line => line).ToDictionary(StringComparer.Ordinal);
        Assert.Equal(new Dictionary<string, int> { ["200 1"] = 10, ["200 1 " + Missing] = 190 }, answers);
    }

    [Fact]
    public async Task A_spike_of_hey_with_new_connections_is_counted_exactly_by_the_lab()
    {
        await using var lab = await LabProcess.StartAsync("one-in-twenty", "--metrics-port", "0");
        var result = await Tool.RunAsync("hey",
        [
            "-n", "400", "-c", "40", "-disable-keepalive", "-x", lab.Gateway, "-H", Email, lab.DetectUrl + "?services=office365",
        ]);

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains("[200]\t400 responses", result.Output, StringComparison.Ordinal);
        var metrics = (await Tool.RunAsync("curl", ["-s", lab.Ready.GetProperty("metricsUrl").GetString()!])).Output;
        Assert.Equal((20, 380), (Detections(metrics, ""), Detections(metrics, Missing)));
    }

    private static int Detections(string metrics, string code) =>
        Counter().Matches(metrics).Where(match => match.Groups["code"].Value == code).Sum(match => int.Parse(match.Groups["count"].ValueSpan, CultureInfo.InvariantCulture));

    [GeneratedRegex("^autodetectsim_detections_total\\{(?:[^}]*error_type=\"(?<code>[^\"]*)\")?[^}]*\\} (?<count>[0-9]+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Counter();
}

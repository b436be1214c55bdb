
using AutoDetectSim.FunctionalTests.Support;

namespace AutoDetectSim.FunctionalTests.Pages;

/// <summary>Reports of several worlds, written once by the command.</summary>
public sealed class ReportFiles : IAsyncLifetime
{
    private const string ManyNodes = "{ loadBalancers: { perimeter: { nodes: [{ name: \"ex{001..080}\" }, { name: \"ex{081..090}\", present: missingIntermediate }, { name: ex091, present: expiredLeaf }, { name: ex092, fault: reset }] } } }";

    /// <summary>Names that would be markup anywhere else.</summary>
    private const string Hostile = """
        authorities:
          root: { subject: 'CN=<img src=x onerror=alert(1)>, O="><script>alert(2)</script>"', trusted: true }
          issuing: { subject: "CN=`code` | # <b>bold</b> [link](http://example.com), O=_x_", issuer: root, aiaUrl: "http://aia.example.com/%3Cscript%3E.cer" }
        loadBalancers: { perimeter: { nodes: [{ name: ex01 }, { name: ex02, present: missingIntermediate }] } }
        """;

    private readonly TemporaryFolder _directory = new();

    /// <summary>The names of the pages.</summary>
    public static IReadOnlyList<string> Names { get; } = ["detect", "detect-fixed", "check", "healthy", "unreachable", "many", "hostile"];

    /// <summary>The file of a report.</summary>
    public string this[string name, string extension = "html"] => Path.Combine(_directory.Path, $"{name}.{extension}");

    public async ValueTask InitializeAsync()
    {
        foreach (var extension in (string[])["html", "md", "json"])
        {
            await DetectAsync("detect", extension, "one-in-twenty.yaml", "--attempts", "100");
            await CheckAsync("check", extension, Tool.Scenario("one-in-twenty.yaml"));
        }

        await DetectAsync("detect-fixed", "html", "one-in-twenty.yaml", "--attempts", "20", "--fix", "all");
        await CheckAsync("healthy", "html", Tool.Scenario("healthy.yaml"));
        await CheckAsync("unreachable", "html", Tool.Scenario("network/no-autodiscover-record.yaml"));
        await CheckAsync("many", "html", _directory.Write("many.yaml", ManyNodes));
        var hostile = _directory.Write("hostile.yaml", Hostile);
        await CheckAsync("hostile", "html", hostile);
        await CheckAsync("hostile", "md", hostile);
    }

    public ValueTask DisposeAsync()
    {
        _directory.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task DetectAsync(string name, string extension, string scenario, params string[] options) =>
        await RunAsync(name, extension, ["detect", "your@contoso.com", "--scenario", Tool.Scenario(scenario), .. options]);

    private async Task CheckAsync(string name, string extension, string scenario) =>
        await RunAsync(name, extension, ["check", "autodiscover.contoso.com", "--email", "your@contoso.com", "--scenario", scenario]);

    private async Task RunAsync(string name, string extension, string[] arguments)
    {
        var result = await InProcessCommand.RunAsync([.. arguments, "--report", this[name, extension]]);
        Assert.True(File.Exists(this[name, extension]), result.ToString());
    }
}

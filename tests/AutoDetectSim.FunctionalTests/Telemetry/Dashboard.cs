using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace AutoDetectSim.FunctionalTests.Telemetry;

/// <summary>The stand-alone Aspire dashboard: a collector that can be asked what it got.</summary>
internal sealed partial class Dashboard : IAsyncDisposable
{
    private readonly ServerProcess _process;
    private readonly HttpClient _client;

    private Dashboard(ServerProcess process, IReadOnlyDictionary<string, string> urls)
    {
        _process = process;
        _client = new HttpClient { BaseAddress = new Uri(urls["Dashboard"]) };
        Grpc = urls["OTLP/gRPC"];
        Http = urls["OTLP/HTTP"];
    }

    public string Grpc { get; }

    public string Http { get; }

    public static async Task<Dashboard> StartAsync()
    {
        var program = typeof(Dashboard).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "Dashboard").Value!;
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists(program), "The dashboard is there for Linux on x64 only.");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(program, File.GetUnixFileMode(program) | UnixFileMode.UserExecute);
        }

        var urls = new Dictionary<string, string>(StringComparer.Ordinal);
        var process = await ServerProcess.StartAsync(
            "env",
            [
                "ASPNETCORE_URLS=http://127.0.0.1:0", "ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL=http://127.0.0.1:0", "ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL=http://127.0.0.1:0",
                "ASPIRE_DASHBOARD_UNSECURED_ALLOW_ANONYMOUS=true", program,
            ],
            saysOnStandardOutput: true,
            line =>
            {
                if (Address().Match(line) is { Success: true } match)
                {
                    urls[match.Groups["what"].Value] = match.Groups["url"].Value;
                }

                return urls.Count == 3;
            });
        return new Dashboard(process, urls);
    }

    /// <summary>All spans that it got.</summary>
    public async Task<IReadOnlyList<JsonElement>> SpansAsync()
    {
        using var document = JsonDocument.Parse(await _client.GetStringAsync("/api/telemetry/spans?limit=5000", TestContext.Current.CancellationToken));
        return
        [
            .. document.RootElement.GetProperty("data").GetProperty("resourceSpans").EnumerateArray()
                .SelectMany(resource => resource.GetProperty("scopeSpans").EnumerateArray())
                .SelectMany(scope => scope.GetProperty("spans").EnumerateArray())
                .Select(span => span.Clone()),
        ];
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return _process.DisposeAsync();
    }

    [GeneratedRegex(@"^\s*-\s*(?<what>Dashboard|OTLP/gRPC|OTLP/HTTP):\s*(?<url>http://127\.0\.0\.1:[1-9][0-9]*)")]
    private static partial Regex Address();
}

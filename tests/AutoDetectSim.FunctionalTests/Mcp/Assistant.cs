using System.Collections.Concurrent;
using System.Text.Json;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace AutoDetectSim.FunctionalTests.Mcp;

/// <summary>An assistant: the client of the protocol's own SDK, with <c>autodetectsim mcp</c> as the server that it starts.</summary>
internal sealed class Assistant : IAsyncDisposable
{
    private readonly McpClient _client;
    private readonly ConcurrentQueue<string> _errors;

    private Assistant(McpClient client, ConcurrentQueue<string> errors)
    {
        _client = client;
        _errors = errors;
    }

    /// <summary>What the server wrote to standard error.</summary>
    public IReadOnlyCollection<string> Errors => _errors;

    public static async Task<Assistant> StartAsync(params string[] options)
    {
        var errors = new ConcurrentQueue<string>();
        var transport = new StdioClientTransport(new StdioClientTransportOptions
        {
            Name = "autodetectsim",
            Command = "dotnet",
            Arguments = [AutoDetectSim.Tests.Common.Tool.CommandAssembly, "mcp", .. options],
            StandardErrorLines = errors.Enqueue,
            ShutdownTimeout = TimeSpan.FromSeconds(20),
        });
        return new Assistant(await McpClient.CreateAsync(transport, cancellationToken: TestContext.Current.CancellationToken), errors);
    }

    public async Task<IReadOnlyList<ModelContextProtocol.Protocol.Tool>> ToolsAsync() =>
        [.. (await _client.ListToolsAsync(cancellationToken: TestContext.Current.CancellationToken)).Select(tool => tool.ProtocolTool)];

    /// <summary>The text that a tool answers.</summary>
    public async Task<string> TextAsync(string tool, object? arguments = null)
    {
        var result = await CallAsync(tool, arguments);
        Assert.False(result.IsError is true, TextOf(result));
        return TextOf(result);
    }

    /// <summary>The document that a tool answers.</summary>
    public async Task<JsonElement> DocumentAsync(string tool, object? arguments = null)
    {
        using var document = JsonDocument.Parse(await TextAsync(tool, arguments));
        return document.RootElement.Clone();
    }

    /// <summary>The sentence with which a tool refuses.</summary>
    public async Task<string> ProblemAsync(string tool, object? arguments = null)
    {
        var result = await CallAsync(tool, arguments);
        var text = TextOf(result);
        Assert.True(result.IsError is true, text);
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", text, StringComparison.Ordinal);
        return text;
    }

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    private static string TextOf(CallToolResult result) => Assert.IsType<TextContentBlock>(Assert.Single(result.Content)).Text;

    private async Task<CallToolResult> CallAsync(string tool, object? arguments)
    {
        var given = JsonSerializer.SerializeToElement(arguments ?? new { }).EnumerateObject().ToDictionary(member => member.Name, member => (object?)member.Value.Clone());
        return await _client.CallToolAsync(tool, given, cancellationToken: TestContext.Current.CancellationToken);
    }
}

using System.Text.Json;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace AutoDetectSim.Cli.Mcp.Protocol;

/// <summary>A tool as the protocol knows it. Whatever goes wrong is a sentence in the answer.</summary>
internal sealed class LabTool : McpServerTool
{
    private readonly ToolDefinition _definition;
    private readonly SemaphoreSlim _turns;

    /// <param name="definition">The tool.</param>
    /// <param name="turns">Limits how many calls are answered at a time.</param>
    public LabTool(ToolDefinition definition, SemaphoreSlim turns)
    {
        _definition = definition;
        _turns = turns;
        ProtocolTool = new Tool
        {
            Name = definition.Name,
            Title = definition.Title,
            Description = definition.Description,
            InputSchema = ToolSchema.Of(definition.Parameters),
            Annotations = new ToolAnnotations
            {
                Title = definition.Title,
                ReadOnlyHint = definition.Effect == ToolEffect.Reads,
                DestructiveHint = definition.Effect == ToolEffect.Replaces,
                IdempotentHint = definition.IsIdempotent || definition.Effect == ToolEffect.Reads,
                OpenWorldHint = definition.IsOpenWorld,
            },
        };
    }

    public override Tool ProtocolTool { get; }

    public override IReadOnlyList<object> Metadata => [];

    public override async ValueTask<CallToolResult> InvokeAsync(RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken = default)
    {
        await _turns.WaitAsync(cancellationToken);
        try
        {
            var arguments = ToolArguments.Read(_definition.Parameters, request.Params?.Arguments ?? new Dictionary<string, JsonElement>(StringComparer.Ordinal));
            return new CallToolResult { Content = [new TextContentBlock { Text = await _definition.RunAsync(arguments, cancellationToken) }] };
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            return new CallToolResult { IsError = true, Content = [new TextContentBlock { Text = ToolProblem.Of(exception) }] };
        }
        finally
        {
            _turns.Release();
        }
    }
}

using System.Reflection;
using AutoDetectSim.Cli.Mcp.Protocol;
using AutoDetectSim.Cli.Mcp.Tools;
using AutoDetectSim.Cli.Output;
using AutoDetectSim.Documents.Files;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace AutoDetectSim.Cli.Mcp;

/// <summary>Serves the tools on standard input and output until the input ends, then stops every lab.</summary>
internal static class McpServing
{
    private const string Name = "autodetectsim";

    private const string Instructions =
        "AutoDetectSim reproduces, on this computer's loopback, what happens when Outlook Mobile's AutoDetect looks for a customer's Exchange servers. "
        + "Find a scenario by the symptom (list_scenarios), or make one from the customer's own output (capture_evidence); start it (start_lab); "
        + "call AutoDetect many times (detect); examine its hosts node by node (check_host); find the fewest changes that help (propose_fix); "
        + "make them (change_lab) and detect again. Results of a lab are a reproduction: they say nothing about the customer's servers as they are now.";

    /// <summary>Serves.</summary>
    /// <param name="real">Whether real hosts may be checked.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InputException">Standard input is closed.</exception>
    public static async Task<int> RunAsync(RealHosts real, CancellationToken cancellationToken)
    {
        if (StandardInput.IsClosed)
        {
            throw new InputException(StandardInput.Closed);
        }

        // Standard output carries the protocol alone: what anything else might write goes to standard error.
        await using var output = Console.OpenStandardOutput();
        await using var input = new LineLimitStream(Console.OpenStandardInput());
        Console.SetOut(Console.Error);
        await using var labs = new LabShelf();
        await using var transport = new StreamServerTransport(input, output, Name);
        await using var server = McpServer.Create(transport, OptionsOf(labs, real));
        try
        {
            await server.RunAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // A signal ends the server as the end of the input does.
        }

        if (input.IsRefused)
        {
            throw new InputException(LineLimitStream.Refusal);
        }

        return ExitCodes.Success;
    }

    private static McpServerOptions OptionsOf(LabShelf labs, RealHosts real)
    {
        var turns = new SemaphoreSlim(Environment.ProcessorCount);
        var tools = new McpServerPrimitiveCollection<McpServerTool>();
        foreach (var tool in ToolBox.All(labs, real))
        {
            tools.Add(new LabTool(tool, turns));
        }

        return new McpServerOptions
        {
            ServerInfo = new Implementation
            {
                Name = Name,
                Title = "AutoDetectSim",
                Version = typeof(McpServing).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0",
            },
            ServerInstructions = Instructions,
            ToolCollection = tools,
        };
    }
}

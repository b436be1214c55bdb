using System.CommandLine;

namespace AutoDetectSim.Cli.Mcp;

/// <summary><c>mcp</c>: offers labs and diagnosis to an assistant, over the Model Context Protocol on standard input and output.</summary>
internal static class McpCommand
{
    public static Command Create()
    {
        var live = new Option<bool>("--live") { Description = "Also allow check_host to connect to real hosts. Without this option nothing outside a lab is contacted." };
        var ca = new Option<FileInfo?>("--ca") { Description = "With --live: PEM file of the roots that clients trust. Default: this computer's CA bundle file." };
        var command = new Command("mcp", "Serve labs and diagnosis to an assistant over the Model Context Protocol, on standard input and output, until the input ends. docs/mcp.md lists the tools.") { live, ca };
        command.Validators.Add(result =>
        {
            if (result.GetResult(ca) is not null && !result.GetValue(live))
            {
                result.AddError("--ca requires --live: clients of a lab trust its own roots.");
            }
        });

        // The library of the protocol is loaded with McpServing, that is only when the command runs.
        command.SetAction((parsed, cancellationToken) => McpServing.RunAsync(RealHosts.Of(parsed.GetValue(live), parsed.GetValue(ca)), cancellationToken));
        return command;
    }
}

using AutoDetectSim.Cli.Output;
using AutoDetectSim.Control;
using AutoDetectSim.Diagnosis.Explaining;
using AutoDetectSim.Documents.Files;
using AutoDetectSim.Scenarios;
using AutoDetectSim.Scenarios.Changes;

namespace AutoDetectSim.Cli.Mcp.Protocol;

/// <summary>What went wrong in a call, as the assistant reads it.</summary>
internal static class ToolProblem
{
    public static string Of(Exception exception) => exception switch
    {
        InputException or ControlException or UnreadableHeaderException or ScenarioChangeException or UnreachableException or OutputFileException => EscapedText.Of(exception.Message),
        ScenarioException => EscapedText.Of("The scenario cannot be run: " + exception.Message),
        LabStartException => EscapedText.Of("The lab could not start: " + (FileLimit.Explain(exception) ?? exception.Message)),
        _ => Program.Unexpected(exception),
    };
}

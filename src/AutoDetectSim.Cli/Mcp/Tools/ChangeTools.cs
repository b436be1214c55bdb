using System.Globalization;
using AutoDetectSim.Cli.Mcp.Protocol;
using AutoDetectSim.Cli.Output;
using AutoDetectSim.Control;
using AutoDetectSim.Documents;
using AutoDetectSim.Scenarios.Changes;

namespace AutoDetectSim.Cli.Mcp.Tools;

/// <summary>Changes a lab while it runs, and takes changes back.</summary>
/// <param name="labs">The labs.</param>
internal sealed class ChangeTools(LabShelf labs)
{
    public IReadOnlyList<ToolDefinition> All =>
    [
        new(
            "change_lab",
            "Change a lab",
            "Makes changes to a running lab, in order, and returns its state. One line each: the part, a colon, the change. Examples: \"perimeter/ex{02..20}: present complete\", \"perimeter/ex03: up false\", \"certificates/mail: renew\". A change that is not valid is refused, and those before it stay made.",
            ToolEffect.Replaces,
            [ToolBox.LabParameter, new ToolParameter("changes", ParameterKind.TextList, "Changes, one line each.") { IsRequired = true }],
            ChangeAsync),
        new("undo_change", "Undo the last change", "Undoes the last change to a lab, and returns which one it was.", ToolEffect.Replaces, [ToolBox.LabParameter], UndoAsync),
        new("reset_lab", "Reset a lab", "Restores the scenario that a lab was started with, as if it had been started now, and returns its state.", ToolEffect.Replaces, [ToolBox.LabParameter], ResetAsync) { IsIdempotent = true },
    ];

    private static string StateOf(Lab lab) => ReadableJson.Text(new LabApi(lab).State(), LabApiJson.Default.LabState);

    private async Task<string> ChangeAsync(ToolArguments arguments, CancellationToken cancellationToken)
    {
        var lab = labs.Find(arguments.Text("lab"));
        var made = 0;
        try
        {
            foreach (var change in arguments.List("changes")!)
            {
                FilelessScenario.Check(change);
                await lab.Control.ChangeAsync(change, cancellationToken);
                made++;
            }
        }
        catch (Exception exception) when (made > 0 && exception is InputException or ScenarioChangeException)
        {
            throw new InputException(string.Create(CultureInfo.InvariantCulture, $"{exception.Message}{Environment.NewLine}The first {made} of {arguments.List("changes")!.Count} changes were made; undo_change undoes them one by one."));
        }

        return StateOf(lab);
    }

    private async Task<string> UndoAsync(ToolArguments arguments, CancellationToken cancellationToken)
    {
        var undone = await labs.Find(arguments.Text("lab")).Control.UndoAsync(cancellationToken);
        return ReadableJson.Text(new MadeChange(undone.At, undone.Sentence), LabApiJson.Default.MadeChange);
    }

    private async Task<string> ResetAsync(ToolArguments arguments, CancellationToken cancellationToken)
    {
        var lab = labs.Find(arguments.Text("lab"));
        await lab.ResetAsync(cancellationToken);
        return StateOf(lab);
    }
}

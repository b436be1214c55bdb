using System.Text.Json.Serialization;
using AutoDetectSim.Cli.Mcp.Protocol;
using AutoDetectSim.Cli.Output;
using AutoDetectSim.Control;
using AutoDetectSim.Documents;
using AutoDetectSim.Scenarios;
using AutoDetectSim.Web.Api;

namespace AutoDetectSim.Cli.Mcp.Tools;

/// <summary>Starts, lists and stops labs, and reads what they remember.</summary>
/// <param name="labs">The labs.</param>
internal sealed class LabTools(LabShelf labs)
{
    private const int FewEntries = 50;
    private const string Detections = "detections";
    private const string Connections = "connections";

    public IReadOnlyList<ToolDefinition> All =>
    [
        new(
            "start_lab",
            "Start a lab",
            $"Starts a lab from a scenario of the library (`scenario`) or from the text of one (`yaml`), and returns its name and state. At most {LabShelf.MostLabs} labs run at a time; all stop when this server ends. A text that is not valid is refused with every problem at its line and column.",
            ToolEffect.Adds,
            [
                new ToolParameter("scenario", ParameterKind.Text, "Name or id of a scenario of the library, for example one-in-twenty."),
                new ToolParameter("yaml", ParameterKind.Text, "Text of a scenario, which cannot name files: no mappings, file or keyFile.") { MaximumLength = Limits.LongText },
            ],
            StartAsync),
        new("list_labs", "List labs", "Lists the labs that run, with their state.", ToolEffect.Reads, [], (_, _) => Task.FromResult(ReadableJson.Text([.. labs.All.Select(EntryOf)], McpJson.Default.LabEntryArray))),
        new(
            "show_lab",
            "Show a lab",
            "Shows the scenario of a lab as YAML, with every change made since it started.",
            ToolEffect.Reads,
            [ToolBox.LabParameter],
            (arguments, _) => Task.FromResult(ScenarioWriter.Write(labs.Find(arguments.Text("lab")).Scenario))),
        new("stop_lab", "Stop a lab", "Stops a lab.", ToolEffect.Replaces, [ToolBox.LabParameter with { IsRequired = true, Description = "Name of a lab, as start_lab returned it." }], StopAsync),
        new(
            "read_journal",
            "Read a lab's journal",
            "Lists what a lab remembers, the oldest first: the detections with their result and the nodes that each met, or the connections with node, presented certificates, handshake failure and requests.",
            ToolEffect.Reads,
            [
                ToolBox.LabParameter,
                new ToolParameter("entries", ParameterKind.Text, $"What to list. Default: {Detections}.") { Words = [Detections, Connections] },
                new ToolParameter("after", ParameterKind.WholeNumber, "Number of the last entry that is already known.") { Minimum = 0, Default = 0 },
                new ToolParameter("limit", ParameterKind.WholeNumber, "Number of entries to list.") { Minimum = 1, Maximum = 1000, Default = FewEntries },
            ],
            (arguments, _) => Task.FromResult(Read(arguments))),
    ];

    private static LabEntry EntryOf((string Name, Lab Lab) entry) => new(entry.Name, new LabApi(entry.Lab).State());

    private async Task<string> StartAsync(ToolArguments arguments, CancellationToken cancellationToken)
    {
        var scenario = (arguments.Text("scenario"), arguments.Text("yaml")) switch
        {
            ({ } name, null) => FilelessScenario.OfLibrary(name),
            (null, { } yaml) => FilelessScenario.Parse(yaml),
            _ => throw new InputException("Give either `scenario` or `yaml`."),
        };
        return ReadableJson.Text(EntryOf(await labs.StartAsync(scenario, cancellationToken)), McpJson.Default.LabEntry);
    }

    private async Task<string> StopAsync(ToolArguments arguments, CancellationToken cancellationToken)
    {
        var name = arguments.Required("lab");
        await labs.StopAsync(name);
        return $"{name} has stopped.";
    }

    private string Read(ToolArguments arguments)
    {
        var lab = labs.Find(arguments.Text("lab"));
        var (after, limit) = (arguments.Number("after") ?? 0, arguments.Number("limit") ?? FewEntries);
        return arguments.Text("entries") == Connections
            ? ReadableJson.Text([.. lab.Network.Journal.After(after).Take(limit).Select(LabApi.StateOf)], LabApiJson.Default.IReadOnlyListConnectionState)
            : ReadableJson.Text([.. JournalApi.DetectionsOf(lab, after).Take(limit)], JournalJson.Default.IReadOnlyListDetectionState);
    }
}

/// <summary>A lab that runs for an assistant. Members are added, never renamed.</summary>
/// <param name="Lab">The name by which other tools take it.</param>
/// <param name="State">The same as <c>change --json</c>.</param>
internal sealed record LabEntry(string Lab, LabState State);

/// <summary>Source-generated JSON of the tools' own documents.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(LabEntry))]
[JsonSerializable(typeof(LabEntry[]))]
internal sealed partial class McpJson : JsonSerializerContext;

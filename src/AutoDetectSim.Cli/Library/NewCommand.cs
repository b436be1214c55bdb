using System.CommandLine;
using System.Globalization;
using System.Text.Json.Serialization;
using AutoDetectSim.Cli.Output;
using AutoDetectSim.Documents;
using AutoDetectSim.Scenarios.Library;

namespace AutoDetectSim.Cli.Library;

/// <summary><c>new [TEMPLATE]</c>: lists templates by topology, or writes a scenario from one.</summary>
internal static class NewCommand
{
    private const int MostNodes = 10_000;

    public static Command Create()
    {
        var name = new Argument<string?>("TEMPLATE") { Description = "Name of a template. Default: lists all.", Arity = ArgumentArity.ZeroOrOne };
        var output = new Option<FileInfo?>("--output", "-o") { Description = "Scenario file to write. Default: standard output." };
        var domain = new Option<string?>("--domain") { Description = $"Domain of the customer. Default: {ScenarioTemplates.Domain}." };
        var nodes = CheckedOption.OptionalWholeNumber("--nodes", "Number of servers (1 to 10,000). Default: as many as the template has.", 1, MostNodes);
        var json = new Option<bool>("--json") { Description = "List as a JSON document on standard output." };
        var force = Outputs.Force();
        var command = new Command("new", "Start a scenario from a template: a healthy world of a common topology, with a comment on each part.") { name, output, domain, nodes, json, force };
        command.Validators.Add(result =>
        {
            if (result.GetValue(name) is null ? result.GetResult(output) is not null || result.GetResult(domain) is not null || result.GetResult(nodes) is not null : result.GetValue(json))
            {
                result.AddError(result.GetValue(name) is null ? "Give a TEMPLATE; without one, the templates are listed." : "--json lists the templates: it cannot be combined with TEMPLATE.");
            }
        });
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(name) is not { } wanted)
            {
                List(parsed.GetValue(json), parsed.InvocationConfiguration.Output);
                return ExitCodes.Success;
            }

            var text = TextOf(wanted, parsed.GetValue(domain), parsed.GetValue(nodes));
            if (Outputs.Claim(parsed.GetValue(output), Outputs.Scenario, parsed.GetValue(force)) is { } file)
            {
                file.Write(text);
                HumanConsole.Create().Prose($"Written: {file.Path}. Next: autodetectsim lint FILE, autodetectsim test FILE, autodetectsim console FILE.");
            }
            else
            {
                parsed.InvocationConfiguration.Output.Write(text);
            }

            return ExitCodes.Success;
        });
        return command;
    }

    private static string TextOf(string name, string? domain, int? nodes)
    {
        if (ScenarioTemplates.Find(name) is not { } template)
        {
            var nearest = NearestName.Find(name, ScenarioTemplates.All.Select(one => one.Name));
            throw new InputException($"No template is named '{name}'; {(nearest is null ? $"choose from: {string.Join(", ", ScenarioTemplates.All.Select(one => one.Name))}." : $"did you mean '{nearest}'?")}");
        }

        try
        {
            return ScenarioTemplates.Text(template, domain, nodes);
        }
        catch (FormatException exception)
        {
            throw new InputException(exception.Message);
        }
    }

    private static void List(bool asJson, TextWriter output)
    {
        if (asJson)
        {
            output.WriteLine(ReadableJson.Text([.. ScenarioTemplates.All], TemplatesJson.Default.ScenarioTemplateArray));
            return;
        }

        var table = new ReportTable("Template", "Topology", "Servers");
        foreach (var template in ScenarioTemplates.All)
        {
            table.Add(template.Name, template.Title, (template.Nodes ?? 1).ToString(CultureInfo.InvariantCulture));
        }

        table.WriteTo(HumanConsole.Create());
    }
}

/// <summary>Source-generated JSON of the list of templates.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(ScenarioTemplate[]))]
internal sealed partial class TemplatesJson : JsonSerializerContext;

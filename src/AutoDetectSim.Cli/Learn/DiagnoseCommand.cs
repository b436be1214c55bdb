using System.CommandLine;
using AutoDetectSim.Cli.Output;
using AutoDetectSim.Documents;
using AutoDetectSim.Scenarios;
using AutoDetectSim.Training.Cases;
using AutoDetectSim.Training.Progress;
using IAnsiConsole = Spectre.Console.IAnsiConsole;

namespace AutoDetectSim.Cli.Learn;

/// <summary><c>learn diagnose</c>: grades a diagnosis; <c>learn faults</c>: lists the names of faults.</summary>
internal static class DiagnoseCommand
{
    public static Command Create()
    {
        var host = new Option<string?>("--host") { Description = "Host name at which the fault shows." };
        var nodes = new Option<string[]>("--nodes")
        {
            Description = "Faulty nodes: names, ranges (ex{02..20}, or 'EX02 to EX20' as reports print them), patterns (ex*), a load balancer (all its nodes), or all.",
            AllowMultipleArgumentsPerToken = true,
        };
        var fault = new Option<string?>("--fault") { Description = "Fault, as listed by learn faults or as check prints it." };
        var layer = new Option<string?>("--layer") { Description = $"Layer of the fault: {string.Join(", ", CamelCase<FaultLayer>.All.SkipLast(1))}, or {CamelCase<FaultLayer>.All[^1]}.", HelpName = "layer" };
        layer.AcceptOnlyFromAmong([.. CamelCase<FaultLayer>.All]);
        var certificate = new Option<string?>("--certificate") { Description = "Missing or wrong certificate: its common name, its subject, or its name in the lab." };
        var command = new Command("diagnose", "Submit a diagnosis, and show which parts are correct. Exit code 0 if all are.") { host, nodes, fault, layer, certificate };
        command.SetAction((parsed, cancellationToken) => LearnOptions.WithSessionAsync(parsed, async client =>
        {
            var diagnosis = new TraineeDiagnosis
            {
                Host = parsed.GetValue(host),
                Nodes = parsed.GetValue(nodes) is { Length: > 0 } named ? string.Join(',', named) : null,
                Fault = parsed.GetValue(fault),
                Layer = parsed.GetValue(layer) is { } word ? Enum.Parse<FaultLayer>(word, ignoreCase: true) : null,
                Certificate = parsed.GetValue(certificate),
            };
            var result = await client.PostAsync(SessionApi.DiagnosePath, diagnosis, LearnJson.Default.TraineeDiagnosis, LearnJson.Default.DiagnosisResult, cancellationToken);
            return SessionCommands.Say(
                parsed,
                result,
                LearnJson.Default.DiagnosisResult,
                writer =>
                {
                    foreach (var sentence in result.Sentences)
                    {
                        writer.WriteLine(sentence);
                    }
                },
                result.IsRight);
        }));
        return command;
    }

    public static Command Words()
    {
        var command = new Command("faults", "List the names of faults, by layer.");
        command.SetAction(parsed => SessionCommands.Say(
            parsed,
            FaultCatalogue.Words.ToDictionary(word => word, FaultCatalogue.MeaningOf, StringComparer.Ordinal),
            LearnJson.Default.DictionaryStringString,
            _ => Write(HumanConsole.Create()),
            isYes: true));
        return command;
    }

    private static void Write(IAnsiConsole console)
    {
        foreach (var layer in Enum.GetValues<FaultLayer>())
        {
            console.Heading(CamelCase<FaultLayer>.Of(layer));
            var table = new ReportTable("Fault", "Meaning", "Other layers");
            foreach (var word in FaultCatalogue.Words.Where(word => FaultCatalogue.LayersOf(word)[0] == layer))
            {
                var seen = CheckVocabulary.NameOf(word) is { } name ? $" (check: {name})" : string.Empty;
                table.Add(word, FaultCatalogue.MeaningOf(word) + seen, string.Join(", ", FaultCatalogue.LayersOf(word).Skip(1).Select(CamelCase<FaultLayer>.Of)));
            }

            table.WriteTo(console);
        }
    }
}

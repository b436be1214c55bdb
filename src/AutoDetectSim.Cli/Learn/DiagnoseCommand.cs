using System.CommandLine;
using AutoDetectSim.Documents;
using AutoDetectSim.Scenarios;
using AutoDetectSim.Training.Cases;
using AutoDetectSim.Training.Progress;

namespace AutoDetectSim.Cli.Learn;

/// <summary><c>learn diagnose</c>: grades a diagnosis; <c>learn faults</c>: lists the names of faults.</summary>
internal static class DiagnoseCommand
{
    public static Command Create()
    {
        var host = new Option<string?>("--host") { Description = "Host name at which the fault shows." };
        var nodes = new Option<string[]>("--nodes")
        {
            Description = "Faulty nodes: names, ranges (ex{02..20}, or 'EX02 to EX20' as check prints it), patterns (ex*), a load balancer (all its nodes), or all.",
            AllowMultipleArgumentsPerToken = true,
        };
        var fault = new Option<string?>("--fault") { Description = "Fault, as listed by learn faults." };
        var layer = new Option<string?>("--layer") { Description = "Layer of the fault." };
        layer.AcceptOnlyFromAmong([.. CamelCase<FaultLayer>.All]);
        var certificate = new Option<string?>("--certificate") { Description = "Missing or wrong certificate: its common name, its subject, or its name in the lab." };
        var command = new Command("diagnose", "Submit a diagnosis, and show which parts are correct. Exit code 0 if all are.") { host, nodes, fault, layer, certificate };
        command.SetAction((parsed, cancellationToken) => LearnOptions.WithSessionAsync(parsed, async client =>
        {
            var diagnosis = new TraineeDiagnosis
            {
                Host = parsed.GetValue(host),
                Nodes = parsed.GetValue(nodes) is { Length: > 0 } named ? string.Join(',', named).Replace(",to,", " to ", StringComparison.OrdinalIgnoreCase) : null,
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
        command.SetAction(parsed =>
        {
            var list = new FaultList([.. FaultCatalogue.Words.Select(word => new FaultWord(word, FaultCatalogue.MeaningOf(word), [.. FaultCatalogue.LayersOf(word).Select(CamelCase<FaultLayer>.Of)]))]);
            return SessionCommands.Say(parsed, list, LearnJson.Default.FaultList, writer => Write(list, writer), isYes: true);
        });
        return command;
    }

    private static void Write(FaultList list, TextWriter writer)
    {
        foreach (var layer in Enum.GetValues<FaultLayer>().Select(CamelCase<FaultLayer>.Of))
        {
            writer.WriteLine($"{layer}:");
            foreach (var fault in list.Faults.Where(fault => fault.Layers[0] == layer))
            {
                var others = fault.Layers.Skip(1).ToList();
                writer.WriteLine($"  {fault.Fault,-28} {fault.Meaning}{(others.Count == 0 ? string.Empty : $" (also {string.Join(", ", others)})")}");
            }
        }
    }
}

/// <summary>All faults. Its JSON form is a contract: members are added, never renamed.</summary>
internal sealed record FaultList(IReadOnlyList<FaultWord> Faults);

/// <summary>One fault.</summary>
/// <param name="Fault">Its word.</param>
/// <param name="Meaning">What it means.</param>
/// <param name="Layers">The layers that it can be in, the most common one first.</param>
internal sealed record FaultWord(string Fault, string Meaning, IReadOnlyList<string> Layers);

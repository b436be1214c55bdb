using System.CommandLine;
using AutoDetectSim.Documents;
using AutoDetectSim.Scenarios;
using AutoDetectSim.Training.Cases;
using AutoDetectSim.Training.Progress;
using AutoDetectSim.Training.Sessions;

namespace AutoDetectSim.Cli.Learn;

/// <summary><c>learn diagnose</c>: says what is wrong, and <c>learn faults</c>: the words for it.</summary>
internal static class DiagnoseCommand
{
    public static Command Create()
    {
        var host = new Option<string?>("--host") { Description = "The host name at which the fault shows." };
        var nodes = new Option<string[]>("--nodes")
        {
            Description = "The nodes that have it: names, ranges (ex{02..20}), patterns (ex*), a load balancer for all of its nodes, or all.",
            AllowMultipleArgumentsPerToken = true,
        };
        var fault = new Option<string?>("--fault") { Description = "The word for it: learn faults shows all." };
        var layer = new Option<string?>("--layer") { Description = "The part of the world that it is in." };
        layer.AcceptOnlyFromAmong([.. CamelCase<FaultLayer>.All]);
        var certificate = new Option<string?>("--certificate") { Description = "The certificate that is missing or wrong, by its common name, its subject, or its name in the lab." };
        var command = new Command("diagnose", "Says what is wrong. You are told which of it is right; exit code 0 if all of it is.") { host, nodes, fault, layer, certificate };
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
        var command = new Command("faults", "Lists the words for what can be wrong.");
        command.SetAction(parsed =>
        {
            var words = FaultCatalogue.Words.ToDictionary(word => word, FaultCatalogue.MeaningOf, StringComparer.Ordinal);
            return SessionCommands.Say(
                parsed,
                words,
                LearnJson.Default.DictionaryStringString,
                writer =>
                {
                    foreach (var (word, meaning) in words)
                    {
                        writer.WriteLine($"{word,-28} {meaning}");
                    }
                },
                isYes: true);
        });
        return command;
    }
}

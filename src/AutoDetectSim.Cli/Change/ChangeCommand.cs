using System.CommandLine;
using AutoDetectSim.Cli.Output;
using AutoDetectSim.Cli.Run;
using AutoDetectSim.Control;
using AutoDetectSim.Documents;

namespace AutoDetectSim.Cli.Change;

/// <summary><c>change "LINE".. --lab FILE</c>: changes a lab that runs in another process.</summary>
internal static class ChangeCommand
{
    public static Command Create()
    {
        var changes = new Argument<string[]>("CHANGE")
        {
            Description = "One change per argument, for example \"perimeter/ex03: present complete\"; several are applied in order.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var lab = new Option<FileInfo>("--lab") { Description = "Ready file of 'run --control --ready-file FILE'.", Required = true };
        var reset = new Option<bool>("--reset") { Description = "Restore the scenario that the lab was started with, before any changes." };
        var undo = new Option<bool>("--undo") { Description = "Undo the last change, before any changes." };
        var show = new Option<bool>("--show") { Description = "Resulting scenario as YAML on standard output." };
        var json = new Option<bool>("--json") { Description = "Resulting lab as a JSON document on standard output." };
        var command = new Command("change", "Change a lab that runs in another process. docs/changes.md lists the changes.") { changes, lab, reset, undo, show, json };
        command.Validators.Add(result =>
        {
            if (result.GetValue(changes) is not { Length: > 0 } && !result.GetValue(reset) && !result.GetValue(undo) && !result.GetValue(show) && !result.GetValue(json))
            {
                result.AddError("Give a change, --reset, --undo, --show or --json.");
            }

            if (result.GetValue(reset) && result.GetValue(undo))
            {
                result.AddError("--reset undoes every change: it cannot be combined with --undo.");
            }

            if (result.GetValue(show) && result.GetValue(json))
            {
                result.AddError("--show and --json both write to standard output: give one of them.");
            }
        });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var client = new ControlClient(AccessTo(parsed.GetValue(lab)!));
            try
            {
                if (parsed.GetValue(reset))
                {
                    await client.PostAsync(LabApi.ResetPath, new WantedChange(string.Empty), LabApiJson.Default.WantedChange, LabApiJson.Default.LabState, cancellationToken);
                }

                if (parsed.GetValue(undo))
                {
                    var undone = await client.PostAsync(LabApi.UndoPath, new EmptyRequest(), LabApiJson.Default.EmptyRequest, LabApiJson.Default.MadeChange, cancellationToken);
                    Say(parsed.GetValue(show) || parsed.GetValue(json), undone.Change);
                }

                foreach (var change in parsed.GetValue(changes)!)
                {
                    var made = await client.PostAsync(LabApi.ChangesPath, new WantedChange(change), LabApiJson.Default.WantedChange, LabApiJson.Default.MadeChange, cancellationToken);
                    Say(parsed.GetValue(show) || parsed.GetValue(json), "Changed: " + made.Change);
                }

                if (parsed.GetValue(show))
                {
                    await Console.Out.WriteAsync(await client.GetTextAsync(LabApi.ScenarioPath, cancellationToken));
                }
                else if (parsed.GetValue(json))
                {
                    var state = await client.GetAsync(LabApi.StatePath, LabApiJson.Default.LabState, cancellationToken);
                    await Console.Out.WriteLineAsync(ReadableJson.Text(state, LabApiJson.Default.LabState));
                }
            }
            catch (ControlException exception)
            {
                throw new InputException(exception.Message);
            }
            catch (HttpRequestException exception)
            {
                Notice.WriteLine($"{parsed.GetValue(lab)!.FullName}: the lab no longer answers: {exception.Message}");
                return ExitCodes.CannotStart;
            }

            return ExitCodes.Success;
        });
        return command;
    }

    /// <summary>Writes a line for people: to standard error where standard output has a document.</summary>
    private static void Say(bool isOutputTaken, string line)
    {
        if (isOutputTaken)
        {
            Notice.WriteLine(line);
        }
        else
        {
            HumanConsole.Create().Prose(line);
        }
    }

    /// <summary>How the lab of a ready file is reached.</summary>
    /// <exception cref="InputException">It cannot be changed from outside.</exception>
    public static ControlAccess AccessTo(FileInfo readyFile) =>
        ReadyFile.Read(readyFile).Control is { } access && Uri.TryCreate(access.Url, UriKind.Absolute, out var url) && url.IsLoopback
            ? access
            : throw new InputException($"{readyFile.FullName}: this lab cannot be changed from outside; start it with run --control.");
}

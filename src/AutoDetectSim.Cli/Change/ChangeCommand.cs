using System.CommandLine;
using System.Text.Json;
using AutoDetectSim.Cli.Output;
using AutoDetectSim.Cli.Run;
using AutoDetectSim.Control;

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
        var show = new Option<bool>("--show") { Description = "Resulting scenario as YAML on standard output." };
        var json = new Option<bool>("--json") { Description = "Resulting lab as a JSON document on standard output." };
        var command = new Command("change", "Change a lab that runs in another process. docs/changes.md lists the changes.") { changes, lab, reset, show, json };
        command.Validators.Add(result =>
        {
            if (result.GetValue(changes) is not { Length: > 0 } && !result.GetValue(reset) && !result.GetValue(show) && !result.GetValue(json))
            {
                result.AddError("Give a change, --reset, --show or --json.");
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

                foreach (var change in parsed.GetValue(changes)!)
                {
                    var made = await client.PostAsync(LabApi.ChangesPath, new WantedChange(change), LabApiJson.Default.WantedChange, LabApiJson.Default.MadeChange, cancellationToken);
                    await Console.Error.WriteLineAsync("Changed: " + made.Change);
                }

                if (parsed.GetValue(show))
                {
                    await Console.Out.WriteAsync(await client.GetTextAsync(LabApi.ScenarioPath, cancellationToken));
                }
                else if (parsed.GetValue(json))
                {
                    var state = await client.GetAsync(LabApi.StatePath, LabApiJson.Default.LabState, cancellationToken);
                    await Console.Out.WriteLineAsync(JsonSerializer.Serialize(state, LabApiJson.Default.LabState));
                }
            }
            catch (ControlException exception)
            {
                throw new InputException(exception.Message);
            }
            catch (HttpRequestException exception)
            {
                await Console.Error.WriteLineAsync($"{parsed.GetValue(lab)!.FullName}: the lab no longer answers: {exception.Message}");
                return ExitCodes.CannotStart;
            }

            return ExitCodes.Success;
        });
        return command;
    }

    private static ControlAccess AccessTo(FileInfo readyFile)
    {
        ReadyFile? ready;
        try
        {
            using var file = readyFile.OpenRead();
            ready = JsonSerializer.Deserialize(file, ReadyFileJson.Default.ReadyFile);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new InputException($"{readyFile.FullName}: {(exception is JsonException ? "not a ready file of 'run --ready-file'." : exception.Message)}");
        }

        return ready?.Control is { } access && Uri.TryCreate(access.Url, UriKind.Absolute, out var url) && url.IsLoopback
            ? access
            : throw new InputException($"{readyFile.FullName}: this lab cannot be changed from outside; start it with run --control.");
    }
}

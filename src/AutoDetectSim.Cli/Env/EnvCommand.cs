using System.CommandLine;
using System.Globalization;
using AutoDetectSim.Cli.Output;
using AutoDetectSim.Cli.Run;

namespace AutoDetectSim.Cli.Env;

/// <summary><c>env</c>: prints the lines that make a shell use a running lab.</summary>
internal static class EnvCommand
{
    private const string Name = "env";

    public static Command Create()
    {
        var name = new Argument<string?>("LAB") { Description = "If several labs run: the name of a scenario or lesson, or the port of its gateway.", Arity = ArgumentArity.ZeroOrOne };
        var lab = new Option<FileInfo?>("--lab") { Description = "Ready file of the lab. Default: the lab that runs." };
        var shell = new Option<string?>("--shell") { Description = "Shell to print for; bash includes sh and zsh. Default: your shell." };
        shell.AcceptOnlyFromAmong([.. ShellForm.All.Select(form => form.Name)]);
        var addresses = new Option<bool>("--addresses") { Description = $"Only the lab's addresses and files ({string.Join(", ", LabVariables.Addresses)}), not the variables that programs follow by themselves." };
        var unset = new Option<bool>("--unset") { Description = "Lines that remove the variables again." };
        var data = new Option<DirectoryInfo?>("--data") { Description = "Folder given to learn with --data. Default: as for learn." };
        var command = new Command(Name, "Print environment variables that make curl, Node.js, Python and other programs use the running lab. In bash, run eval \"$(autodetectsim env)\".") { name, lab, shell, addresses, unset, data };
        command.Validators.Add(result =>
        {
            if (result.GetValue(name) is not null && result.GetValue(lab) is not null)
            {
                result.AddError("Give either LAB or --lab FILE.");
            }
        });
        command.SetAction(parsed =>
        {
            var form = parsed.GetValue(shell) is { } named ? ShellForm.Find(named) : ShellForm.Default;
            var output = parsed.InvocationConfiguration.Output;
            var names = parsed.GetValue(addresses) ? LabVariables.Addresses : LabVariables.Names;
            if (parsed.GetValue(unset))
            {
                foreach (var variable in names)
                {
                    output.WriteLine(form.Remove(variable));
                }

                return ExitCodes.Success;
            }

            if (Find(parsed.GetValue(lab), parsed.GetValue(name), DataFolder.Of(parsed.GetValue(data))) is not { } found)
            {
                return ExitCodes.CannotStart;
            }

            foreach (var (variable, value) in LabVariables.Of(found, names))
            {
                output.WriteLine(value is null ? form.Remove(variable) : form.Set(variable, value));
            }

            return ExitCodes.Success;
        });
        return command;
    }

    private static ReadyFile? Find(FileInfo? file, string? wanted, string dataFolder)
    {
        if (file is not null)
        {
            return ReadyFile.Read(file);
        }

        var running = LabListing.Find(dataFolder);
        if (running.Count == 0)
        {
            Notice.WriteLine("No lab is running. Start one in another terminal: autodetectsim run SCENARIO, or autodetectsim learn start LESSON");
            return null;
        }

        var fitting = running.Where(lab => wanted is null || string.Equals(lab.Scenario, wanted, StringComparison.OrdinalIgnoreCase) || PortOf(lab) == wanted).ToList();
        return fitting switch
        {
            [var only] => only,
            [] => throw new InputException($"No running lab has the name or gateway port '{wanted}'. Running: {Shown(running)}."),
            _ => throw new InputException($"{fitting.Count} labs are running{(wanted is null ? "" : $" with the name '{wanted}'")}: {Shown(fitting)}. Choose one: autodetectsim {Name} {PortOf(fitting[0])}"),
        };
    }

    private static string Shown(IEnumerable<ReadyFile> labs) => string.Join(", ", labs.Select(lab => $"{lab.Scenario} (gateway port {PortOf(lab)})"));

    private static string PortOf(ReadyFile lab) => new Uri(lab.Gateway).Port.ToString(CultureInfo.InvariantCulture);
}

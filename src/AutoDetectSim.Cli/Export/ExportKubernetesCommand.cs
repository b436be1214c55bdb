using System.CommandLine;
using System.CommandLine.Parsing;
using AutoDetectSim.Cli.Export.Class;
using AutoDetectSim.Cli.Export.Kubernetes;
using AutoDetectSim.Cli.Output;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Cli.Export;

/// <summary><c>export kubernetes SCENARIO -o FOLDER</c>: a lab, or a class with a lab for each trainee, for <c>kubectl apply -k</c>.</summary>
internal sealed class ExportKubernetesCommand
{
    /// <summary>Leaves room for what a class adds.</summary>
    private const int LongestNamespace = 45;
    private const int MostSeats = 200;

    private readonly ExportSource _source = new();
    private readonly Option<string?> _namespace = new("--namespace") { Description = "Namespace of the lab; with --class the beginning of each. Default: the name of the scenario.", HelpName = "name" };
    private readonly Option<int?> _seats = CheckedOption.OptionalWholeNumber("--class", "Number of trainees: each gets a namespace with a lab, a console and a gateway, and the trainer a console with the progress of all.", 1, MostSeats);
    private readonly Option<string?> _host = new("--class-host") { Description = "With --class: name or address of a cluster node that trainees reach. Default: ports are forwarded with kubectl.", HelpName = "host" };

    public static Command Create() => new ExportKubernetesCommand().CreateCommand();

    private Command CreateCommand()
    {
        var command = new Command("kubernetes", "Write a lab for Kubernetes: its nodes as pods behind a Service, or behind AutoDetectSim's balancer, nginx or HAProxy.");
        _source.AddTo(command);
        command.Add(_namespace);
        command.Add(_seats);
        command.Add(_host);
        command.Validators.Add(Check);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var folder = _source.FolderOf(parsed);
            var scenario = _source.ScenarioOf(parsed);
            var words = parsed.GetValue(_seats) is { } seats
                ? WriteClass(parsed, folder, scenario, seats)
                : await WriteLabAsync(parsed, folder, scenario, cancellationToken);
            HumanConsole.Create().Prose($"Written: {_source.OutputOf(parsed)}, with {words}. Begin with its README.md.");
            return ExitCodes.Success;
        });
        return command;
    }

    private void Check(CommandResult result)
    {
        if (result.GetValue(_namespace) is { } name && (DnsLabels.LabelOf(name) != name || name.Length > LongestNamespace))
        {
            result.AddError($"--namespace must be a DNS label of at most {LongestNamespace} characters that begins with a letter, for example one-in-twenty, not '{name}'.");
        }

        if (result.GetValue(_host) is { } host && Uri.CheckHostName(host) is not (UriHostNameType.Dns or UriHostNameType.IPv4))
        {
            result.AddError($"--class-host must be a host name or an IPv4 address, not '{host}'.");
        }

        if (result.GetResult(_host) is not null && result.GetResult(_seats) is null)
        {
            result.AddError("--class-host requires --class.");
        }

        if (result.GetResult(_seats) is not null && _source.HasPki(result))
        {
            result.AddError("--pki cannot be combined with --class: each trainee's lab makes its own keys and certificates.");
        }
    }

    private string NamespaceOf(ParseResult parsed, Scenario scenario) => parsed.GetValue(_namespace) ?? DnsLabels.LabelOf(scenario.Name);

    private async Task<string> WriteLabAsync(ParseResult parsed, ExportFolder folder, Scenario scenario, CancellationToken cancellationToken)
    {
        var parts = ExportedParts.Of(scenario);
        var settings = new KubernetesSettings(_source.ImageOf(parsed), NamespaceOf(parsed, scenario));
        var pki = await _source.PkiOfAsync(parsed, scenario, cancellationToken);
        folder.Write(KubernetesExport.Files(parts, settings, [ExportSource.ScenarioFile(parts.Scenario), pki.Roots], pki.Files));
        return $"{ReadMeText.Count(parts.Nodes.Count, "node")} for the namespace {settings.Namespace}";
    }

    private string WriteClass(ParseResult parsed, ExportFolder folder, Scenario scenario, int seats)
    {
        ExportedParts.ThrowIfNotPortable(scenario);
        var settings = new ClassSettings(_source.ImageOf(parsed), NamespaceOf(parsed, scenario), seats, parsed.GetValue(_host));
        folder.Write(new ClassExport(scenario, settings).Files());
        return $"{ReadMeText.Count(seats, "trainee")}; links.txt has their links";
    }
}

using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using AutoDetectSim.Cli.Output;
using AutoDetectSim.Roles;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Cli.Run;

/// <summary>The options that make a process one part of a lab.</summary>
internal sealed class RoleOptions
{
    private readonly Option<string[]> _roles = new("--role") { Description = $"Part of the lab that this process is: {PartRole.Forms}. May be repeated. Default: all.", HelpName = "role" };
    private readonly Option<FileInfo?> _parts = new("--parts") { Description = "With --role: YAML file with the address of each part." };
    private readonly Option<IPAddress?> _listen = Address("--listen", "IP address to listen on; without --role, that of the gateway and the DNS server. Default: 127.0.0.1.");
    private readonly Option<int?> _healthPort = CheckedOption.OptionalWholeNumber("--health-port", "Port of /healthz and /readyz, on the address of --listen.", 1, IPEndPoint.MaxPort);
    private readonly Option<string?> _instance = new("--instance") { Description = "With --role autodetect: name of this instance in X-Instance-Id, for example that of its pod. Default: the scenario's instances.", HelpName = "name" };
    private readonly Option<bool> _logJson = new("--log-json") { Description = "Log on standard error, a JSON object a line. Implied by --role." };
    private readonly Option<DirectoryInfo?> _pki;

    /// <param name="pki">The option with the keys and certificates of the lab.</param>
    public RoleOptions(Option<DirectoryInfo?> pki) => _pki = pki;

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="whole">Its options that only a whole lab has.</param>
    public void AddTo(Command command, params Option[] whole)
    {
        foreach (var option in new Option[] { _roles, _parts, _listen, _healthPort, _instance, _logJson })
        {
            command.Add(option);
        }

        command.Validators.Add(result => Check(result, whole));
    }

    /// <summary>Whether this process is one part, or several, and not a whole lab.</summary>
    public bool AreParts(ParseResult parsed) => RolesOf(parsed.CommandResult).Exists(role => role.Kind != PartKind.All);

    /// <summary>The address to listen on.</summary>
    public IPAddress Listen(ParseResult parsed) => parsed.GetValue(_listen) ?? IPAddress.Loopback;

    /// <summary>The name of the only instance of AutoDetect; null: as the scenario says.</summary>
    public string? Instance(ParseResult parsed) => parsed.GetValue(_instance);

    /// <summary>The port of the health endpoints; null: there are none.</summary>
    public int? HealthPort(ParseResult parsed) => parsed.GetValue(_healthPort);

    /// <summary>The roles in words, for each line of the log; null: no log.</summary>
    public string? LogRole(ParseResult parsed)
    {
        var roles = string.Join(' ', RolesOf(parsed.CommandResult).DefaultIfEmpty(PartRole.All));
        return AreParts(parsed) || parsed.GetValue(_logJson) ? roles : null;
    }

    /// <summary>Reads the parts file; null for a whole lab.</summary>
    /// <exception cref="InputException">The file is not valid.</exception>
    /// <exception cref="LabPartsException">Roles and parts do not fit the scenario.</exception>
    public LabParts? Read(ParseResult parsed, Scenario scenario)
    {
        if (!AreParts(parsed))
        {
            return null;
        }

        var path = parsed.GetValue(_parts)!.ToString();
        var read = PartsFile.Load(path);
        return read.Document is { } file
            ? LabParts.Create(scenario, RolesOf(parsed.CommandResult), file, path, Listen(parsed))
            : throw new InputException(string.Join(Environment.NewLine, read.Problems.Select(problem => problem.ToString())));
    }

    private static Option<IPAddress?> Address(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "address",
        CustomParser = result =>
        {
            if (IPAddress.TryParse(result.Tokens[0].Value, out var address))
            {
                return address;
            }

            result.AddError($"{name} must be an IP address such as 0.0.0.0, not '{result.Tokens[0].Value}'.");
            return null;
        },
    };

    private List<PartRole> RolesOf(CommandResult result) =>
        [.. (result.GetResult(_roles)?.Tokens ?? []).Select(token => PartRole.TryParse(token.Value, out var role) ? role : (PartRole?)null).OfType<PartRole>()];

    private void Check(CommandResult result, Option[] whole)
    {
        foreach (var wrong in (result.GetResult(_roles)?.Tokens ?? []).Select(token => token.Value).Where(text => !PartRole.TryParse(text, out _)))
        {
            result.AddError($"--role must be {PartRole.Forms}, not '{wrong}'.");
        }

        var roles = RolesOf(result);
        if (result.GetValue(_instance) is { } instance && (!roles.Exists(role => role.Kind == PartKind.AutoDetect) || instance.Length is 0 or > 253 || !instance.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.' or '_')))
        {
            result.AddError("--instance requires --role autodetect, and a name of letters, digits, dots, hyphens and underscores.");
        }

        if (!roles.Exists(role => role.Kind != PartKind.All))
        {
            if (result.GetResult(_parts) is not null)
            {
                result.AddError("--parts requires --role: a whole lab in one process has no other parts.");
            }

            return;
        }

        if (roles.Exists(role => role.Kind == PartKind.All))
        {
            result.AddError("--role all is the whole lab: it cannot be combined with other roles.");
        }

        if (result.GetResult(_parts) is null)
        {
            result.AddError("--role requires --parts FILE: the addresses of the other parts.");
        }

        if (result.GetResult(_pki) is null && roles.Exists(role => role.Kind is not (PartKind.Gateway or PartKind.Dns)))
        {
            result.AddError("--role requires --pki FOLDER: without it, each process would present certificates of another PKI. Make the folder with autodetectsim export pki.");
        }

        foreach (var option in whole.Where(option => result.GetResult(option) is { Implicit: false }))
        {
            result.AddError($"{option.Name} requires a whole lab in this process: it cannot be combined with --role.");
        }
    }
}

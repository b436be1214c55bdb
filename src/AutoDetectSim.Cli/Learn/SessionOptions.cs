using System.CommandLine;
using AutoDetectSim.Cli.Output;

namespace AutoDetectSim.Cli.Learn;

/// <summary>The options of commands that start a lab for a trainee.</summary>
internal sealed class SessionOptions
{
    private readonly Option<string?> _trainee = new("--name") { Description = "Your name, as reports show it. Default: your user name." };
    private readonly Option<int?> _seed = CheckedOption.OptionalWholeNumber("--trainee-seed", "Seed for your personal variant of each lesson. Default: chosen once and remembered.", 0, int.MaxValue);
    private readonly Option<FileInfo?> _readyFile = new("--ready-file") { Description = "JSON file with every address and port, written once the lesson runs." };
    private readonly Option<int> _gatewayPort = CheckedOption.WholeNumber("--gateway-port", "Loopback port of the gateway; 0 for any free port.", 0, 65535, 0);
    private readonly Option<int?> _dnsPort = CheckedOption.OptionalWholeNumber("--dns-port", "Loopback port of the DNS server. Default: any free port.", 0, 65535);

    private readonly Option<bool> _force = Outputs.Force();

    public void AddTo(Command command)
    {
        command.Add(_force);
        command.Add(_trainee);
        command.Add(_seed);
        command.Add(_readyFile);
        command.Add(_gatewayPort);
        command.Add(_dnsPort);
    }

    public SessionSettings Read(ParseResult parsed) => new()
    {
        Trainee = parsed.GetValue(_trainee),
        Seed = parsed.GetValue(_seed),
        ReadyFile = parsed.GetValue(_readyFile)?.FullName,
        Force = parsed.GetValue(_force),
        IsQuiet = parsed.GetValue(LearnOptions.Json),
        Lab = new LabOptions { GatewayPort = parsed.GetValue(_gatewayPort), DnsPort = parsed.GetValue(_dnsPort) },
    };
}

/// <summary>How a lesson is run.</summary>
internal sealed record SessionSettings
{
    /// <summary>The trainee's name; null: as it was.</summary>
    public string? Trainee { get; init; }

    /// <summary>The trainee's seed; null: as it was.</summary>
    public int? Seed { get; init; }

    public string? ReadyFile { get; init; }

    /// <summary>Whether another file in the place of the ready file may be replaced.</summary>
    public bool Force { get; init; }

    /// <summary>Whether the status is printed as JSON in place of the text for people.</summary>
    public bool IsQuiet { get; init; }

    /// <summary>Called once the lesson runs, in place of printing anything, at its end too; null: it is printed.</summary>
    public Action? Started { get; init; }

    public required LabOptions Lab { get; init; }
}

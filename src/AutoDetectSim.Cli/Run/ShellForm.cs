using AutoDetectSim.Documents;

namespace AutoDetectSim.Cli.Run;

/// <summary>How a shell sets and removes environment variables.</summary>
internal sealed record ShellForm
{
    private const string Bash = "bash";
    private const string Fish = "fish";
    private const string PowerShell = "powershell";

    /// <summary>The shell's name on the command line.</summary>
    public required string Name { get; init; }

    /// <summary>How a person uses the lines that the command prints.</summary>
    public required Func<string, string> Use { get; init; }

    /// <summary>The line that sets a variable.</summary>
    public required Func<string, string, string> Set { get; init; }

    /// <summary>The line that removes a variable.</summary>
    public required Func<string, string> Remove { get; init; }

    /// <summary>All shells.</summary>
    public static IReadOnlyList<ShellForm> All { get; } =
    [
        new()
        {
            Name = Bash,
            Use = static command => $"eval \"$({command})\"",
            Set = static (name, value) => $"export {name}={ShellQuote.Posix(value)}",
            Remove = static name => $"unset {name}",
        },
        new()
        {
            Name = Fish,
            Use = static command => $"{command} --shell {Fish} | source",
            Set = static (name, value) => $"set -gx {name} {ShellQuote.Fish(value)}",
            Remove = static name => $"set -e {name}",
        },
        new()
        {
            Name = PowerShell,
            Use = static command => $"{command} --shell {PowerShell} | Out-String | Invoke-Expression",
            Set = static (name, value) => $"$env:{name} = {ShellQuote.PowerShell(value)}",
            Remove = static name => $"Remove-Item -ErrorAction Ignore Env:{name}",
        },
    ];

    /// <summary>The shell of the user: on Windows PowerShell, elsewhere what SHELL names, if it is one of these.</summary>
    public static ShellForm Default
    {
        get
        {
            var shell = Path.GetFileName(Environment.GetEnvironmentVariable("SHELL") ?? "");
            return Find(OperatingSystem.IsWindows() || shell is "pwsh" ? PowerShell : shell is Fish ? Fish : Bash);
        }
    }

    /// <summary>The shell with a name.</summary>
    public static ShellForm Find(string name) => All.First(shell => shell.Name == name);
}

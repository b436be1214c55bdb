using AutoDetectSim.Documents;
using AutoDetectSim.Hosting;

namespace AutoDetectSim.Cli.Run;

/// <summary>Lines for the shell that people paste them into: PowerShell on Windows, a POSIX shell elsewhere.</summary>
internal static class ShellLine
{
    /// <summary>curl. The one of Windows asks certificates for their revocation lists, which those of a lab have not.</summary>
    public static string Curl => OperatingSystem.IsWindows() ? "curl.exe --ssl-no-revoke" : "curl";

    /// <summary>A word in quotes.</summary>
    public static string Quoted(string word) => OperatingSystem.IsWindows() ? ShellQuote.PowerShell(word) : ShellQuote.Posix(word);

    /// <summary>A word, in quotes only where it needs them.</summary>
    public static string Word(string word) => ShellQuote.IsPlain(word) ? word : Quoted(word);

    /// <summary>A command with environment variables.</summary>
    public static string With(string command, params (string Name, string Value)[] variables) => OperatingSystem.IsWindows()
        ? string.Concat(variables.Select(variable => $"$env:{variable.Name} = {Quoted(variable.Value)}; ")) + command
        : string.Concat(variables.Select(variable => $"{variable.Name}={Word(variable.Value)} ")) + command;

    /// <summary>A command that finds the end of its input at once.</summary>
    public static string WithoutInput(string command) => OperatingSystem.IsWindows() ? "'' | " + command : command + " </dev/null";

    /// <summary>The command that adds lines to the system's hosts file, and the one that removes them.</summary>
    public static string AppendToHosts(string file) => OperatingSystem.IsWindows()
        ? $@"Get-Content {Quoted(file)} | Add-Content ""$env:SystemRoot\System32\drivers\etc\hosts""   (as administrator; afterwards remove all lines with '{HostsFile.Mark}')"
        : $"sudo tee -a /etc/hosts < {Word(file)}   (sudo sed -i.bak '/{HostsFile.Mark}/d' /etc/hosts removes the lines)";
}

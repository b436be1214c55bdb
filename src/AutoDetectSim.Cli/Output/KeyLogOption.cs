using System.CommandLine;

namespace AutoDetectSim.Cli.Output;

/// <summary>The <c>--key-log</c> option; its default is SSLKEYLOGFILE, as for curl and browsers.</summary>
internal static class KeyLogOption
{
    /// <summary>The variable that names a key log for programs.</summary>
    public const string Variable = "SSLKEYLOGFILE";

    public static Option<FileInfo?> Create() => new("--key-log")
    {
        Description = "File to append the lab's TLS secrets to, in NSS key log format, for decryption in Wireshark. Default: the variable " + Variable + ".",
    };

    /// <summary>The path that was asked for, or null for none.</summary>
    public static string? PathOf(ParseResult parsed, Option<FileInfo?> option) =>
        parsed.GetValue(option)?.FullName ?? (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } path ? path : null);

    /// <summary>Says that the log has ended; nothing else depends on it.</summary>
    public static void Say(string sentence) => Notice.WriteLine(sentence);
}

using System.CommandLine;

namespace AutoDetectSim.Cli.Output;

/// <summary>The <c>--key-log</c> option, which SSLKEYLOGFILE stands in for as it does for curl and browsers.</summary>
internal static class KeyLogOption
{
    public static Option<FileInfo?> Create() => new("--key-log")
    {
        Description = "Append the lab's TLS secrets to this file in NSS key log format, so that a capture opens in Wireshark. Default: what SSLKEYLOGFILE says.",
    };

    /// <summary>The path that was asked for, or null for none.</summary>
    public static string? PathOf(ParseResult parsed, Option<FileInfo?> option) =>
        parsed.GetValue(option)?.FullName ?? (Environment.GetEnvironmentVariable("SSLKEYLOGFILE") is { Length: > 0 } path ? path : null);
}

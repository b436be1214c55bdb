using AutoDetectSim.Evidence.Calls;

namespace AutoDetectSim.Evidence.Forms;

/// <summary>A pasted command line of <c>openssl s_client</c>, which tells what its output does not: host, port, name in SNI, protocol.</summary>
internal sealed record SClientCommand
{
    private static readonly (string Option, string Version)[] Versions = [("-tls1", "1.0"), ("-tls1_1", "1.1"), ("-tls1_2", "1.2"), ("-tls1_3", "1.3")];

    public int Line { get; init; }

    public string? Host { get; init; }

    public int? Port { get; init; }

    public string? ServerName { get; init; }

    public bool HasNoServerName { get; init; }

    public string? StartTls { get; init; }

    public string? Proxy { get; init; }

    /// <summary>Whether the command names the roots that it trusts.</summary>
    public bool HasOwnTrust { get; init; }

    public bool HasClientCertificate { get; init; }

    /// <summary>Whether the session is printed again at its end.</summary>
    public bool PrintsTwice { get; init; }

    /// <summary>Whether every certificate that was sent is printed.</summary>
    public bool ShowsAll { get; init; }

    /// <summary>Whether <c>openssl x509</c> reads the output, which passes on the first certificate alone.</summary>
    public bool IsFiltered { get; init; }

    public IReadOnlyList<string> Offered { get; init; } = [];

    /// <summary>Reads a command line; null where it is none that connects to a host.</summary>
    public static SClientCommand? Parse(string text, int line)
    {
        if (CommandLine.After(text, "s_client") is not { Count: > 0 } words)
        {
            return null;
        }

        var connect = CommandLine.Value(words, "-connect") ?? CommandLine.Value(words, "-host")
            ?? words.FirstOrDefault(word => word.Contains(':', StringComparison.Ordinal) && word[0] != '-' && CommandLine.Target(word) is { Host: not null, Port: not null });
        if (connect is null)
        {
            return null;
        }

        var (host, port) = CommandLine.Target(connect);
        return new SClientCommand
        {
            Line = line,
            Host = host,
            Port = port ?? (CommandLine.Value(words, "-port") is { } given ? CommandLine.Target("x:" + given).Port : null),
            ServerName = CommandLine.Target(CommandLine.Value(words, "-servername")).Host,
            HasNoServerName = words.Contains("-noservername", StringComparer.Ordinal),
            StartTls = CommandLine.Value(words, "-starttls")?.ToLowerInvariant(),
            Proxy = CommandLine.Value(words, "-proxy"),
            HasOwnTrust = words.Any(word => word.StartsWith("-CA", StringComparison.Ordinal) || word.StartsWith("-chainCA", StringComparison.Ordinal) || word.StartsWith("-verifyCA", StringComparison.Ordinal)),
            ShowsAll = words.Contains("-showcerts", StringComparer.Ordinal),
            IsFiltered = text.IndexOf('|', StringComparison.Ordinal) is > 0 and var pipe && CommandLine.After(text[pipe..], "x509") is not null,
            PrintsTwice = words.Contains("-prexit", StringComparer.Ordinal),
            HasClientCertificate = words.Contains("-cert", StringComparer.Ordinal),
            Offered = [.. Versions.Where(version => words.Contains(version.Option, StringComparer.Ordinal)).Select(version => version.Version)],
        };
    }
}

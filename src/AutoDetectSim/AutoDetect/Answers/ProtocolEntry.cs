using AutoDetectSim.Protocols;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.AutoDetect.Answers;

/// <summary>An entry of the body's <c>protocols</c>: a server that takes a password ([CAP2025], [HMAEAS]).</summary>
internal sealed record ProtocolEntry
{
    public required string Protocol { get; init; }

    public required string Hostname { get; init; }

    public int? Port { get; init; }

    /// <summary><c>ssl</c>, <c>starttls</c> or <c>none</c>.</summary>
    public string? Encryption { get; init; }

    /// <summary>What is wrong with the server's TLS, or null.</summary>
    public string? Insecure { get; init; }

    public string? Username { get; init; }

    public bool? Validated { get; init; }

    public string? Aad { get; init; }

    /// <summary>The entry that a database record gives for an address.</summary>
    public static ProtocolEntry FromRecord(ProtocolRecordDefinition record, EmailAddress email) => new()
    {
        Protocol = record.Protocol,
        Hostname = record.Hostname,
        Port = record.Port,
        Encryption = record.Encryption?.ToLowerInvariant(),
        Insecure = record.Insecure,
        Username = record.Username?
            .Replace("{email}", email.Text, StringComparison.Ordinal)
            .Replace("{user}", email.LocalPart, StringComparison.Ordinal),
        Validated = record.Validated,
        Aad = record.Aad,
    };
}

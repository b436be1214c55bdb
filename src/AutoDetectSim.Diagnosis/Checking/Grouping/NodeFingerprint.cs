using System.Security.Cryptography;
using AutoDetectSim.Certificates.Validation.Decoding;
using AutoDetectSim.Diagnosis.Checking.Connecting;
using AutoDetectSim.Diagnosis.Statistics;

namespace AutoDetectSim.Diagnosis.Checking.Grouping;

/// <summary>Which server answered, as far as it shows from outside.</summary>
/// <param name="Name">What reports call it.</param>
/// <param name="Basis">What tells it apart.</param>
internal sealed record NodeFingerprint(string Name, IdentityBasis Basis)
{
    /// <summary>Tells who answered a connection, or null where nothing came that could tell.</summary>
    public static NodeFingerprint? Of(Observation observation)
    {
        if (observation.Header("X-FEServer") is { Length: > 0 and <= 64 } name)
        {
            return new NodeFingerprint(name, IdentityBasis.FrontEndServer);
        }

        if (NameIn(observation.Greeting) is { } host)
        {
            return new NodeFingerprint(host, IdentityBasis.Greeting);
        }

        if (observation.Presented.Count == 0)
        {
            return null;
        }

        // Servers that look alike in key, chain and build cannot be told apart from outside: they share a name, and are not counted.
        var key = DecodedCertificate.TryDecode(observation.Presented[0], out _, out _) is { } leaf
            ? leaf.SubjectPublicKeyInfo
            : observation.Presented[0];
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(key.Span);
        hash.AppendData(System.Text.Encoding.UTF8.GetBytes(ChainFingerprint.Of(observation.Presented)));
        hash.AppendData(System.Text.Encoding.UTF8.GetBytes(observation.Header("MS-Server-ActiveSync") ?? ""));
        return new NodeFingerprint("node-" + Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 4)), IdentityBasis.Certificates);
    }

    /// <summary>The server's name in SMTP's greeting ([SMTPLOG]).</summary>
    private static string? NameIn(string? greeting) =>
        greeting?.Split(' ') is ["220", { Length: > 0 and <= 255 } name, ..] && Uri.CheckHostName(name) == UriHostNameType.Dns ? name : null;

    /// <summary>What the nodes met, in the order of the connections, are enough for.</summary>
    public static ProbeSufficiency Sufficiency(IReadOnlyList<NodeFingerprint> met) =>
        ProbeSufficiency.From([.. met.Select(node => node.Name)], met.Any(node => node.Basis == IdentityBasis.Certificates));
}

/// <summary>What tells one node from another.</summary>
internal enum IdentityBasis
{
    /// <summary>The X-FEServer header of its answers ([GUC], [RECON]).</summary>
    FrontEndServer,

    /// <summary>The name in its greeting as a mail server ([SMTPLOG]).</summary>
    Greeting,

    /// <summary>The key of its certificate, what it presents and its ActiveSync build together.</summary>
    Certificates,
}

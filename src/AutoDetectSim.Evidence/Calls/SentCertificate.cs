using AutoDetectSim.Certificates.Validation.Decoding;

namespace AutoDetectSim.Evidence.Calls;

/// <summary>One certificate that a server sent, in the place in which it was sent: with its bytes, or with what the evidence says about it.</summary>
internal sealed record SentCertificate
{
    /// <summary>The certificate; null where the evidence does not hold it.</summary>
    public ReadOnlyMemory<byte>? Der { get; init; }

    /// <summary>The subject that the evidence gives, or null.</summary>
    public EvidenceName? Subject { get; init; }

    /// <summary>The issuer that the evidence gives, or null.</summary>
    public EvidenceName? Issuer { get; init; }

    public DateTimeOffset? NotBefore { get; init; }

    public DateTimeOffset? NotAfter { get; init; }

    /// <summary>Names of hosts that the evidence gives for a certificate that it does not hold.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>Whether those are all its names.</summary>
    public bool HasEveryHost { get; init; }

    /// <summary>The line that names or holds it; 0 where there is none.</summary>
    public int Line { get; init; }

    /// <summary>What is wrong with its PEM, as the end of a sentence, or null.</summary>
    public string? Damage { get; init; }

    /// <summary>What equal certificates have in common, as far as the evidence tells.</summary>
    public string Key => Der is { } der ? Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(der.Span)) : $"{Subject?.Key}<{Issuer?.Key}>{NotAfter?.UtcDateTime:s}";

    /// <summary>A certificate with its bytes.</summary>
    public static SentCertificate Of(ReadOnlyMemory<byte> der, int line = 0)
    {
        var summary = DecodedCertificate.TryDecode(der, out _, out _)?.Summary;
        return new SentCertificate
        {
            Der = der,
            Line = line,
            Subject = EvidenceName.Parse(summary?.Subject),
            Issuer = EvidenceName.Parse(summary?.Issuer),
            NotBefore = summary?.NotBefore,
            NotAfter = summary?.NotAfter,
        };
    }

    /// <summary>What a PEM block holds.</summary>
    public static SentCertificate Of(Envelope.PemBlock block) => block.Damage is null ? Of(block.Der, block.Line) : new SentCertificate { Line = block.Line, Damage = block.Damage };
}

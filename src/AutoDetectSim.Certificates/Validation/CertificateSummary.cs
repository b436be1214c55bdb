namespace AutoDetectSim.Certificates.Validation;

/// <summary>The contents of a certificate, as far as a diagnosis needs them. Unlike .NET's own classes, it also describes certificates with broken extensions.</summary>
public sealed record CertificateSummary
{
    /// <summary>The subject in RFC 4514 form.</summary>
    public required string Subject { get; init; }

    /// <summary>The issuer in RFC 4514 form.</summary>
    public required string Issuer { get; init; }

    /// <summary>The serial number in upper-case hexadecimal, with a leading minus sign if it is negative.</summary>
    public required string SerialNumber { get; init; }

    /// <summary>Start of validity, or null if the field is not an RFC 5280 time.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>End of validity, or null if the field is not an RFC 5280 time.</summary>
    public DateTimeOffset? NotAfter { get; init; }

    /// <summary>The kind and size of the public key, for example <c>RSA 2048</c>, <c>EC secp256r1</c> or <c>unknown (1.2.3.4)</c>.</summary>
    public required string PublicKey { get; init; }

    /// <summary>The signature algorithm, for example <c>sha256WithRSAEncryption</c>, or its dotted OID.</summary>
    public required string SignatureAlgorithm { get; init; }

    /// <summary>SHA-256 of the encoded certificate in upper-case hexadecimal.</summary>
    public required string Sha256Fingerprint { get; init; }

    /// <summary>The DNS names of subjectAltName.</summary>
    public required IReadOnlyList<string> DnsNames { get; init; }

    /// <summary>The IP addresses of subjectAltName.</summary>
    public required IReadOnlyList<string> IpAddresses { get; init; }

    /// <summary>subjectKeyIdentifier in upper-case hexadecimal, or null.</summary>
    public string? SubjectKeyIdentifier { get; init; }

    /// <summary>The key identifier of authorityKeyIdentifier in upper-case hexadecimal, or null.</summary>
    public string? AuthorityKeyIdentifier { get; init; }

    /// <summary>The caIssuers URLs of authorityInfoAccess (RFC 5280 4.2.2.1): where the issuer can be downloaded.</summary>
    public required IReadOnlyList<string> CaIssuersUrls { get; init; }

    /// <summary>Whether subject and issuer are equal and nothing contradicts that it signed itself (its signature is not checked).</summary>
    public required bool SelfSigned { get; init; }

    /// <summary>Why OpenSSL does not use the certificate as issuer or subject (an extension occurs twice or does not decode), or null.</summary>
    public string? Defect { get; init; }

    /// <summary>The encoded certificate.</summary>
    public required ReadOnlyMemory<byte> Der { get; init; }
}

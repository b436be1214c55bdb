namespace AutoDetectSim.Certificates.Validation;

/// <summary>The certificate that would continue a path that stopped, as far as the certificate below it tells.</summary>
public sealed record MissingIssuer
{
    /// <summary>The position in the path of the certificate whose issuer is missing.</summary>
    public required int Depth { get; init; }

    /// <summary>The subject of that certificate, in RFC 4514 form.</summary>
    public required string Subject { get; init; }

    /// <summary>The name that the missing certificate must have, in RFC 4514 form.</summary>
    public required string IssuerName { get; init; }

    /// <summary>The subjectKeyIdentifier that the missing certificate must have if it has any, in upper-case hexadecimal, or null.</summary>
    public string? AuthorityKeyIdentifier { get; init; }

    /// <summary>Where it can be downloaded (AIA caIssuers), or null.</summary>
    public string? CaIssuersUrl { get; init; }
}

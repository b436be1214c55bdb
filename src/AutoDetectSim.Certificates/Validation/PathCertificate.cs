namespace AutoDetectSim.Certificates.Validation;

/// <summary>One certificate of the path that was built.</summary>
public sealed record PathCertificate
{
    /// <summary>The position in the path: 0 is the server's own certificate.</summary>
    public required int Depth { get; init; }

    /// <summary>Where it came from.</summary>
    public required CertificateOrigin Origin { get; init; }

    /// <summary>The index in the presented list or in the trust anchors, according to <see cref="Origin"/>.</summary>
    public required int Index { get; init; }

    /// <summary>The contents of the certificate.</summary>
    public required CertificateSummary Certificate { get; init; }
}

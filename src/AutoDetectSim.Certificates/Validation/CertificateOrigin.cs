namespace AutoDetectSim.Certificates.Validation;

/// <summary>Where a certificate of a path came from.</summary>
public enum CertificateOrigin
{
    /// <summary>The server sent it.</summary>
    Presented,

    /// <summary>It was taken from the trust anchors.</summary>
    Anchor,
}

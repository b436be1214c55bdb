using AutoDetectSim.Certificates.Validation.Decoding;

namespace AutoDetectSim.Certificates.Validation.PathBuilding;

/// <summary>
/// The state of one validation. As under Node.js, no error ends it: each is noted, and the last one is the verdict.
/// </summary>
internal sealed class Verification(IReadOnlyList<DecodedCertificate> presented, TrustAnchors anchors, long seconds, NodeVersion version, CertificatePurpose purpose)
{
    private readonly List<ValidationEvent> _trail = [];

    internal IReadOnlyList<DecodedCertificate> Presented => presented;

    internal NodeVersion Version => version;

    internal CertificatePurpose Purpose => purpose;

    internal TrustAnchors Anchors => anchors;

    /// <summary>The time of validation in seconds since 1970-01-01 UTC.</summary>
    internal long Seconds => seconds;

    internal List<PathEntry> Path { get; } = [new PathEntry(presented[0], null, 0)];

    /// <summary>The number of certificates of the path that were sent; those above it come from the trust list.</summary>
    internal int PresentedCount { get; set; } = 1;

    internal IReadOnlyList<ValidationEvent> Trail => _trail;

    /// <summary>The error that was raised last, or <see cref="ValidationCode.Ok"/>.</summary>
    internal ValidationCode LastError => _trail.Count == 0 ? ValidationCode.Ok : _trail[^1].Code;

    internal DecodedCertificate this[int depth] => Path[depth].Certificate;

    internal void Raise(ValidationCode code, int depth) => _trail.Add(new ValidationEvent(code, depth));

    /// <summary>Whether a certificate is within its validity; one with a malformed time never is.</summary>
    internal bool IsCurrent(DecodedCertificate certificate) =>
        certificate.NotBefore.Seconds <= seconds && certificate.NotAfter.Seconds > seconds;
}

using AutoDetectSim.Certificates.Issuance;
using AutoDetectSim.Certificates.Validation;

namespace AutoDetectSim.Network;

/// <summary>The roots that the lab's clients trust. They may be others after a change of the lab.</summary>
internal sealed class LabTrust
{
    private volatile IReadOnlyList<IssuedCertificate> _certificates = [];
    private volatile TrustAnchors _anchors = TrustAnchors.FromDer([]);

    /// <summary>The certificates.</summary>
    public IReadOnlyList<IssuedCertificate> Certificates => _certificates;

    /// <summary>The same for the validator.</summary>
    public TrustAnchors Anchors => _anchors;

    /// <summary>Trusts these roots and no others.</summary>
    public void Switch(IReadOnlyList<IssuedCertificate> certificates)
    {
        if (!certificates.SequenceEqual(_certificates, ReferenceEqualityComparer.Instance))
        {
            _anchors = TrustAnchors.FromDer(certificates.Select(certificate => certificate.Der));
            _certificates = certificates;
        }
    }
}

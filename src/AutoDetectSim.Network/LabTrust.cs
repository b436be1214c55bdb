using AutoDetectSim.Certificates.Issuance;
using AutoDetectSim.Certificates.Validation;

namespace AutoDetectSim.Network;

/// <summary>Tells the roots that a client trusts now.</summary>
internal interface ITrust
{
    /// <summary>The roots.</summary>
    TrustAnchors Anchors { get; }
}

/// <summary>The roots that the lab's clients trust. They may be others after a change of the lab.</summary>
internal sealed class LabTrust : ITrust
{
    private volatile IReadOnlyList<IssuedCertificate> _certificates = [];
    private volatile TrustAnchors _anchors = TrustAnchors.FromDer([]);

    /// <summary>The certificates.</summary>
    public IReadOnlyList<IssuedCertificate> Certificates => _certificates;

    /// <summary>The same for the validator.</summary>
    public TrustAnchors Anchors => _anchors;

    /// <summary>All of these but one.</summary>
    public ITrust Without(IssuedCertificate root) => new AllButOne(this, root);

    /// <summary>Trusts these roots and no others.</summary>
    public void Switch(IReadOnlyList<IssuedCertificate> certificates)
    {
        if (!certificates.SequenceEqual(_certificates, ReferenceEqualityComparer.Instance))
        {
            _anchors = TrustAnchors.FromDer(certificates.Select(certificate => certificate.Der));
            _certificates = certificates;
        }
    }

    private sealed class AllButOne(LabTrust all, IssuedCertificate root) : ITrust
    {
        private volatile Known? _known;

        public TrustAnchors Anchors
        {
            get
            {
                var certificates = all.Certificates;
                if (_known is not { } known || !ReferenceEquals(known.Of, certificates))
                {
                    known = new Known(certificates, TrustAnchors.FromDer(certificates.Where(certificate => !ReferenceEquals(certificate, root)).Select(certificate => certificate.Der)));
                    _known = known;
                }

                return known.Anchors;
            }
        }

        private sealed record Known(IReadOnlyList<IssuedCertificate> Of, TrustAnchors Anchors);
    }
}

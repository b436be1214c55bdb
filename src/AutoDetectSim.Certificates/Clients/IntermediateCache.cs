using AutoDetectSim.Certificates.Validation.Decoding;

namespace AutoDetectSim.Certificates.Clients;

/// <summary>The intermediates that one client has kept. It belongs to whoever made it, never to the operating system.</summary>
internal sealed class IntermediateCache
{
    /// <summary>The most certificates that are kept; further ones are passed over.</summary>
    private const int Capacity = 1000;

    private readonly List<DecodedCertificate> _certificates = [];

    public IReadOnlyList<DecodedCertificate> Certificates => _certificates;

    /// <summary>Keeps a certificate, unless it is there already.</summary>
    public void Add(DecodedCertificate certificate)
    {
        if (_certificates.Count < Capacity && !_certificates.Any(certificate.SameAs))
        {
            _certificates.Add(certificate);
        }
    }
}

using AutoDetectSim.Certificates.Validation.Decoding;

namespace AutoDetectSim.Certificates.Validation.PathBuilding;

/// <summary>A certificate of the trust list.</summary>
internal sealed record TrustAnchor(DecodedCertificate Certificate, TrustSettings? Settings, int Index);

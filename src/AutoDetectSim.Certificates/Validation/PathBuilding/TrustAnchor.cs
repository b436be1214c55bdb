using AutoDetectSim.Certificates.Validation.Decoding;

namespace AutoDetectSim.Certificates.Validation.PathBuilding;

/// <summary>A certificate of the trust list.</summary>
/// <param name="Certificate">The certificate.</param>
/// <param name="Settings">What a TRUSTED CERTIFICATE block says beside it; null for none.</param>
/// <param name="Index">Its place in the list, from 0.</param>
/// <param name="Source">The number of the text that it is from.</param>
internal sealed record TrustAnchor(DecodedCertificate Certificate, TrustSettings? Settings, int Index, int Source);

using AutoDetectSim.Certificates.Validation.Decoding;

namespace AutoDetectSim.Certificates.Validation.PathBuilding;

/// <summary>A certificate of the path under construction.</summary>
/// <param name="Certificate">The certificate.</param>
/// <param name="Anchor">The entry of the trust list that it was taken from, or null if it was sent.</param>
/// <param name="PresentedIndex">The index in the presented list, or -1.</param>
internal sealed record PathEntry(DecodedCertificate Certificate, TrustAnchor? Anchor, int PresentedIndex);

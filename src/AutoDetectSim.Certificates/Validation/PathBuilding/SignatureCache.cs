using AutoDetectSim.Certificates.Validation.Decoding;

namespace AutoDetectSim.Certificates.Validation.PathBuilding;

/// <summary>
/// Checks signatures and remembers the outcome for identical bytes. It is asked only for pairs that stand in a path,
/// and answers only what a check would: it neither finds nor keeps issuers.
/// </summary>
internal sealed class SignatureCache(int capacity)
{
    private readonly BoundedCache<Pair, bool> _outcomes = new(capacity);

    internal bool Verify(DecodedCertificate subject, DecodedCertificate issuer)
    {
        var pair = new Pair(subject.Identity, issuer.KeyIdentity);
        if (!_outcomes.TryGet(pair, out var outcome))
        {
            outcome = subject.IsSignedBy(issuer);
            _outcomes.Set(pair, outcome);
        }

        return outcome;
    }

    private readonly record struct Pair(ByteKey Subject, ByteKey IssuerKey);
}

using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Math.EC;
using Org.BouncyCastle.Math.Field;

namespace AutoDetectSim.Certificates.Validation.Signatures;

/// <summary>Decodes points as OpenSSL does, which asks only whether they are on the curve; BouncyCastle asks also for their order, which takes longer and refuses more.</summary>
internal static class CurvePoint
{
    /// <summary>Decodes a point.</summary>
    /// <exception cref="ArgumentException">The bytes are not a point of the curve.</exception>
    internal static ECPoint Decode(X9ECParameters curve, ReadOnlySpan<byte> encoded)
    {
        if (curve.Curve.Field is not IPolynomialExtensionField field || encoded.Length <= 1)
        {
            return curve.Curve.DecodePoint(encoded);
        }

        // The same curve without an order has no subgroup to be outside of.
        var (a, b) = (curve.Curve.A.ToBigInteger(), curve.Curve.B.ToBigInteger());
        var open = field.MinimalPolynomial.GetExponentsPresent() switch
        {
            [_, var k, var m] => new F2mCurve(m, k, a, b, order: null, cofactor: null),
            [_, var k1, var k2, var k3, var m] => new F2mCurve(m, k1, k2, k3, a, b, order: null, cofactor: null),
            _ => throw new ArgumentException("The field has neither a trinomial nor a pentanomial.", nameof(curve)),
        };
        return curve.Curve.ImportPoint(open.DecodePoint(encoded));
    }
}

using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Math.EC;
using Org.BouncyCastle.Utilities.Encoders;

namespace AutoDetectSim.Certificates.Validation.Signatures;

/// <summary>The curves of WTLS (WAP-261 annex A) that no other standard has: OpenSSL knows them, BouncyCastle does not.</summary>
internal static class WtlsCurves
{
    /// <summary>The curve for an OID in its dotted form, or null.</summary>
    internal static X9ECParameters? Find(string oid) => oid switch
    {
        "2.23.43.1.4.1" => Binary(),
        "2.23.43.1.4.8" => Prime("fffffffffffffffffffffffffde7", "0100000000000001ecea551ad837e9"),
        "2.23.43.1.4.9" => Prime("fffffffffffffffffffffffffffffffffffc808f", "0100000000000000000001cdc98ae0e2de574abf33"),
        _ => null,
    };

    /// <summary>Curve 1: y² + xy = x³ + x² + 1 over 113 bits.</summary>
    private static X9ECParameters Binary()
    {
        var order = Number("fffffffffffffffdbf91af6dea73");
        var curve = new F2mCurve(113, 9, BigInteger.One, BigInteger.One, order, BigInteger.Two);
        return Named(curve, "0401667979a40ba497e5d5c27078061700f44b4af1ecc2630e08785cebcc15", order, BigInteger.Two);
    }

    /// <summary>Curves 8 and 9: y² = x³ + 3 with the generator (1, 2).</summary>
    private static X9ECParameters Prime(string prime, string orderText)
    {
        var order = Number(orderText);
        var p = Number(prime);
        var curve = new FpCurve(p, BigInteger.Zero, BigInteger.Three, order, BigInteger.One);
        return new X9ECParameters(curve, new X9ECPoint(curve.CreatePoint(BigInteger.One, BigInteger.Two), compressed: false), order, BigInteger.One);
    }

    private static X9ECParameters Named(ECCurve curve, string generator, BigInteger order, BigInteger cofactor) =>
        new(curve, new X9ECPoint(curve.DecodePoint(Hex.Decode(generator)), compressed: false), order, cofactor);

    private static BigInteger Number(string text) => new(text, 16);
}

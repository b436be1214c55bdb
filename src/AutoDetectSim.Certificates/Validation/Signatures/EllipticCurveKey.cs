using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using AutoDetectSim.Certificates.Validation.Decoding;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto.EC;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using BigInteger = Org.BouncyCastle.Math.BigInteger;
using BouncyPoint = Org.BouncyCastle.Math.EC.ECPoint;

namespace AutoDetectSim.Certificates.Validation.Signatures;

/// <summary>A key on an elliptic curve. P-256, P-384 and P-521 go to the platform, all other curves to BouncyCastle.</summary>
internal sealed class EllipticCurveKey : SubjectKey
{
    internal const string Sm2 = "1.2.156.10197.1.301";

    private static readonly ConcurrentDictionary<string, X9ECParameters?> Curves = new(StringComparer.Ordinal);

    private readonly X9ECParameters _curve;
    private readonly BouncyPoint _point;
    private readonly ECCurve? _nativeCurve;
    private readonly ConcurrentBag<ECDsa> _native = [];

    private EllipticCurveKey(KeyKind kind, X9ECParameters curve, BouncyPoint point, string? oid)
        : base(kind, KeyStrength.OfCurveOrder(curve.N.BitLength), Describe(oid, curve))
    {
        _curve = curve;
        _point = point;
        HasExplicitParameters = oid is null;
        _nativeCurve = oid switch
        {
            "1.2.840.10045.3.1.7" => ECCurve.NamedCurves.nistP256,
            "1.3.132.0.34" => ECCurve.NamedCurves.nistP384,
            "1.3.132.0.35" => ECCurve.NamedCurves.nistP521,
            _ => null,
        };
    }

    internal override bool HasExplicitParameters { get; }

    internal static EllipticCurveKey? TryDecode(DerValue? parameters, ReadOnlySpan<byte> encodedPoint, KeyKind kind = KeyKind.Ec)
    {
        if (encodedPoint.IsEmpty)
        {
            return null;
        }

        string? oid = null;
        X9ECParameters? curve;
        if (parameters is { Tag: DerTag.ObjectIdentifier })
        {
            oid = ObjectIdentifiers.Dotted(parameters.Content.Span);
            curve = IsSupported(oid) ? Curves.GetOrAdd(oid, FindCurve) : null;
        }
        else
        {
            curve = parameters is { Tag: DerTag.Sequence } ? ExplicitCurve.TryDecode(parameters.Content) : null;
        }

        if (curve is null)
        {
            return null;
        }

        try
        {
            var point = CurvePoint.Decode(curve, encodedPoint);
            return new EllipticCurveKey(oid is Sm2 ? KeyKind.Sm2 : kind, curve, point, oid);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidOperationException or ArithmeticException)
        {
            return null;
        }
    }

    internal override bool Verify(SignatureAlgorithm algorithm, DerValue identifier, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        if (algorithm.Key != Kind || _point.IsInfinity)
        {
            return false;
        }

        if (Kind == KeyKind.Sm2)
        {
            return VerifySm2(data, signature);
        }

        // An ECDSA identifier without a digest of its own is verified with the default digest of the key type.
        var digest = algorithm.Digest ?? DigestKind.Sha256;
        if (Digests.Compute(digest, data) is not { } hash || !EcdsaSignature.TryDecode(signature, out var r, out var s))
        {
            return false;
        }

        return _nativeCurve is null ? VerifyManaged(hash, r, s) : VerifyNative(hash, signature);
    }

    private bool VerifyNative(byte[] hash, ReadOnlySpan<byte> signature)
    {
        if (!_native.TryTake(out var ecdsa))
        {
            var point = _point.Normalize();
            ecdsa = ECDsa.Create(new ECParameters
            {
                Curve = _nativeCurve!.Value,
                Q = new ECPoint { X = point.AffineXCoord.GetEncoded(), Y = point.AffineYCoord.GetEncoded() },
            });
        }

        try
        {
            return ecdsa.VerifyHash(hash, signature, DSASignatureFormat.Rfc3279DerSequence);
        }
        catch (CryptographicException)
        {
            return false;
        }
        finally
        {
            _native.Add(ecdsa);
        }
    }

    private bool VerifyManaged(byte[] hash, BigInteger r, BigInteger s)
    {
        try
        {
            var signer = new ECDsaSigner();
            signer.Init(forSigning: false, new ECPublicKeyParameters(_point, new ECDomainParameters(_curve)));
            return signer.VerifySignature(hash, r, s);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or ArithmeticException)
        {
            return false;
        }
    }

    private bool VerifySm2(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        try
        {
            // OpenSSL 3.0 hashes an empty distinguishing identifier unless the caller sets one, which TLS does not.
            var signer = new SM2Signer();
            signer.Init(forSigning: false, new ParametersWithID(new ECPublicKeyParameters(_point, new ECDomainParameters(_curve)), []));
            signer.BlockUpdate(data);
            return signer.VerifySignature(signature.ToArray());
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or ArithmeticException or IOException)
        {
            return false;
        }
    }

    private static bool IsSupported(string oid) =>
        oid.StartsWith("1.2.840.10045.3.0.", StringComparison.Ordinal)
        || oid.StartsWith("1.2.840.10045.3.1.", StringComparison.Ordinal)
        || oid.StartsWith("1.3.132.0.", StringComparison.Ordinal)
        || oid.StartsWith("1.3.36.3.3.2.8.1.1.", StringComparison.Ordinal)
        || oid.StartsWith("2.23.43.1.4.", StringComparison.Ordinal)
        || oid is Sm2;

    private static X9ECParameters? FindCurve(string oid)
    {
        var id = new DerObjectIdentifier(oid switch
        {
            // The curves of WTLS are those of SEC 2 and X9.62 under further names.
            "2.23.43.1.4.3" => "1.3.132.0.1",
            "2.23.43.1.4.4" => "1.3.132.0.4",
            "2.23.43.1.4.5" => "1.2.840.10045.3.0.1",
            "2.23.43.1.4.6" => "1.3.132.0.6",
            "2.23.43.1.4.7" => "1.3.132.0.30",
            "2.23.43.1.4.10" => "1.3.132.0.26",
            "2.23.43.1.4.11" => "1.3.132.0.27",
            "2.23.43.1.4.12" => "1.3.132.0.33",
            _ => oid,
        });
        return WtlsCurves.Find(oid) ?? CustomNamedCurves.GetByOid(id) ?? ECNamedCurveTable.GetByOid(id);
    }

    private static string Describe(string? oid, X9ECParameters curve)
    {
        var name = oid is null ? null : ECNamedCurveTable.GetName(new DerObjectIdentifier(oid));
        return name is null ? string.Create(CultureInfo.InvariantCulture, $"EC {curve.N.BitLength} bits{(oid is null ? ", explicit parameters" : string.Empty)}") : $"EC {name}";
    }
}

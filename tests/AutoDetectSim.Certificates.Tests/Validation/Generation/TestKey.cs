using System.Collections.Concurrent;
using System.Security.Cryptography;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.X509;

namespace AutoDetectSim.Certificates.Tests.Validation.Generation;

/// <summary>A key pair of a kind that certificates can have, with the signature algorithms that it can make.</summary>
internal sealed class TestKey
{
    public const string Pss = "1.2.840.113549.1.1.10";

    private static readonly ConcurrentDictionary<(string Kind, int Number), Lazy<TestKey>> Pool = new();

    private readonly AsymmetricCipherKeyPair _pair;

    private TestKey(string kind, AsymmetricCipherKeyPair pair, byte[] info)
    {
        Kind = kind;
        _pair = pair;
        PublicKeyInfo = info;
    }

    public string Kind { get; }

    public byte[] PublicKeyInfo { get; }

    public byte[] Identifier => SHA1.HashData(PublicKeyInfo);

    public bool IsRsa => Kind.StartsWith("rsa", StringComparison.Ordinal);

    /// <summary>Whether our TLS server can use the key.</summary>
    public bool SignsHandshakes => Kind is "P-256" or "P-384" or "P-521" or "rsa768" or "rsa1024" or "rsa2048";

    /// <summary>One of the keys of a kind; the same number gives the same key for the life of the process.</summary>
    public static TestKey Get(string kind, int number) => Pool.GetOrAdd((kind, number), static k => new Lazy<TestKey>(() => Create(k.Kind))).Value;

    /// <summary>The private key for a TLS server (P-256, P-384, P-521 and RSA).</summary>
    public AsymmetricAlgorithm ToAlgorithm()
    {
        var der = PrivateKeyInfoFactoryBytes();
        if (IsRsa)
        {
            var rsa = RSA.Create();
            rsa.ImportPkcs8PrivateKey(der, out _);
            return rsa;
        }

        var ecdsa = ECDsa.Create();
        ecdsa.ImportPkcs8PrivateKey(der, out _);
        return ecdsa;
    }

    /// <summary>The usual algorithm of the kind, or one with another digest.</summary>
    public byte[] Algorithm(string digest = "sha256", int? saltLength = null)
    {
        if (Kind.StartsWith("ed25519", StringComparison.Ordinal) || Kind.StartsWith("ed448", StringComparison.Ordinal))
        {
            return Der.Sequence(Der.Oid(Kind == "ed25519" ? "1.3.101.112" : "1.3.101.113"));
        }

        if (Kind.StartsWith("rsapss", StringComparison.Ordinal) || (IsRsa && saltLength is not null))
        {
            return PssAlgorithm(digest, saltLength ?? 32);
        }

        if (IsRsa)
        {
            return Der.Sequence(Der.Oid(digest switch
            {
                "md5" => "1.2.840.113549.1.1.4",
                "sha1" => "1.2.840.113549.1.1.5",
                "sha224" => "1.2.840.113549.1.1.14",
                "sha384" => "1.2.840.113549.1.1.12",
                "sha512" => "1.2.840.113549.1.1.13",
                "ripemd160" => "1.3.36.3.3.1.2",
                "sha3-256" => "2.16.840.1.101.3.4.3.14",
                _ => "1.2.840.113549.1.1.11",
            }), Der.Null());
        }

        if (Kind == "dsa")
        {
            return Der.Sequence(Der.Oid(digest == "sha1" ? "1.2.840.10040.4.3" : "2.16.840.1.101.3.4.3.2"));
        }

        return Der.Sequence(Der.Oid(digest switch
        {
            "sha1" => "1.2.840.10045.4.1",
            "sha224" => "1.2.840.10045.4.3.1",
            "sha384" => "1.2.840.10045.4.3.3",
            "sha512" => "1.2.840.10045.4.3.4",
            _ => "1.2.840.10045.4.3.2",
        }));
    }

    public byte[] Sign(byte[] data, string digest = "sha256", int? saltLength = null)
    {
        try
        {
            return SignOrThrow(data, digest, saltLength);
        }
        catch (Exception exception) when (exception is CryptoException or GeneralSecurityException or SecurityUtilityException or ArgumentException or InvalidOperationException)
        {
            // A key that is too short for the digest, or of the wrong kind, makes no signature; a wrong one is as good a case.
            return new byte[64];
        }
    }

    private byte[] SignOrThrow(byte[] data, string digest, int? saltLength)
    {
        ISigner signer;
        if (Kind is "ed25519" or "ed448")
        {
            signer = SignerUtilities.GetSigner(Kind == "ed25519" ? "Ed25519" : "Ed448");
        }
        else if (Kind.StartsWith("rsapss", StringComparison.Ordinal) || (IsRsa && saltLength is not null))
        {
            var hash = DigestUtilities.GetDigest(digest.ToUpperInvariant().Replace("SHA", "SHA-"));
            signer = new Org.BouncyCastle.Crypto.Signers.PssSigner(new Org.BouncyCastle.Crypto.Engines.RsaBlindedEngine(), hash, saltLength ?? 32);
        }
        else
        {
            var scheme = IsRsa ? "RSA" : Kind == "dsa" ? "DSA" : "ECDSA";
            signer = SignerUtilities.GetSigner($"{digest.ToUpperInvariant()}with{scheme}");
        }

        signer.Init(forSigning: true, _pair.Private);
        signer.BlockUpdate(data, 0, data.Length);
        return signer.GenerateSignature();
    }

    private static byte[] PssAlgorithm(string digest, int saltLength)
    {
        var hash = Der.Sequence(Der.Oid(digest switch
        {
            "sha1" => "1.3.14.3.2.26",
            "sha384" => "2.16.840.1.101.3.4.2.2",
            "sha512" => "2.16.840.1.101.3.4.2.3",
            _ => "2.16.840.1.101.3.4.2.1",
        }), Der.Null());
        var mask = Der.Sequence(Der.Oid("1.2.840.113549.1.1.8"), hash);
        return Der.Sequence(Der.Oid(Pss), Der.Sequence(Der.Explicit(0, hash), Der.Explicit(1, mask), Der.Explicit(2, Der.Integer(saltLength))));
    }

    private static TestKey Create(string kind)
    {
        var pair = CreatePair(kind);
        var info = SubjectPublicKeyInfoFactory.CreateSubjectPublicKeyInfo(pair.Public).GetDerEncoded();
        if (kind.StartsWith("rsapss", StringComparison.Ordinal))
        {
            var key = SubjectPublicKeyInfo.GetInstance(info);
            info = Der.Sequence(Der.Sequence(Der.Oid(Pss)), Der.BitString(key.PublicKey.GetBytes()));
        }

        return new TestKey(kind, pair, info);
    }

    private static AsymmetricCipherKeyPair CreatePair(string kind)
    {
        if (kind.StartsWith("rsa", StringComparison.Ordinal))
        {
            // Small keys are made by the platform only from 512 bits on, which is all that is needed.
            using var rsa = RSA.Create(int.Parse(kind.AsSpan(kind.LastIndexOfAnyInRange('a', 'z') + 1)));
            return DotNetUtilities.GetRsaKeyPair(rsa);
        }

        var random = new SecureRandom();
        IAsymmetricCipherKeyPairGenerator generator;
        KeyGenerationParameters parameters;
        switch (kind)
        {
            case "ed25519":
                (generator, parameters) = (new Org.BouncyCastle.Crypto.Generators.Ed25519KeyPairGenerator(), new Ed25519KeyGenerationParameters(random));
                break;
            case "ed448":
                (generator, parameters) = (new Org.BouncyCastle.Crypto.Generators.Ed448KeyPairGenerator(), new Ed448KeyGenerationParameters(random));
                break;
            case "dsa":
                var domain = new Org.BouncyCastle.Crypto.Generators.DsaParametersGenerator();
                domain.Init(1024, 20, random);
                (generator, parameters) = (new Org.BouncyCastle.Crypto.Generators.DsaKeyPairGenerator(), new DsaKeyGenerationParameters(random, domain.GenerateParameters()));
                break;
            case "explicit":
                var named = Org.BouncyCastle.Asn1.X9.ECNamedCurveTable.GetByName("secp256r1");
                (generator, parameters) = (new Org.BouncyCastle.Crypto.Generators.ECKeyPairGenerator(), new ECKeyGenerationParameters(new ECDomainParameters(named), random));
                break;
            default:
                var oid = Org.BouncyCastle.Asn1.X9.ECNamedCurveTable.GetOid(kind);
                (generator, parameters) = (new Org.BouncyCastle.Crypto.Generators.ECKeyPairGenerator(), new ECKeyGenerationParameters(oid, random));
                break;
        }

        generator.Init(parameters);
        return generator.GenerateKeyPair();
    }

    private byte[] PrivateKeyInfoFactoryBytes() => Org.BouncyCastle.Pkcs.PrivateKeyInfoFactory.CreatePrivateKeyInfo(_pair.Private).GetDerEncoded();
}

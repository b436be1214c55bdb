using System.Text;
using Org.BouncyCastle.Tls;

namespace AutoDetectSim.Tls.Engine;

/// <summary>The groups, cipher suites and signature schemes that are spoken here.</summary>
internal static class ParameterSets
{
    private static readonly int[] Suites13 =
    [
        CipherSuite.TLS_AES_256_GCM_SHA384, CipherSuite.TLS_CHACHA20_POLY1305_SHA256, CipherSuite.TLS_AES_128_GCM_SHA256,
    ];

    /// <summary>Key exchange groups; the client sends a key share for the first.</summary>
    internal static int[] Groups { get; } = [NamedGroup.x25519, NamedGroup.secp256r1, NamedGroup.secp384r1, NamedGroup.secp521r1];

    /// <summary>The same with the hybrid group that newer clients offer first; servers here do not choose it.</summary>
    internal static int[] GroupsWithMlKem { get; } = [NamedGroup.X25519MLKEM768, .. Groups];

    /// <summary>Whether a group has ML-KEM in it.</summary>
    internal static bool IsMlKem(int group) =>
        group is NamedGroup.MLKEM512 or NamedGroup.MLKEM768 or NamedGroup.MLKEM1024 or NamedGroup.X25519MLKEM768 or NamedGroup.SecP256r1MLKEM768 or NamedGroup.SecP384r1MLKEM1024;

    internal static int[] EcdsaServerSuites { get; } =
    [
        .. Suites13,
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
        CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256, CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384,
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA, CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA,
    ];

    internal static int[] RsaServerSuites { get; } =
    [
        .. Suites13,
        CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
        CipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
        CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256, CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384,
        CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA, CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA,
    ];

    /// <summary>What the client offers: ECDHE as Node does, then the older key exchanges for servers that know nothing else.</summary>
    internal static int[] ClientSuites { get; } =
    [
        .. Suites13,
        CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
        CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
        CipherSuite.TLS_DHE_RSA_WITH_AES_128_GCM_SHA256, CipherSuite.TLS_DHE_RSA_WITH_AES_256_GCM_SHA384,
        CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, CipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
        CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256, CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256,
        CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384, CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384,
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA, CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA,
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA, CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA,
        CipherSuite.TLS_RSA_WITH_AES_128_GCM_SHA256, CipherSuite.TLS_RSA_WITH_AES_256_GCM_SHA384,
        CipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA256, CipherSuite.TLS_RSA_WITH_AES_256_CBC_SHA256,
        CipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA, CipherSuite.TLS_RSA_WITH_AES_256_CBC_SHA,
    ];

    /// <summary>Handshake signatures that are accepted.</summary>
    internal static IList<SignatureAndHashAlgorithm> SignatureAlgorithms { get; } = Algorithms(
        SignatureScheme.ecdsa_secp256r1_sha256, SignatureScheme.ecdsa_secp384r1_sha384, SignatureScheme.ecdsa_secp521r1_sha512,
        SignatureScheme.ed25519, SignatureScheme.ed448,
        SignatureScheme.rsa_pss_pss_sha256, SignatureScheme.rsa_pss_pss_sha384, SignatureScheme.rsa_pss_pss_sha512,
        SignatureScheme.rsa_pss_rsae_sha256, SignatureScheme.rsa_pss_rsae_sha384, SignatureScheme.rsa_pss_rsae_sha512,
        SignatureScheme.rsa_pkcs1_sha256, SignatureScheme.rsa_pkcs1_sha384, SignatureScheme.rsa_pkcs1_sha512,
        SignatureScheme.ecdsa_sha1, SignatureScheme.rsa_pkcs1_sha1);

    /// <summary>A peer's ALPN name. Names are any bytes (RFC 7301, section 3.1), and some clients send nonsense on purpose (RFC 8701).</summary>
    internal static string ApplicationProtocolText(ProtocolName name) => Encoding.UTF8.GetString(name.GetBytes());

    /// <summary>RFC 7301, section 3.1: a name has between 1 and 255 bytes.</summary>
    internal static IReadOnlyList<string> CheckApplicationProtocols(IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        return names.All(name => Encoding.UTF8.GetByteCount(name) is > 0 and <= byte.MaxValue)
            ? names
            : throw new ArgumentException("An ALPN name has between 1 and 255 bytes.", nameof(names));
    }

    private static IList<SignatureAndHashAlgorithm> Algorithms(params int[] schemes) =>
        [.. schemes.Select(SignatureScheme.GetSignatureAndHashAlgorithm)];
}

using AutoDetectSim.Certificates.Validation.Decoding;
using AutoDetectSim.Certificates.Validation.Diagnosis;
using AutoDetectSim.Certificates.Validation.Hosts;
using AutoDetectSim.Certificates.Validation.PathBuilding;
using AutoDetectSim.Certificates.Validation.Signatures;

namespace AutoDetectSim.Certificates.Validation;

/// <summary>
/// Judges a presented chain as the TLS client of Node.js 20 (OpenSSL 3.0) or 24 (OpenSSL 3.5) does, code for code. It knows the presented
/// certificates and the trust anchors and nothing else: it keeps no intermediates, downloads nothing and reads no
/// store of the operating system. What it remembers between calls (decoded certificates and outcomes of signature
/// checks, both keyed by all their bytes) changes no verdict. Safe for use by several threads.
/// </summary>
public sealed class StrictPathValidator
{
    private const int DefaultCacheSize = 4096;
    private const int MessageHeader = 4;
    private const int EntryHeader = 5;

    private readonly BoundedCache<ByteKey, DecodedCertificate> _decoded;
    private readonly SignatureCache _signatures;

    /// <summary>Makes a validator that remembers some thousand certificates and signatures.</summary>
    public StrictPathValidator()
        : this(DefaultCacheSize)
    {
    }

    /// <summary>Makes a validator of one version of Node.js that remembers some thousand certificates and signatures.</summary>
    /// <param name="version">The Node.js that judges.</param>
    public StrictPathValidator(NodeVersion version)
        : this(version, CertificatePurpose.Server)
    {
    }

    /// <summary>Makes a validator of one version of Node.js that judges the certificates of servers, or of clients.</summary>
    internal StrictPathValidator(NodeVersion version, CertificatePurpose purpose)
        : this(DefaultCacheSize) => (Version, Purpose) = (version, purpose);

    /// <summary>The Node.js that judges.</summary>
    public NodeVersion Version { get; }

    /// <summary>The end of the connection whose certificates are judged.</summary>
    internal CertificatePurpose Purpose { get; }

    /// <summary>Makes a validator.</summary>
    /// <param name="cacheSize">How many certificates and how many outcomes of signature checks to remember; 0 for none.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="cacheSize"/> is negative.</exception>
    public StrictPathValidator(int cacheSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(cacheSize);
        _decoded = new BoundedCache<ByteKey, DecodedCertificate>(cacheSize);
        _signatures = new SignatureCache(cacheSize);
    }

    /// <summary>Judges a presented chain. Any bytes get a verdict, never an exception.</summary>
    /// <param name="presented">The certificates in wire order, DER-encoded, the server's own first.</param>
    /// <param name="anchors">The trusted certificates.</param>
    /// <param name="host">The host name or IP literal that the client connects to, or null to leave the names unchecked.</param>
    /// <param name="at">The time of validation; fractions of a second are dropped, as the operating system's clock in seconds does.</param>
    /// <returns>The verdict.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="presented"/> or <paramref name="anchors"/> is null.</exception>
    public ValidationResult Validate(IReadOnlyList<ReadOnlyMemory<byte>> presented, TrustAnchors anchors, string? host, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(presented);
        ArgumentNullException.ThrowIfNull(anchors);

        var error = Decode(presented, out var certificates);
        if (error != ValidationCode.Ok)
        {
            return HandshakeFailure(error, certificates);
        }

        var verification = new Verification(certificates, anchors.For(Version), at.ToUnixTimeSeconds(), Version, Purpose);
        Verify(verification);
        error = HandshakeErrorOf(certificates[0].Key);
        if (error != ValidationCode.Ok)
        {
            return HandshakeFailure(error, certificates);
        }

        if (verification.LastError == ValidationCode.Ok && host is not null && !ServerIdentity.Matches(certificates[0], host, Version))
        {
            verification.Raise(ValidationCode.AltNameInvalid, 0);
        }

        var code = verification.LastError;
        return new ValidationResult
        {
            NodeCode = code.NodeName(),
            Code = code,
            Depth = code == ValidationCode.Ok ? null : verification.Trail[^1].Depth,
            Trail = verification.Trail,
            Detail = new ValidationDetail(code, certificates, verification, host),
        };
    }

    private static ValidationResult HandshakeFailure(ValidationCode code, IReadOnlyList<DecodedCertificate> certificates)
    {
        return new ValidationResult
        {
            NodeCode = code.NodeName(),
            Code = code,
            Detail = new ValidationDetail(code, certificates, null, null),
        };
    }

    /// <summary>What the TLS client checks of the server's key once the chain has been looked at.</summary>
    private static ValidationCode HandshakeErrorOf(SubjectKey key) => key.Kind switch
    {
        KeyKind.Undecodable => ValidationCode.SslDecodeError,
        KeyKind.AgreementOnly or KeyKind.Sm2 => ValidationCode.SslUnknownCertificateType,
        _ => ValidationCode.Ok,
    };

    private void Verify(Verification verification)
    {
        StrengthChecks.RunLeaf(verification);
        PathBuilder.Build(verification);
        ExtensionChecks.Run(verification);
        StrengthChecks.Run(verification);
        SignatureChecks.Run(verification, _signatures);
        new NameConstraintChecks(verification).Run();
        ResourceChecks.Run(verification);
    }

    private ValidationCode Decode(IReadOnlyList<ReadOnlyMemory<byte>> presented, out IReadOnlyList<DecodedCertificate> certificates)
    {
        var decoded = new List<DecodedCertificate>(presented.Count);
        certificates = decoded;
        if (presented.Sum(static c => (long)c.Length + EntryHeader) + MessageHeader > ValidationLimits.MaxMessageBytes)
        {
            return ValidationCode.SslExcessiveMessageSize;
        }

        if (presented.Count == 0)
        {
            return ValidationCode.SslLengthMismatch;
        }

        foreach (var der in presented)
        {
            if (!_decoded.TryGet(new ByteKey(der), out var certificate))
            {
                // The caller may reuse its buffer; a certificate that is remembered must not change.
                ReadOnlyMemory<byte> copy = der.ToArray();
                var fresh = DecodedCertificate.TryDecode(copy, out var consumed, out var error, Version);
                if (fresh is null || consumed != der.Length)
                {
                    return fresh is null ? error : ValidationCode.SslCertLengthMismatch;
                }

                certificate = fresh;
                _decoded.Set(certificate.Identity, certificate);
            }

            decoded.Add(certificate);
        }

        return ValidationCode.Ok;
    }
}

using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AutoDetectSim.Certificates.Issuance;

/// <summary>
/// A real certificate as a pattern for one of a lab: the same subject, extensions, kind and size of key, signature hash and
/// relative validity, with the lab's own key and issuer.
/// </summary>
public sealed class CertificateTemplate : IDisposable
{
    private const string SubjectKeyIdentifier = "2.5.29.14";
    private const string AuthorityKeyIdentifier = "2.5.29.35";
    private const string CrlDistributionPoints = "2.5.29.31";
    private const string AuthorityInformationAccess = "1.3.6.1.5.5.7.1.1";
    private const string SignedCertificateTimestamps = "1.3.6.1.4.1.11129.2.4.2";

    private readonly X509Certificate2 _certificate;
    private readonly string _notBefore;
    private readonly string _notAfter;
    private readonly int? _pathLength;
    private readonly List<string> _deviations = [];

    private CertificateTemplate(X509Certificate2 certificate, DateTimeOffset at)
    {
        _certificate = certificate;
        Subject = certificate.Subject;
        Issuer = certificate.Issuer;
        var (from, until) = (certificate.NotBefore, certificate.NotAfter);
        if (until <= from)
        {
            // What clients say stays the same: not valid yet, or not any more.
            (from, until) = from.ToUniversalTime() > at.UtcDateTime && from.Year < DateTime.MaxValue.Year ? (from, from.AddDays(1))
                : until.Year > DateTime.MinValue.Year ? (until.AddDays(-1), until)
                : (until, until.AddDays(1));
            _deviations.Add("its validity ends before it begins, which the lab does not issue");
        }

        _notBefore = Offset(from, at);
        _notAfter = Offset(until, at);
        Key = KeyOf(certificate);
        Hash = HashOf(certificate);
        var constraints = Decode<X509BasicConstraintsExtension, (bool, int?)>(extension => (extension.CertificateAuthority, extension.HasPathLengthConstraint ? extension.PathLengthConstraint : null));
        (IsAuthority, _pathLength) = constraints;
        IssuerAiaUrl = Decode<X509AuthorityInformationAccessExtension, string?>(extension => extension.EnumerateCAIssuersUris().FirstOrDefault(IsHttp));
        if (certificate.SubjectName.EnumerateRelativeDistinguishedNames().Any(part => part.HasMultipleElements))
        {
            _deviations.Add("parts of its subject that have several values become several parts");
        }

        if (Extension(SignedCertificateTimestamps) is not null)
        {
            _deviations.Add("its certificate transparency timestamps are copied, but belong to the real key");
        }
    }

    /// <summary>Whether the certificate says that it may issue others (basicConstraints, RFC 5280 4.2.1.9).</summary>
    public bool IsAuthority { get; }

    /// <summary>Whether subject and issuer are the same name.</summary>
    public bool IsSelfIssued => _certificate.SubjectName.RawData.AsSpan().SequenceEqual(_certificate.IssuerName.RawData);

    /// <summary>The subject in RFC 4514 order.</summary>
    public string Subject { get; }

    /// <summary>The issuer in RFC 4514 order.</summary>
    public string Issuer { get; }

    /// <summary>The key that a lab creates instead of the real one.</summary>
    public KeyAlgorithm Key { get; }

    /// <summary>The hash that the certificate was signed with.</summary>
    public SignatureHash Hash { get; }

    /// <summary>Where the certificate says that its issuer's can be fetched over http, or null; for the <see cref="AuthorityRecipe.AiaUrl"/> of the issuer.</summary>
    public string? IssuerAiaUrl { get; }

    /// <summary>What the lab's certificate cannot have in common with the real one; empty for most.</summary>
    public IReadOnlyList<string> Deviations => _deviations;

    /// <summary>Reads a certificate. One that is damaged in its names, times or keys cannot be a template.</summary>
    /// <param name="der">The DER encoding.</param>
    /// <param name="at">When it was seen: its validity becomes relative to this time.</param>
    /// <param name="template">The template, when the bytes are a certificate.</param>
    /// <returns>Whether they are one.</returns>
    public static bool TryRead(ReadOnlySpan<byte> der, DateTimeOffset at, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out CertificateTemplate? template)
    {
        template = null;
        X509Certificate2? certificate = null;
        try
        {
            certificate = X509CertificateLoader.LoadCertificate(der);
            template = new CertificateTemplate(certificate, at);
            return true;
        }
        catch (CryptographicException)
        {
            certificate?.Dispose();
            return false;
        }
    }

    /// <summary>The certificate as an authority of a lab.</summary>
    /// <param name="name">The name of the new authority.</param>
    /// <param name="issuer">The name of the authority that signs it, or null for a root. Its subject is to be <see cref="Issuer"/>.</param>
    /// <returns>The recipe.</returns>
    public AuthorityRecipe ToAuthority(string name, string? issuer)
    {
        var recipe = new AuthorityRecipe
        {
            Name = name,
            Issuer = issuer,
            Subject = Subject,
            Key = Key,
            SignatureHash = Hash,
            NotBefore = _notBefore,
            NotAfter = _notAfter,
            PathLength = _pathLength,
            ExtendedKeyUsage = Usages(),
        };
        return recipe with { Extensions = Difference(RecipeExtensions.Of(recipe)) };
    }

    /// <summary>The certificate as an end-entity certificate of a lab.</summary>
    /// <param name="name">The name of the new certificate.</param>
    /// <param name="issuer">The name of the authority that signs it, or null where it signs itself. Its subject is to be <see cref="Issuer"/>.</param>
    /// <returns>The recipe.</returns>
    public CertificateRecipe ToCertificate(string name, string? issuer)
    {
        var recipe = new CertificateRecipe
        {
            Name = name,
            Issuer = issuer,
            Subject = Subject,
            Hosts = Hosts(),
            Key = Key,
            SignatureHash = Hash,
            NotBefore = _notBefore,
            NotAfter = _notAfter,
            ExtendedKeyUsage = Usages(),
        };
        return recipe with { Extensions = Difference(RecipeExtensions.Of(recipe)) };
    }

    /// <summary>Releases the parsed certificate.</summary>
    public void Dispose() => _certificate.Dispose();

    /// <summary>What the lab would make otherwise than the certificate has it.</summary>
    private List<ExtensionRecipe> Difference(IEnumerable<X509Extension> made)
    {
        var rest = made.ToDictionary(extension => extension.Oid!.Value!, StringComparer.Ordinal);
        var difference = new List<ExtensionRecipe>();
        foreach (var extension in _certificate.Extensions)
        {
            var oid = extension.Oid!.Value!;
            var same = rest.Remove(oid, out var other) && other.Critical == extension.Critical && other.RawData.AsSpan().SequenceEqual(extension.RawData);
            // The identifiers of the real keys would name keys that the lab does not have.
            if (!same && oid is not (SubjectKeyIdentifier or AuthorityKeyIdentifier) && difference.TrueForAll(known => !string.Equals(known.Oid, oid, StringComparison.Ordinal)))
            {
                difference.Add(new ExtensionRecipe { Oid = oid, Critical = extension.Critical, Value = Convert.ToBase64String(extension.RawData) });
            }
        }

        // What the issuer's recipe would add, a certificate without it must leave out.
        difference.AddRange(rest.Keys.Concat(new[] { SubjectKeyIdentifier, AuthorityKeyIdentifier, AuthorityInformationAccess, CrlDistributionPoints }.Where(oid => Extension(oid) is null))
            .Select(oid => new ExtensionRecipe { Oid = oid }));
        return difference;
    }

    private List<string> Hosts() => Decode<X509SubjectAlternativeNameExtension, List<string>>(
        names => [.. names.EnumerateDnsNames().Concat(names.EnumerateIPAddresses().Select(address => address.ToString())).Where(host => HostNames.Problem(host) is null)]) ?? [];

    private List<string> Usages() => Decode<X509EnhancedKeyUsageExtension, List<string>>(
        usages => [.. usages.EnhancedKeyUsages.Cast<Oid>().Select(oid => ExtendedKeyUsages.NameOf(oid.Value!)).Where(name => ExtendedKeyUsages.TryParse(name, out _))]) ?? [];

    /// <summary>What an extension says; nothing where it is broken, and then it is copied as it is.</summary>
    private T? Decode<TExtension, T>(Func<TExtension, T> read)
        where TExtension : X509Extension
    {
        try
        {
            return _certificate.Extensions.OfType<TExtension>().FirstOrDefault() is { } extension ? read(extension) : default;
        }
        catch (CryptographicException)
        {
            return default;
        }
    }

    private X509Extension? Extension(string oid) => _certificate.Extensions.FirstOrDefault(extension => string.Equals(extension.Oid?.Value, oid, StringComparison.Ordinal));

    private static string Offset(DateTime bound, DateTimeOffset at)
    {
        var time = new DateTimeOffset(bound.ToUniversalTime(), TimeSpan.Zero);
        var offset = string.Create(CultureInfo.InvariantCulture, $"{(long)(time - ValidityBound.Truncate(at)).TotalSeconds}s");
        // Such as 99991231235959Z, which means that the certificate never ends (RFC 5280 4.1.2.5).
        return ValidityBound.TryParse(offset, out _, out _) ? offset : time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
    }

    private KeyAlgorithm KeyOf(X509Certificate2 certificate)
    {
        try
        {
            using var rsa = certificate.GetRSAPublicKey();
            if (rsa is not null)
            {
                return Nearest(rsa.KeySize, "RSA", [(1024, KeyAlgorithm.Rsa1024), (2048, KeyAlgorithm.Rsa2048), (3072, KeyAlgorithm.Rsa3072), (4096, KeyAlgorithm.Rsa4096)]);
            }

            using var ecdsa = certificate.GetECDsaPublicKey();
            if (ecdsa is not null)
            {
                return Nearest(ecdsa.KeySize, "EC", [(256, KeyAlgorithm.P256), (384, KeyAlgorithm.P384), (521, KeyAlgorithm.P521)]);
            }
        }
        catch (CryptographicException)
        {
            // A key that this system cannot read is one that the lab cannot make either.
        }

        _deviations.Add($"a key of algorithm {certificate.PublicKey.Oid.FriendlyName ?? certificate.PublicKey.Oid.Value} becomes one on P-256");
        return KeyAlgorithm.P256;
    }

    private KeyAlgorithm Nearest(int size, string kind, (int Size, KeyAlgorithm Key)[] known)
    {
        var nearest = known.MinBy(candidate => Math.Abs(candidate.Size - size));
        if (nearest.Size != size)
        {
            _deviations.Add(string.Create(CultureInfo.InvariantCulture, $"an {kind} key of {size} bits becomes one of {nearest.Size}"));
        }

        return nearest.Key;
    }

    private SignatureHash HashOf(X509Certificate2 certificate)
    {
        switch (certificate.SignatureAlgorithm.Value)
        {
            case "1.2.840.113549.1.1.5" or "1.2.840.10045.4.1":
                return SignatureHash.Sha1;
            case "1.2.840.113549.1.1.11" or "1.2.840.10045.4.3.2":
                return SignatureHash.Sha256;
            case "1.2.840.113549.1.1.12" or "1.2.840.10045.4.3.3":
                return SignatureHash.Sha384;
            case "1.2.840.113549.1.1.13" or "1.2.840.10045.4.3.4":
                return SignatureHash.Sha512;
            default:
                _deviations.Add($"a signature of algorithm {certificate.SignatureAlgorithm.FriendlyName ?? certificate.SignatureAlgorithm.Value} becomes one with SHA-256");
                return SignatureHash.Sha256;
        }
    }

    private static bool IsHttp(string url) => Uri.TryCreate(url, UriKind.Absolute, out var uri) && string.Equals(uri.Scheme, Uri.UriSchemeHttp, StringComparison.Ordinal);
}

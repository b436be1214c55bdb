using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace AutoDetectSim.Certificates.Issuance;

/// <summary>Turns recipes into signed certificates and CRLs.</summary>
internal sealed class CertificateIssuer(RecipeBook book, KeyRing keys, int seed, DateTimeOffset start, Uri aiaBase)
{
    private static readonly X509BasicConstraintsExtension EndEntity = new(certificateAuthority: false, hasPathLengthConstraint: false, 0, critical: true);
    private static readonly X509KeyUsageExtension AuthorityUsage = new(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true);
    private static readonly X509KeyUsageExtension EcdsaUsage = new(X509KeyUsageFlags.DigitalSignature, critical: true);
    private static readonly X509KeyUsageExtension RsaUsage = new(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment, critical: true);

    public X509Certificate2 Issue(AuthorityRecipe recipe)
    {
        var subject = new X500DistinguishedName(book.SubjectOf(recipe));
        var key = KeyOf(recipe);
        var issuer = recipe.Issuer is { } name ? Find(name) : recipe;
        var request = NewRequest(subject, key, KeyOf(issuer));
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(
            certificateAuthority: true, recipe.PathLength is not null, recipe.PathLength ?? 0, critical: true));
        request.CertificateExtensions.Add(AuthorityUsage);
        AddExtendedKeyUsage(request, recipe.ExtendedKeyUsage);
        var isRoot = recipe.Issuer is null;
        if (!isRoot)
        {
            AddPointers(request, issuer);
        }

        return Sign(request, recipe.Name, issuer, Window(recipe.NotBefore, "-1y", recipe.NotAfter, isRoot ? "10y" : "5y"));
    }

    public X509Certificate2 Issue(CertificateRecipe recipe)
    {
        var subject = new X500DistinguishedName(RecipeBook.SubjectOf(recipe));
        var key = KeyOf(recipe);
        var issuer = recipe.Issuer is { } name ? Find(name) : null;
        var request = NewRequest(subject, key, issuer is null ? key : KeyOf(issuer));
        request.CertificateExtensions.Add(EndEntity);
        request.CertificateExtensions.Add(key.Algorithm.IsRsa() ? RsaUsage : EcdsaUsage);
        AddExtendedKeyUsage(request, recipe.ExtendedKeyUsage.Count == 0 ? [ExtendedKeyUsages.ServerAuth, ExtendedKeyUsages.ClientAuth] : recipe.ExtendedKeyUsage);
        if (recipe.Hosts.Count > 0)
        {
            request.CertificateExtensions.Add(HostNames.ToExtension(recipe.Hosts));
        }

        var window = Window(recipe.NotBefore, "-30d", recipe.NotAfter, "1y");
        if (issuer is null)
        {
            return request.Create(subject, key.SignatureGenerator, window.From, window.To, SerialNumber(recipe.Name));
        }

        AddPointers(request, issuer);
        return Sign(request, recipe.Name, issuer, window);
    }

    public byte[] IssueRevocationList(AuthorityRecipe issuer)
    {
        var key = KeyOf(issuer);
        var thisUpdate = start.AddHours(-1);
        return new CertificateRevocationListBuilder().Build(
            new X500DistinguishedName(book.SubjectOf(issuer)), key.SignatureGenerator, thisUpdate.ToUnixTimeSeconds(), start.AddDays(7),
            key.Algorithm.Hash(), key.AuthorityKeyIdentifier, thisUpdate);
    }

    /// <summary>Where the certificate of an authority can be fetched, or null where its certificates do not say so.</summary>
    public string? AiaUrl(AuthorityRecipe authority) =>
        authority.AiaUrl ?? (authority.Aia ? new Uri(aiaBase, Uri.EscapeDataString(authority.Name) + ".cer").AbsoluteUri : null);

    public LabKey KeyOf(CertificateRecipe recipe) => keys.Get(CertificateVariants.Original(recipe.Name), recipe.Key);

    /// <summary>Begins to make every key that a certificate of this name needs.</summary>
    public void StartKeys(string name)
    {
        if (book.FindAuthority(name) is { } authority)
        {
            StartKeys(authority);
        }
        else if (book.FindCertificate(name) is { File: null } certificate)
        {
            keys.Start(CertificateVariants.Original(name), certificate.Key);
            if (certificate.Issuer is { } issuer && book.FindAuthority(issuer) is { } found)
            {
                StartKey(found);
            }
        }
    }

    private void StartKeys(AuthorityRecipe authority)
    {
        StartKey(authority);
        if (authority.Issuer is { } issuer)
        {
            StartKey(Find(issuer));
        }
    }

    private void StartKey(AuthorityRecipe authority)
    {
        var owner = book.KeyOwner(authority);
        keys.Start(owner.Name, owner.Key);
    }

    private LabKey KeyOf(AuthorityRecipe recipe)
    {
        var owner = book.KeyOwner(recipe);
        return keys.Get(owner.Name, owner.Key);
    }

    private static CertificateRequest NewRequest(X500DistinguishedName subject, LabKey key, LabKey issuerKey)
    {
        var request = new CertificateRequest(subject, key.PublicKey, issuerKey.Algorithm.Hash(), issuerKey.Algorithm.IsRsa() ? RSASignaturePadding.Pkcs1 : null);
        request.CertificateExtensions.Add(key.SubjectKeyIdentifier);
        request.CertificateExtensions.Add(issuerKey.AuthorityKeyIdentifier);
        return request;
    }

    private static void AddExtendedKeyUsage(CertificateRequest request, IReadOnlyList<string> names)
    {
        if (names.Count == 0)
        {
            return;
        }

        var oids = new OidCollection();
        foreach (var name in names)
        {
            oids.Add(ExtendedKeyUsages.TryParse(name, out var oid) ? oid : throw new LabPkiException($"'{name}' is no extended key usage."));
        }

        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(oids, critical: false));
    }

    private void AddPointers(CertificateRequest request, AuthorityRecipe issuer)
    {
        if (AiaUrl(issuer) is { } aiaUrl)
        {
            request.CertificateExtensions.Add(new X509AuthorityInformationAccessExtension(ocspUris: null, [aiaUrl]));
        }

        if (issuer.CrlUrl is { } crlUrl)
        {
            request.CertificateExtensions.Add(CertificateRevocationListBuilder.BuildCrlDistributionPointExtension([crlUrl]));
        }
    }

    private X509Certificate2 Sign(CertificateRequest request, string name, AuthorityRecipe issuer, (DateTimeOffset From, DateTimeOffset To) window) =>
        request.Create(new X500DistinguishedName(book.SubjectOf(issuer)), KeyOf(issuer).SignatureGenerator, window.From, window.To, SerialNumber(name));

    private AuthorityRecipe Find(string name) => book.FindAuthority(name) ?? throw new LabPkiException($"There is no authority '{name}'.");

    private (DateTimeOffset From, DateTimeOffset To) Window(string? notBefore, string defaultNotBefore, string? notAfter, string defaultNotAfter) =>
        ValidityWindow.Resolve(start, notBefore, defaultNotBefore, notAfter, defaultNotAfter);

    // Sixteen octets with the upper bits 01: positive, never with a leading zero, the same length for all (RFC 5280 4.1.2.2).
    private byte[] SerialNumber(string name)
    {
        var serial = SHA256.HashData(Encoding.UTF8.GetBytes($"AutoDetectSim serial number\n{seed}\n{name}"))[..16];
        serial[0] = (byte)((serial[0] & 0x3F) | 0x40);
        return serial;
    }
}

using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace AutoDetectSim.Certificates.Issuance;

/// <summary>Turns recipes into signed certificates and CRLs.</summary>
internal sealed class CertificateIssuer(RecipeBook book, KeyRing keys, int seed, DateTimeOffset start, Uri aiaBase)
{
    public X509Certificate2 Issue(AuthorityRecipe recipe)
    {
        var issuer = recipe.Issuer is { } name ? Find(name) : recipe;
        var window = ValidityWindow.Resolve(start, recipe.NotBefore, "-1y", recipe.NotAfter, recipe.Issuer is null ? "10y" : "5y");
        var request = NewRequest(book.SubjectOf(recipe), KeyOf(recipe), KeyOf(issuer), recipe.SignatureHash);
        AddAll(request, RecipeExtensions.Of(recipe), recipe.Issuer is null ? null : issuer, recipe.Extensions);
        return Sign(request, recipe.Name, book.SubjectOf(issuer), KeyOf(issuer), window);
    }

    public X509Certificate2 Issue(CertificateRecipe recipe)
    {
        var subject = RecipeBook.SubjectOf(recipe);
        var issuer = recipe.Issuer is { } name ? Find(name) : null;
        var issuerKey = issuer is null ? KeyOf(recipe) : KeyOf(issuer);
        var window = ValidityWindow.Resolve(start, recipe.NotBefore, "-30d", recipe.NotAfter, "1y");
        var request = NewRequest(subject, KeyOf(recipe), issuerKey, recipe.SignatureHash);
        AddAll(request, RecipeExtensions.Of(recipe), issuer, recipe.Extensions);
        return Sign(request, recipe.Name, issuer is null ? subject : book.SubjectOf(issuer), issuerKey, window);
    }

    /// <summary>Issues a list of the authorities whose certificates an issuer has revoked.</summary>
    public byte[] IssueRevocationList(AuthorityRecipe issuer, IEnumerable<string> revoked, DateTimeOffset now)
    {
        var key = KeyOf(issuer);
        var thisUpdate = now.AddHours(-1);
        var builder = new CertificateRevocationListBuilder();
        foreach (var name in revoked)
        {
            builder.AddEntry(SerialNumber(name), now.AddDays(-1), X509RevocationReason.Superseded);
        }

        return builder.Build(
            new X500DistinguishedName(book.SubjectOf(issuer)), key.SignatureGenerator, thisUpdate.ToUnixTimeSeconds(), now.AddDays(7),
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

    private static CertificateRequest NewRequest(string subject, LabKey key, LabKey issuerKey, SignatureHash? hash)
    {
        var hashName = hash?.Name() ?? issuerKey.Algorithm.Hash();
        var request = new CertificateRequest(
            new X500DistinguishedName(subject), key.PublicKey, hashName, issuerKey.Algorithm.IsRsa() ? RSASignaturePadding.Pkcs1 : null);
        request.CertificateExtensions.Add(key.SubjectKeyIdentifier);
        request.CertificateExtensions.Add(issuerKey.AuthorityKeyIdentifier);
        return request;
    }

    private void AddAll(CertificateRequest request, IEnumerable<X509Extension> own, AuthorityRecipe? issuer, IReadOnlyList<ExtensionRecipe> spelledOut)
    {
        foreach (var extension in own)
        {
            request.CertificateExtensions.Add(extension);
        }

        if (issuer is not null && AiaUrl(issuer) is { } aiaUrl)
        {
            request.CertificateExtensions.Add(RecipeExtensions.CaIssuers(aiaUrl));
        }

        if (issuer?.CrlUrl is { } crlUrl)
        {
            request.CertificateExtensions.Add(RecipeExtensions.CrlDistributionPoint(crlUrl));
        }

        RecipeExtensions.Apply(spelledOut, request.CertificateExtensions);
    }

    private X509Certificate2 Sign(CertificateRequest request, string name, string issuer, LabKey issuerKey, (DateTimeOffset From, DateTimeOffset To) window)
    {
        var generator = request.HashAlgorithm == HashAlgorithmName.SHA1 ? new Sha1SignatureGenerator(issuerKey.Key) : issuerKey.SignatureGenerator;
        return request.Create(new X500DistinguishedName(issuer), generator, window.From, window.To, SerialNumber(name));
    }

    private AuthorityRecipe Find(string name) => book.FindAuthority(name) ?? throw new LabPkiException($"There is no authority '{name}'.");

    // Sixteen octets with the upper bits 01: positive, never with a leading zero, the same length for all (RFC 5280 4.1.2.2).
    private byte[] SerialNumber(string name)
    {
        var serial = SHA256.HashData(Encoding.UTF8.GetBytes($"AutoDetectSim serial number\n{seed}\n{name}"))[..16];
        serial[0] = (byte)((serial[0] & 0x3F) | 0x40);
        return serial;
    }
}

using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AutoDetectSim.Certificates.Issuance;

/// <summary>The extensions that recipes ask for, key identifiers and what the issuer adds aside.</summary>
internal static class RecipeExtensions
{
    public const string ExtendedKeyUsage = "2.5.29.37";
    public const string SubjectAlternativeName = "2.5.29.17";

    private static readonly X509BasicConstraintsExtension EndEntity = new(certificateAuthority: false, hasPathLengthConstraint: false, 0, critical: true);
    private static readonly X509KeyUsageExtension AuthorityUsage = new(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true);
    private static readonly X509KeyUsageExtension EcdsaUsage = new(X509KeyUsageFlags.DigitalSignature, critical: true);
    private static readonly X509KeyUsageExtension RsaUsage = new(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment, critical: true);

    public static IEnumerable<X509Extension> Of(AuthorityRecipe recipe)
    {
        yield return new X509BasicConstraintsExtension(certificateAuthority: true, recipe.PathLength is not null, recipe.PathLength ?? 0, critical: true);
        yield return AuthorityUsage;
        if (recipe.ExtendedKeyUsage.Count > 0)
        {
            yield return Usages(recipe.ExtendedKeyUsage);
        }
    }

    public static IEnumerable<X509Extension> Of(CertificateRecipe recipe)
    {
        yield return EndEntity;
        yield return recipe.Key.IsRsa() ? RsaUsage : EcdsaUsage;
        yield return Usages(recipe.ExtendedKeyUsage.Count == 0 ? [ExtendedKeyUsages.ServerAuth, ExtendedKeyUsages.ClientAuth] : recipe.ExtendedKeyUsage);
        if (recipe.Hosts.Count > 0)
        {
            yield return HostNames.ToExtension(recipe.Hosts, critical: recipe.Subject is { Length: 0 });
        }
    }

    public static X509Extension CaIssuers(string url) => new X509AuthorityInformationAccessExtension(ocspUris: null, [url]);

    public static X509Extension CrlDistributionPoint(string url) => CertificateRevocationListBuilder.BuildCrlDistributionPointExtension([url]);

    /// <summary>Lets the extensions that a recipe spells out take the place of those that were made.</summary>
    public static void Apply(IReadOnlyList<ExtensionRecipe> recipes, ICollection<X509Extension> extensions)
    {
        foreach (var recipe in recipes)
        {
            foreach (var made in extensions.Where(extension => string.Equals(extension.Oid?.Value, recipe.Oid, StringComparison.Ordinal)).ToList())
            {
                extensions.Remove(made);
            }

            if (recipe.Value is { } value)
            {
                extensions.Add(new X509Extension(recipe.Oid, Convert.FromBase64String(value), recipe.Critical));
            }
        }
    }

    private static X509EnhancedKeyUsageExtension Usages(IReadOnlyList<string> names)
    {
        var oids = new OidCollection();
        foreach (var name in names)
        {
            oids.Add(ExtendedKeyUsages.TryParse(name, out var oid) ? oid : throw new LabPkiException($"'{name}' is not an extended key usage."));
        }

        return new X509EnhancedKeyUsageExtension(oids, critical: false);
    }
}

using System.Globalization;
using AutoDetectSim.Certificates.Issuance;

namespace AutoDetectSim.Diagnosis.Capture;

/// <summary>Takes out of captured recipes what a lab does anyway, so that people can read the file.</summary>
internal static class RecipeTidier
{
    private const string AuthorityInformationAccess = "1.3.6.1.5.5.7.1.1";
    private const string CrlDistributionPoints = "2.5.29.31";
    private const long SecondsPerDay = 24 * 60 * 60;
    private const long Slack = 5;

    public static AuthorityRecipe Tidy(AuthorityRecipe recipe, AuthorityRecipe? issuer) => recipe with
    {
        SignatureHash = Hash(recipe.SignatureHash, issuer?.Key ?? recipe.Key),
        NotBefore = Bound(recipe.NotBefore),
        NotAfter = Bound(recipe.NotAfter),
        Extensions = Extensions(recipe.Extensions, issuer),
    };

    public static CertificateRecipe Tidy(CertificateRecipe recipe, AuthorityRecipe? issuer) => recipe with
    {
        SignatureHash = Hash(recipe.SignatureHash, issuer?.Key ?? recipe.Key),
        NotBefore = Bound(recipe.NotBefore),
        NotAfter = Bound(recipe.NotAfter),
        ExtendedKeyUsage = recipe.ExtendedKeyUsage.SequenceEqual(["serverAuth", "clientAuth"], StringComparer.Ordinal) ? [] : recipe.ExtendedKeyUsage,
        Extensions = Extensions(recipe.Extensions, issuer),
    };

    /// <summary>Pointers that the issuer does not add need not be left out.</summary>
    private static IReadOnlyList<ExtensionRecipe> Extensions(IReadOnlyList<ExtensionRecipe> extensions, AuthorityRecipe? issuer) =>
    [
        .. extensions.Where(extension => extension.Value is not null
            || !((string.Equals(extension.Oid, AuthorityInformationAccess, StringComparison.Ordinal) && issuer is not { AiaUrl: not null } and not { Aia: true })
                || (string.Equals(extension.Oid, CrlDistributionPoints, StringComparison.Ordinal) && issuer?.CrlUrl is null))),
    ];

    private static SignatureHash? Hash(SignatureHash? hash, KeyAlgorithm issuerKey)
    {
        var usual = issuerKey switch
        {
            KeyAlgorithm.P384 => SignatureHash.Sha384,
            KeyAlgorithm.P521 => SignatureHash.Sha512,
            _ => SignatureHash.Sha256,
        };
        return hash == usual ? null : hash;
    }

    /// <summary>Whole days are written as such; a captured bound is off by the seconds that the capture took.</summary>
    private static string? Bound(string? bound)
    {
        if (bound is null || !bound.EndsWith('s') || !long.TryParse(bound.AsSpan(0, bound.Length - 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds))
        {
            return bound;
        }

        var days = (long)Math.Round((double)seconds / SecondsPerDay);
        return days != 0 && Math.Abs(seconds - (days * SecondsPerDay)) <= Slack ? string.Create(CultureInfo.InvariantCulture, $"{days}d") : bound;
    }
}

namespace AutoDetectSim.Certificates.Issuance;

/// <summary>
/// Certificates that are derived from those of the scenario: a name with a variant in parentheses after it stands for
/// the certificate with that one thing changed, for example <c>mail (expired)</c>. A variant may be applied to a variant.
/// </summary>
internal static class CertificateVariants
{
    public const string Expired = "expired";
    public const string NotYetValid = "not yet valid";
    public const string OtherHost = "other host";
    public const string OtherKey = "other key";
    public const string SelfSigned = "self-signed";
    public const string ClientOnly = "client only";
    public const string Untrusted = "untrusted";

    /// <summary>A root that has nothing to do with the scenario.</summary>
    public const string UnrelatedRoot = "(unrelated root)";

    /// <summary>The intermediate below <see cref="UnrelatedRoot"/>.</summary>
    public const string UnrelatedIssuing = "(unrelated issuing)";

    public static readonly AuthorityRecipe[] Unrelated =
    [
        new() { Name = UnrelatedRoot, Subject = "CN=Fabrikam Root CA 2, O=Fabrikam" },
        new() { Name = UnrelatedIssuing, Subject = "CN=Fabrikam Issuing CA 7, O=Fabrikam", Issuer = UnrelatedRoot },
    ];

    private const int MaximumNesting = 3;

    public static readonly string[] OfAuthorities = [Expired, NotYetValid, OtherKey, Untrusted];
    public static readonly string[] OfCertificates = [Expired, NotYetValid, OtherHost, SelfSigned, ClientOnly, Untrusted];

    public static string Name(string name, string variant) => $"{name} ({variant})";

    /// <summary>Splits a name into what it is derived from and the variant.</summary>
    public static bool TrySplit(string name, out string original, out string variant)
    {
        original = name;
        variant = "";
        var open = name.LastIndexOf(" (", StringComparison.Ordinal);
        if (open <= 0 || name[^1] != ')' || name.Count(c => c == '(') > MaximumNesting)
        {
            return false;
        }

        original = name[..open];
        variant = name[(open + 2)..^1];
        return true;
    }

    /// <summary>The name without its variants: whose key an end-entity certificate has.</summary>
    public static string Original(string name)
    {
        while (TrySplit(name, out var original, out _))
        {
            name = original;
        }

        return name;
    }

    /// <param name="original">The authority to change.</param>
    /// <param name="subject">Its effective subject.</param>
    /// <param name="variant">What to change.</param>
    public static AuthorityRecipe? Derive(AuthorityRecipe original, string subject, string variant)
    {
        var derived = original with { Name = Name(original.Name, variant), Trusted = false };
        return variant switch
        {
            Expired => derived with { Subject = subject, SameKeyAs = original.Name, NotBefore = "-5y", NotAfter = "-1d" },
            NotYetValid => derived with { Subject = subject, SameKeyAs = original.Name, NotBefore = "1d", NotAfter = "5y" },
            OtherKey => derived with { Subject = subject, SameKeyAs = null },
            Untrusted => derived with
            {
                Subject = original.SameKeyAs is not null && original.Subject is null ? null : DistinguishedNames.WithSuffix(subject, "Legacy"),
                Issuer = original.Issuer is null ? null : Name(original.Issuer, Untrusted),
                SameKeyAs = original.SameKeyAs is null ? null : Name(original.SameKeyAs, Untrusted),
            },
            _ => null,
        };
    }

    public static CertificateRecipe? Derive(CertificateRecipe original, string variant)
    {
        var derived = original with { Name = Name(original.Name, variant) };
        return variant switch
        {
            Expired => derived with { NotBefore = "-1y", NotAfter = "-1d" },
            NotYetValid => derived with { NotBefore = "1d", NotAfter = "1y" },
            OtherHost => OnOtherHost(derived),
            SelfSigned => derived with { Issuer = null },
            ClientOnly => derived with { ExtendedKeyUsage = [ExtendedKeyUsages.ClientAuth], Extensions = Without(derived.Extensions, RecipeExtensions.ExtendedKeyUsage) },
            Untrusted when original.Issuer is not null => derived with { Issuer = Name(original.Issuer, Untrusted) },
            _ => null,
        };
    }

    // The name that a server has inside the organization: the usual way in which this fault comes about (RFC 2606 keeps .invalid free).
    private static CertificateRecipe OnOtherHost(CertificateRecipe recipe)
    {
        var first = recipe.Hosts.Count == 0 || HostNames.IsAddress(recipe.Hosts[0]) ? "server" : recipe.Hosts[0].Split('.')[0];
        var host = $"{first}.corp.invalid";
        return recipe with
        {
            Hosts = [host],
            Subject = DistinguishedNames.FromCommonName(host),
            Extensions = Without(recipe.Extensions, RecipeExtensions.SubjectAlternativeName),
        };
    }

    // An extension that is spelled out would hide the one that makes the variant.
    private static List<ExtensionRecipe> Without(IReadOnlyList<ExtensionRecipe> extensions, string oid) =>
        [.. extensions.Where(extension => !string.Equals(extension.Oid, oid, StringComparison.Ordinal))];
}

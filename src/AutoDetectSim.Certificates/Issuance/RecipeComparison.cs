namespace AutoDetectSim.Certificates.Issuance;

/// <summary>Says which certificates of a PKI come out of a changed definition as they were.</summary>
internal sealed class RecipeComparison(RecipeBook before, CertificateIssuer issuerBefore, RecipeBook after, CertificateIssuer issuerAfter)
{
    /// <summary>Whether everything that goes into a certificate of this name is the same before and after.</summary>
    public bool IsUnchanged(string name)
    {
        if (before.FindAuthority(name) is { } authority)
        {
            return after.FindAuthority(name) is { } other && Same(authority, other) && SameIdentity(authority, other) && SameIssuer(authority.Issuer);
        }

        if (before.FindCertificate(name) is { } certificate)
        {
            return after.FindCertificate(name) is { } other && Same(certificate, other) && SameIssuer(certificate.Issuer);
        }

        return before.TrySplitNameInFile(name, out var holder, out _) && IsUnchanged(holder.Name) && after.TrySplitNameInFile(name, out _, out _);
    }

    // Trust and revocation are not part of the certificate; AIA and CRL addresses are part of what an authority issues.
    private static bool Same(AuthorityRecipe one, AuthorityRecipe other) =>
        one with { Trusted = false, ExtendedKeyUsage = [], Extensions = [], Aia = false, AiaUrl = null, CrlUrl = null, Revoked = false }
            == other with { Trusted = false, ExtendedKeyUsage = [], Extensions = [], Aia = false, AiaUrl = null, CrlUrl = null, Revoked = false }
        && one.ExtendedKeyUsage.SequenceEqual(other.ExtendedKeyUsage, StringComparer.Ordinal)
        && one.Extensions.SequenceEqual(other.Extensions);

    private static bool Same(CertificateRecipe one, CertificateRecipe other) =>
        one with { Hosts = [], ExtendedKeyUsage = [], Extensions = [] } == other with { Hosts = [], ExtendedKeyUsage = [], Extensions = [] }
        && one.Hosts.SequenceEqual(other.Hosts, StringComparer.Ordinal)
        && one.ExtendedKeyUsage.SequenceEqual(other.ExtendedKeyUsage, StringComparer.Ordinal)
        && one.Extensions.SequenceEqual(other.Extensions);

    private bool SameIssuer(string? name) =>
        name is null
        || (before.FindAuthority(name) is { } one && after.FindAuthority(name) is { } other
            && SameIdentity(one, other)
            && string.Equals(issuerBefore.AiaUrl(one), issuerAfter.AiaUrl(other), StringComparison.Ordinal)
            && string.Equals(one.CrlUrl, other.CrlUrl, StringComparison.Ordinal));

    /// <summary>Whether an authority has the same subject and the same key.</summary>
    private bool SameIdentity(AuthorityRecipe one, AuthorityRecipe other)
    {
        var (ownerBefore, ownerAfter) = (before.KeyOwner(one), after.KeyOwner(other));
        return string.Equals(ownerBefore.Name, ownerAfter.Name, StringComparison.Ordinal)
            && ownerBefore.Key == ownerAfter.Key
            && string.Equals(before.SubjectOf(one), after.SubjectOf(other), StringComparison.Ordinal);
    }
}

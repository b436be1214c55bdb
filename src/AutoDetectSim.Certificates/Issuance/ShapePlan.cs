namespace AutoDetectSim.Certificates.Issuance;

/// <summary>Determines which certificates a recipe serves, by name, without creating them.</summary>
internal static class ShapePlan
{
    /// <summary>The names in wire order. Call <see cref="Problem"/> first.</summary>
    public static IReadOnlyList<string> Names(RecipeBook book, PresentedChainRecipe recipe)
    {
        if (recipe.Names is { } names)
        {
            return names;
        }

        var leaf = recipe.Certificate;
        var path = book.PathOf(book.FindCertificate(leaf)!);
        var intermediates = path.Intermediates;
        return recipe.Shape switch
        {
            ChainShape.Complete => [leaf, .. intermediates],
            ChainShape.MissingIntermediate => [leaf],
            ChainShape.WrongOrder => [leaf, .. path.Root is null ? Array.Empty<string>() : [path.Root], .. intermediates.Reverse()],
            ChainShape.ContainsAnchor => [leaf, .. intermediates, path.Root!],
            ChainShape.ExtraCertificates => [leaf, .. intermediates, CertificateVariants.UnrelatedIssuing],
            ChainShape.Duplicates => [leaf, .. intermediates.SelectMany(name => Enumerable.Repeat(name, 2))],
            ChainShape.WrongIntermediate => [leaf, Variant(intermediates[0], CertificateVariants.OtherKey), .. intermediates.Skip(1)],
            ChainShape.UnrelatedIntermediate => [leaf, CertificateVariants.UnrelatedIssuing],
            ChainShape.ExpiredIntermediate => [leaf, Variant(intermediates[0], CertificateVariants.Expired), .. intermediates.Skip(1)],
            ChainShape.ExpiredLeaf => [Variant(leaf, CertificateVariants.Expired), .. intermediates],
            ChainShape.NotYetValidLeaf => [Variant(leaf, CertificateVariants.NotYetValid), .. intermediates],
            ChainShape.NameMismatch => [Variant(leaf, CertificateVariants.OtherHost), .. intermediates],
            ChainShape.SelfSigned => [path.IsSelfSigned ? leaf : Variant(leaf, CertificateVariants.SelfSigned)],
            ChainShape.UntrustedRoot => [Untrusted(leaf), .. intermediates.Select(Untrusted)],
            ChainShape.UntrustedRootIncluded => [Untrusted(leaf), .. intermediates.Select(Untrusted), Untrusted(path.Root!)],
            ChainShape.ClientAuthOnly => [Variant(leaf, CertificateVariants.ClientOnly), .. intermediates],
            _ => throw new ArgumentOutOfRangeException(nameof(recipe), recipe.Shape, "Not a chain shape."),
        };
    }

    /// <summary>The first shape that consists of these names, or null.</summary>
    public static ChainShape? Recognize(RecipeBook book, string certificateName, IReadOnlyList<string> names)
    {
        var certificate = book.FindCertificate(certificateName)!;
        foreach (var shape in Enum.GetValues<ChainShape>())
        {
            if (Problem(book, certificate, shape) is null
                && Names(book, new PresentedChainRecipe { Certificate = certificateName, Shape = shape }).SequenceEqual(names, StringComparer.Ordinal))
            {
                return shape;
            }
        }

        return null;
    }

    /// <summary>Why the certificate cannot be presented in a shape, or null where it can.</summary>
    public static string? Problem(RecipeBook book, CertificateRecipe certificate, ChainShape shape)
    {
        if (certificate.File is not null && NeedsIssuing(shape))
        {
            return "it is read from a file, so the lab cannot issue a modified certificate";
        }

        var path = book.PathOf(certificate);
        return shape switch
        {
            ChainShape.MissingIntermediate when path.Intermediates.Count == 0 => "it has no intermediate that could be missing",
            ChainShape.WrongOrder when path.Intermediates.Count == 0 => "it has no intermediate that could be out of order",
            ChainShape.WrongOrder when path.Root is null && path.Intermediates.Count == 1 => "one intermediate without its root cannot be out of order",
            ChainShape.Duplicates when path.Intermediates.Count == 0 => "it has no intermediate that could be sent twice",
            ChainShape.WrongIntermediate or ChainShape.UnrelatedIntermediate when path.Intermediates.Count == 0 => "it has no intermediate that could be replaced",
            ChainShape.ExpiredIntermediate when path.Intermediates.Count == 0 => "it has no intermediate that could have expired",
            ChainShape.ContainsAnchor when path.IsSelfSigned => "it is self-signed, so there is no root to send",
            ChainShape.ContainsAnchor when path.Root is null => "its file does not contain a root",
            ChainShape.UntrustedRoot or ChainShape.UntrustedRootIncluded when path.IsSelfSigned => "it is self-signed; write selfSigned, or give it an issuer",
            _ => null,
        };
    }

    private static bool NeedsIssuing(ChainShape shape) => shape
        is ChainShape.WrongIntermediate or ChainShape.ExpiredIntermediate or ChainShape.ExpiredLeaf or ChainShape.NotYetValidLeaf
        or ChainShape.NameMismatch or ChainShape.SelfSigned or ChainShape.UntrustedRoot or ChainShape.UntrustedRootIncluded or ChainShape.ClientAuthOnly;

    private static string Variant(string name, string variant) => CertificateVariants.Name(name, variant);

    private static string Untrusted(string name) => CertificateVariants.Name(name, CertificateVariants.Untrusted);
}

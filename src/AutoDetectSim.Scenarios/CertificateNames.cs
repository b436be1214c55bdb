using System.Security.Cryptography.X509Certificates;
using AutoDetectSim.Certificates.Issuance;

namespace AutoDetectSim.Scenarios;

/// <summary>Finds authorities and certificates by the names that people use.</summary>
internal static class CertificateNames
{
    /// <summary>The authority or certificate that a text means: by its name in the scenario, its common name, or its subject, of which parts beside the common name can be left out; null where there is none.</summary>
    public static string? Find(Scenario world, string text)
    {
        text = Unquoted(text);
        var book = new RecipeBook(new LabPkiDefinition { Authorities = world.Authorities, Certificates = world.Certificates, BaseDirectory = world.BaseDirectory });
        var known = world.Authorities.Select(authority => (authority.Name, Subject: book.SubjectOf(authority)))
            .Concat(world.Certificates.Where(certificate => certificate.File is null).Select(certificate => (certificate.Name, Subject: RecipeBook.SubjectOf(certificate))))
            .ToList();
        var subject = DistinguishedNames.TryParse(text, out var parsed) ? Parts(parsed) : null;
        return known.FirstOrDefault(one => Is(one.Name, text)).Name
            ?? known.FirstOrDefault(one => CommonName(one.Subject) is { } name && Is(name, text)).Name
            ?? known.FirstOrDefault(one => subject is not null && CommonName(text) is not null && DistinguishedNames.TryParse(one.Subject, out var its) && subject.IsSubsetOf(Parts(its))).Name;
    }

    /// <summary>The names in the scenario of the authorities that have a common name; a cross certificate has that of another one.</summary>
    public static IReadOnlyList<string> AuthoritiesCalled(Scenario world, string commonName)
    {
        var wanted = Unquoted(commonName);
        return [.. world.Authorities.Select(authority => authority.Name).Where(name => !Is(name, wanted) && Is(Shown(world, name), wanted))];
    }

    /// <summary>The common name in the subject of an authority or a certificate, or its name in the scenario.</summary>
    public static string Shown(Scenario world, string name)
    {
        var book = new RecipeBook(new LabPkiDefinition { Authorities = world.Authorities, Certificates = world.Certificates, BaseDirectory = world.BaseDirectory });
        var subject = world.Authorities.FirstOrDefault(authority => Is(authority.Name, name)) is { } found ? book.SubjectOf(found)
            : world.Certificates.FirstOrDefault(certificate => Is(certificate.Name, name)) is { File: null } leaf ? RecipeBook.SubjectOf(leaf)
            : null;
        return (subject is null ? null : CommonName(subject)) ?? name;
    }

    private static string Unquoted(string text) => text.Trim().Trim('"', '\'');

    private static string? CommonName(string subject) =>
        DistinguishedNames.TryParse(subject, out var name)
            ? name.EnumerateRelativeDistinguishedNames().FirstOrDefault(part => !part.HasMultipleElements && string.Equals(part.GetSingleElementType().Value, "2.5.4.3", StringComparison.Ordinal))?.GetSingleElementValue()
            : null;

    // Programs print the parts of a name in either order.
    private static HashSet<string> Parts(X500DistinguishedName name) =>
        [.. name.EnumerateRelativeDistinguishedNames().Where(part => !part.HasMultipleElements).Select(part => $"{part.GetSingleElementType().Value}={part.GetSingleElementValue()}".ToUpperInvariant())];

    private static bool Is(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}

using System.Collections.Concurrent;

namespace AutoDetectSim.Certificates.Issuance;

/// <summary>Finds recipes by name, those of the scenario and those derived from them, and how they are related.</summary>
internal sealed class RecipeBook
{
    private readonly Dictionary<string, AuthorityRecipe> _authorities = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CertificateRecipe> _certificates = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, AuthorityRecipe?> _derivedAuthorities = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, PemFile> _files = new(StringComparer.Ordinal);
    private readonly string _baseDirectory;

    public RecipeBook(LabPkiDefinition definition)
    {
        _baseDirectory = definition.BaseDirectory ?? Directory.GetCurrentDirectory();
        foreach (var authority in definition.Authorities.Concat(CertificateVariants.Unrelated))
        {
            _authorities.TryAdd(authority.Name, authority);
        }

        foreach (var certificate in definition.Certificates)
        {
            _certificates.TryAdd(certificate.Name, certificate);
        }
    }

    public IEnumerable<string> Names => _authorities.Keys.Concat(_certificates.Keys).Where(name => name[0] != '(');

    public AuthorityRecipe? FindAuthority(string name)
    {
        if (_authorities.TryGetValue(name, out var found))
        {
            return found;
        }

        return CertificateVariants.TrySplit(name, out var original, out var variant) && FindAuthority(original) is { } recipe
            ? _derivedAuthorities.GetOrAdd(name, _ => CertificateVariants.Derive(recipe, SubjectOf(recipe), variant))
            : null;
    }

    public CertificateRecipe? FindCertificate(string name)
    {
        if (_certificates.TryGetValue(name, out var found))
        {
            return found;
        }

        return CertificateVariants.TrySplit(name, out var original, out var variant) && FindCertificate(original) is { File: null } recipe
            ? CertificateVariants.Derive(recipe, variant)
            : null;
    }

    /// <summary>The authority whose key, and subject where none is given, an authority has: itself unless it is cross-signed.</summary>
    public AuthorityRecipe KeyOwner(AuthorityRecipe authority)
    {
        for (var step = 0; authority.SameKeyAs is { } other && step <= _authorities.Count + 4; step++)
        {
            authority = FindAuthority(other) ?? throw Unknown(other);
        }

        return authority;
    }

    public string SubjectOf(AuthorityRecipe authority)
    {
        for (var step = 0; authority.Subject is null && authority.SameKeyAs is { } other && step <= _authorities.Count + 4; step++)
        {
            authority = FindAuthority(other) ?? throw Unknown(other);
        }

        return authority.Subject ?? DistinguishedNames.FromCommonName(authority.Name) + ", O=AutoDetectSim";
    }

    public static string SubjectOf(CertificateRecipe certificate)
    {
        if (certificate.Subject is { } subject)
        {
            return subject;
        }

        var host = certificate.Hosts.Select(HostNames.ToAscii).FirstOrDefault(host => host is { Length: <= DistinguishedNames.MaximumCommonNameLength });
        return DistinguishedNames.FromCommonName(host ?? certificate.Name);
    }

    /// <summary>The certificates of a recipe that is read from a file; the first is the end-entity certificate.</summary>
    public PemFile FileOf(CertificateRecipe certificate) =>
        _files.GetOrAdd(certificate.Name, _ => Read(certificate.File!));

    /// <summary>The file that holds the private key of a recipe that is read from a file.</summary>
    public PemFile KeyFileOf(CertificateRecipe certificate) =>
        certificate.KeyFile is { } path
            ? _files.GetOrAdd(certificate.Name + "#key", _ => Read(path))
            : FileOf(certificate);

    /// <summary>Reads a file below the folder; what is elsewhere, also by way of a link, is not even opened.</summary>
    private PemFile Read(string path) =>
        Path.IsPathRooted(path) || path.Split('/', '\\').Contains("..", StringComparer.Ordinal) || path.Contains('\0', StringComparison.Ordinal)
            || !LinkedPath.IsBelow(Path.Combine(_baseDirectory, path), _baseDirectory)
            ? PemFile.Refused(path, "the file must be below the folder of the scenario")
            : PemFile.Read(Path.Combine(_baseDirectory, path));

    /// <summary>The name of a certificate that follows the end-entity certificate in a file; positions start at 1.</summary>
    public static string NameInFile(string certificate, int place) => $"{certificate}#{place}";

    public bool TrySplitNameInFile(string name, out CertificateRecipe certificate, out int index)
    {
        certificate = null!;
        index = 0;
        var hash = name.LastIndexOf('#');
        return hash > 0
            && _certificates.TryGetValue(name[..hash], out certificate!)
            && certificate.File is not null
            && int.TryParse(name.AsSpan(hash + 1), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out index)
            && index-- >= 2
            && index < FileOf(certificate).Certificates.Count;
    }

    public bool Exists(string name) => FindAuthority(name) is not null || FindCertificate(name) is not null || TrySplitNameInFile(name, out _, out _);

    /// <summary>The certificates above an end-entity certificate.</summary>
    public IssuancePath PathOf(CertificateRecipe certificate)
    {
        if (certificate.File is not null)
        {
            return PathInFile(certificate);
        }

        var intermediates = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var name = certificate.Issuer;
        while (name is not null && seen.Add(name) && FindAuthority(name) is { } authority)
        {
            if (authority.Issuer is null)
            {
                return new IssuancePath { Intermediates = intermediates, Root = name };
            }

            intermediates.Add(name);
            name = authority.Issuer;
        }

        return new IssuancePath { Intermediates = intermediates, IsSelfSigned = certificate.Issuer is null };
    }

    private IssuancePath PathInFile(CertificateRecipe certificate)
    {
        var others = FileOf(certificate).Certificates.Skip(1)
            .Select((entry, i) => (Name: NameInFile(certificate.Name, i + 2), entry.IsSelfIssued)).ToList();
        return new IssuancePath
        {
            Intermediates = [.. others.Where(other => !other.IsSelfIssued).Select(other => other.Name)],
            Root = others.Find(other => other.IsSelfIssued).Name,
            IsSelfSigned = FileOf(certificate).Certificates is [{ IsSelfIssued: true }, ..],
        };
    }

    private static LabPkiException Unknown(string name) => new($"There is no authority '{name}'.");
}

/// <summary>The authorities above an end-entity certificate, from the one that signed it upwards.</summary>
internal sealed record IssuancePath
{
    public required IReadOnlyList<string> Intermediates { get; init; }

    /// <summary>The self-signed end of the path, or null where there is none or it is not known.</summary>
    public string? Root { get; init; }

    /// <summary>Whether the end-entity certificate is self-signed, with nothing above it.</summary>
    public bool IsSelfSigned { get; init; }
}

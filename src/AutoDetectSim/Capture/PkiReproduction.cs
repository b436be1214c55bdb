using AutoDetectSim.Certificates.Issuance;
using AutoDetectSim.Certificates.Validation.Decoding;
using AutoDetectSim.Certificates.Validation.Signatures;
using AutoDetectSim.Probing;

namespace AutoDetectSim.Capture;

/// <summary>
/// Turns captured certificates into recipes for the lab's own PKI: the same subjects, extensions, sizes, algorithms, relative validity and
/// relations, with lab keys. Issuers that nobody saw are made up, so that chains break where the real ones break.
/// </summary>
internal sealed class PkiReproduction
{
    private readonly CapturedWorld _world;
    private readonly ScenarioNames _names = new();
    private readonly List<DecodedCertificate> _anchors;
    private readonly List<DecodedCertificate> _downloaded;
    private readonly List<(DecodedCertificate Certificate, string Name)> _authorities = [];
    private readonly List<(DecodedCertificate Certificate, string Name)> _leaves = [];
    private readonly Dictionary<string, AuthorityRecipe> _recipes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CertificateRecipe> _certificates = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Issuer, bool Trusted), string> _madeUp = [];
    private readonly Dictionary<string, string> _assumed = new(StringComparer.OrdinalIgnoreCase);
    private readonly SortedSet<string> _deviations = new(StringComparer.Ordinal);
    private string? _assumedIssuer;

    public PkiReproduction(CapturedWorld world)
    {
        _world = world;
        _anchors = Decode(world.Anchors ?? []);
        _downloaded = Decode(world.Downloads.SelectMany(download => download.Certificates));
        var chains = world.Hosts.SelectMany(host => host.Connections).Select(connection => Decode(connection.Presented)).Where(chain => chain.Count > 0).ToList();
        foreach (var certificate in chains.SelectMany(chain => chain.Skip(1)))
        {
            Name(_authorities, certificate, "authority");
        }

        foreach (var chain in chains)
        {
            Name(_leaves, chain[0], "certificate");
        }
    }

    /// <summary>Authorities, issuers before those below them.</summary>
    public IReadOnlyList<AuthorityRecipe> Authorities => [.. _recipes.Values.OrderBy(Depth).ThenBy(authority => authority.Name, NaturalOrder.Instance).Select(authority => RecipeTidier.Tidy(authority, IssuerOf(authority.Issuer)))];

    /// <summary>End-entity certificates.</summary>
    public IReadOnlyList<CertificateRecipe> Certificates => [.. _certificates.Values.Select(certificate => RecipeTidier.Tidy(certificate, IssuerOf(certificate.Issuer)))];

    /// <summary>What the lab's certificates cannot have in common with the real ones, in sentences.</summary>
    public IReadOnlyCollection<string> Deviations => _deviations;

    /// <summary>What a server presents that sends these certificates, or null where they cannot be reproduced.</summary>
    public PresentedChainRecipe? Present(CapturedConnection connection)
    {
        var sent = Decode(connection.Presented);
        if (sent.Count < connection.Presented.Count)
        {
            _deviations.Add("certificates that are no DER are left out");
        }

        if (sent.Count == 0 || MakeLeaf(sent[0], connection) is not { } leaf)
        {
            return null;
        }

        var names = new List<string> { leaf };
        foreach (var certificate in sent.Skip(1))
        {
            if (certificate.SameAs(sent[0]))
            {
                names.Add(leaf);
            }
            else if (MakeAuthority(certificate, connection) is { } name)
            {
                names.Add(name);
            }
        }

        AddUnseen(names, connection.UnseenCertificates);
        return new PresentedChainRecipe { Certificate = leaf, Names = names };
    }

    /// <summary>What a server presents of which nobody saw a certificate: a complete chain for its host.</summary>
    public PresentedChainRecipe Assume(string host)
    {
        if (!_assumed.TryGetValue(host, out var name))
        {
            if (_assumedIssuer is null)
            {
                var root = _names.Take("assumed-root", "assumed-root");
                _assumedIssuer = _names.Take("assumed-issuing", "assumed-issuing");
                _recipes[root] = new AuthorityRecipe { Name = root, Subject = "CN=Assumed Root CA, O=AutoDetectSim", Trusted = true };
                _recipes[_assumedIssuer] = new AuthorityRecipe { Name = _assumedIssuer, Subject = "CN=Assumed Issuing CA, O=AutoDetectSim", Issuer = root, Aia = true };
            }

            name = _assumed[host] = _names.Take(host, "certificate");
            _certificates[name] = new CertificateRecipe { Name = name, Issuer = _assumedIssuer, Hosts = [host] };
            _deviations.Add($"nobody saw what {host} presents; a complete chain is assumed");
        }

        return new PresentedChainRecipe { Certificate = name };
    }

    private void AddUnseen(List<string> names, int count)
    {
        for (var index = 0; index < count; index++)
        {
            var issuer = _recipes.TryGetValue(names[^1], out var authority) ? authority.Issuer : _certificates.GetValueOrDefault(names[^1])?.Issuer;
            if (issuer is null || names.Contains(issuer, StringComparer.Ordinal))
            {
                return;
            }

            _deviations.Add("certificates that were sent, but that the evidence does not hold, are made up");
            names.Add(issuer);
        }
    }

    private string? MakeLeaf(DecodedCertificate certificate, CapturedConnection connection)
    {
        var name = _leaves.First(known => known.Certificate.SameAs(certificate)).Name;
        if (_certificates.ContainsKey(name))
        {
            return name;
        }

        if (Template(certificate) is not { } template)
        {
            return null;
        }

        using (template)
        {
            string? issuer = null;
            if (!certificate.SelfSigned)
            {
                issuer = FindIssuer(certificate, connection) ?? MakeUpIssuer(certificate, template, connection, isLeaf: true);
            }

            Note(template);
            _certificates[name] = Tidy(template.ToCertificate(name, issuer), template, issuer, certificate);
        }

        return name;
    }

    private string? MakeAuthority(DecodedCertificate certificate, CapturedConnection connection)
    {
        var name = Name(_authorities, certificate, "authority");
        if (_recipes.ContainsKey(name))
        {
            return name;
        }

        if (Template(certificate) is not { } template)
        {
            return null;
        }

        using (template)
        {
            var isAnchor = _world.Anchors is null
                ? certificate.SelfSigned && connection.ReachedAnchor != false
                : _anchors.Exists(certificate.SameAs);
            // The place is taken before the issuer is looked for, so that two that issued each other come to an end.
            _recipes[name] = template.ToAuthority(name, null) with { Trusted = isAnchor };
            string? issuer = null;
            if (!certificate.SelfSigned)
            {
                issuer = FindIssuer(certificate, connection) ?? MakeUpIssuer(certificate, template, connection, isLeaf: false);
            }

            Note(template);
            _recipes[name] = Tidy(template.ToAuthority(name, issuer), template, issuer, certificate) with { Trusted = isAnchor, AiaUrl = _recipes[name].AiaUrl, SameKeyAs = SameKeyAs(certificate, name) };
        }

        return name;
    }

    private AuthorityRecipe? IssuerOf(string? name) => name is null ? null : _recipes[name];

    private int Depth(AuthorityRecipe authority)
    {
        var depth = 0;
        for (var current = authority; current.Issuer is { } issuer && depth <= _recipes.Count; current = _recipes[issuer])
        {
            depth++;
        }

        return depth;
    }

    /// <summary>
    /// The authority that really signed a certificate, made if need be. Where several certificates of its key were seen (cross certificates), all of
    /// them are made; what can be downloaded comes first, as it is what AIA leads to.
    /// </summary>
    private string? FindIssuer(DecodedCertificate certificate, CapturedConnection connection)
    {
        var issuers = _downloaded
            .Concat(_authorities.Select(known => known.Certificate))
            .Concat(_anchors)
            .Where(candidate => !candidate.SameAs(certificate) && certificate.MayBeIssuedBy(candidate) && certificate.IsSignedBy(candidate))
            .ToList();
        return issuers.Select(issuer => MakeAuthority(issuer, connection)).OfType<string>().ToList().FirstOrDefault();
    }

    /// <summary>
    /// An issuer that nobody saw. That of a server's certificate stands below a trusted root, so that presenting it repairs the chain as it would in
    /// reality; that of an intermediate is the root, trusted only where nothing speaks against it.
    /// </summary>
    private string MakeUpIssuer(DecodedCertificate certificate, CertificateTemplate template, CapturedConnection connection, bool isLeaf)
    {
        var isTrusted = isLeaf || (_world.Anchors is null && connection.ReachedAnchor != false);
        if (_madeUp.TryGetValue((template.Issuer, isTrusted), out var made))
        {
            return made;
        }

        var isRsa = certificate.IssuerKeyAlgorithm?.Fits(KeyKind.Rsa) ?? false;
        var key = isRsa ? KeyAlgorithm.Rsa2048 : template.Hash == SignatureHash.Sha384 ? KeyAlgorithm.P384 : KeyAlgorithm.P256;
        var name = _names.Take(ScenarioNames.CommonName(template.Issuer), "issuer");
        string? root = null;
        if (isLeaf)
        {
            root = _names.Take("unseen-root", "unseen-root");
            _recipes[root] = new AuthorityRecipe { Name = root, Subject = "CN=Unseen Root, O=AutoDetectSim", Trusted = true, Key = key };
        }

        _recipes[name] = new AuthorityRecipe
        {
            Name = name,
            Subject = template.Issuer,
            Issuer = root,
            Key = key,
            Trusted = isTrusted && !isLeaf,
            AiaUrl = IsServed(template.IssuerAiaUrl, null) ? template.IssuerAiaUrl : null,
        };
        _madeUp[(template.Issuer, isTrusted)] = name;
        _deviations.Add($"{template.Issuer} was not seen, and is made up");
        return name;
    }

    /// <summary>Leaves out what the issuer's recipe makes anyway, and tells the issuer to make it.</summary>
    private T Tidy<T>(T recipe, CertificateTemplate template, string? issuer, DecodedCertificate certificate)
        where T : notnull
    {
        var extensions = recipe switch
        {
            AuthorityRecipe authority => authority.Extensions,
            CertificateRecipe leaf => leaf.Extensions,
            _ => throw new ArgumentException("Not a recipe.", nameof(recipe)),
        };
        if (issuer is not null && template.IssuerAiaUrl is { } url && _recipes.TryGetValue(issuer, out var above))
        {
            if (above.AiaUrl is null && IsServed(url, DecodedOf(issuer)))
            {
                _recipes[issuer] = above = above with { AiaUrl = url };
            }

            if (string.Equals(above.AiaUrl, url, StringComparison.Ordinal))
            {
                var made = RecipeExtensions.CaIssuers(url);
                extensions = [.. extensions.Where(extension => extension.Critical || extension.Oid != made.Oid!.Value || extension.Value != Convert.ToBase64String(made.RawData))];
            }
        }

        // A signature that does not verify although name and key identifier fit cannot be made; without the identifier the lab's client finds out as late as the real one.
        if (issuer is not null && certificate.Extensions.AuthorityKeyIdentifier is not null && _authorities.Exists(known => certificate.MayBeIssuedBy(known.Certificate) && !certificate.IsSignedBy(known.Certificate)))
        {
            extensions = [.. extensions.Where(extension => extension.Oid != "2.5.29.35"), new ExtensionRecipe { Oid = "2.5.29.35" }];
        }

        return (T)(object)(recipe switch
        {
            AuthorityRecipe authority => authority with { Extensions = extensions },
            CertificateRecipe leaf => leaf with { Extensions = extensions },
            _ => recipe,
        });
    }

    private DecodedCertificate? DecodedOf(string authority) => _authorities.Where(known => known.Name == authority).Select(known => known.Certificate).FirstOrDefault();

    /// <summary>Whether the lab is to serve an issuer at a URL: where it was tried, if that worked; else as the world of public authorities does.</summary>
    private bool IsServed(string? url, DecodedCertificate? issuer)
    {
        if (url is null)
        {
            return false;
        }

        var tried = _world.Downloads.FirstOrDefault(download => string.Equals(download.Url, url, StringComparison.Ordinal));
        return tried is null
            ? _world.Anchors is null
            : issuer is not null && Decode(tried.Certificates).Exists(issuer.SameAs);
    }

    private string? SameKeyAs(DecodedCertificate certificate, string name) => _authorities
        .Where(known => known.Name != name && known.Certificate.SubjectPublicKeyInfo.Span.SequenceEqual(certificate.SubjectPublicKeyInfo.Span))
        .Select(known => known.Name)
        .FirstOrDefault(known => _recipes.TryGetValue(known, out var recipe) && recipe.SameKeyAs is null);

    private string Name(List<(DecodedCertificate Certificate, string Name)> list, DecodedCertificate certificate, string otherwise)
    {
        foreach (var (known, name) in list)
        {
            if (known.SameAs(certificate))
            {
                return name;
            }
        }

        var taken = _names.Take(ScenarioNames.CommonName(certificate.Summary.Subject), otherwise);
        list.Add((certificate, taken));
        return taken;
    }

    private CertificateTemplate? Template(DecodedCertificate certificate)
    {
        if (CertificateTemplate.TryRead(certificate.Der.Span, _world.At, out var template))
        {
            return template;
        }

        _deviations.Add($"{certificate.Summary.Subject} is too damaged to be made again, and is left out");
        return null;
    }

    private void Note(CertificateTemplate template)
    {
        foreach (var deviation in template.Deviations)
        {
            _deviations.Add($"{template.Subject}: {deviation}");
        }
    }

    private static List<DecodedCertificate> Decode(IEnumerable<ReadOnlyMemory<byte>> certificates) =>
        [.. certificates.Select(der => DecodedCertificate.TryDecode(der, out var consumed, out _) is { } certificate && consumed == der.Length ? certificate : null).OfType<DecodedCertificate>()];
}

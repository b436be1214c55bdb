using AutoDetectSim.Certificates.Issuance;
using AutoDetectSim.Certificates.Validation.Decoding;
using AutoDetectSim.Evidence.Calls;

namespace AutoDetectSim.Diagnosis.Capture;

/// <summary>
/// Turns captured certificates into recipes for the lab's own PKI: the same subjects, extensions, sizes, algorithms, relative validity and
/// relations, with lab keys.
/// </summary>
internal sealed class PkiReproduction
{
    private const string AuthorityKeyIdentifier = "2.5.29.35";

    private readonly CapturedWorld _world;
    private readonly PkiDraft _draft = new();
    private readonly UnseenIssuers _unseen;
    private readonly NamedOnlyCertificates _named;
    private readonly List<DecodedCertificate> _anchors;
    private readonly List<DecodedCertificate> _downloaded;
    private readonly NamedCertificates _authorities;
    private readonly NamedCertificates _leaves;

    public PkiReproduction(CapturedWorld world)
    {
        _world = world;
        _named = new NamedOnlyCertificates(world, _draft, MakeSeen);
        _unseen = new UnseenIssuers(world, _draft, _named);
        _anchors = Decode(world.Anchors ?? []);
        _downloaded = Decode(world.Downloads.SelectMany(download => download.Certificates));
        _authorities = new NamedCertificates(_draft.Names, "authority");
        _leaves = new NamedCertificates(_draft.Names, "certificate");

        // Authorities take their names first, whatever order they are met in.
        var chains = world.Hosts.SelectMany(host => host.Connections).Where(connection => connection.Chain.Count > 0).ToList();
        foreach (var certificate in chains.SelectMany(connection => Decode(connection.Call is null ? connection.Presented.Skip(1) : Ders(connection.Sent.Skip(1)))))
        {
            _authorities.NameOf(certificate);
        }

        foreach (var certificate in chains.SelectMany(connection => Decode(connection.Call is null ? connection.Presented.Take(1) : Ders(connection.Sent.Take(1)))))
        {
            _leaves.NameOf(certificate);
        }
    }

    /// <summary>Authorities, issuers before those below them.</summary>
    public IReadOnlyList<AuthorityRecipe> Authorities => _draft.TidyAuthorities();

    /// <summary>End-entity certificates.</summary>
    public IReadOnlyList<CertificateRecipe> Certificates => _draft.TidyCertificates();

    /// <summary>What the lab's certificates cannot have in common with the real ones, in sentences.</summary>
    public IReadOnlyCollection<string> Deviations => _draft.Deviations;

    /// <summary>What was concluded and not seen, in sentences.</summary>
    public IReadOnlyCollection<string> Guesses => _draft.Guesses;

    /// <summary>What a server presents that sends these certificates, or null where they cannot be reproduced.</summary>
    /// <param name="connection">The connection on which they came.</param>
    /// <param name="hosts">The hosts that a certificate is for of which only names are known.</param>
    public PresentedChainRecipe? Present(CapturedConnection connection, IReadOnlyList<string> hosts)
    {
        if (connection.Call is not null)
        {
            return PresentEvidence(connection, hosts);
        }

        var sent = Decode(connection.Presented);
        if (sent.Count < connection.Presented.Count)
        {
            _draft.Deviate("certificates that are not DER are left out");
        }

        if (sent.Count == 0 || MakeLeaf(sent[0], connection) is not { } leaf)
        {
            return null;
        }

        var names = new List<string> { leaf };
        foreach (var certificate in sent.Skip(1))
        {
            Add(names, certificate, sent[0], leaf, connection);
        }

        return new PresentedChainRecipe { Certificate = leaf, Names = names };
    }

    /// <summary>What a server presents to clients that send no SNI; null where it cannot be reproduced.</summary>
    public string? PresentBare(IReadOnlyList<ReadOnlyMemory<byte>> sent) => Present(new CapturedConnection { Presented = sent }, [])?.Certificate;

    private PresentedChainRecipe? PresentEvidence(CapturedConnection connection, IReadOnlyList<string> hosts)
    {
        var sent = connection.Sent;
        if (sent.Count == 0)
        {
            return null;
        }

        var own = Decode(Ders(sent.Take(1))).FirstOrDefault();
        if ((own is null ? _named.Leaf(sent[0], connection, hosts) : MakeLeaf(own, connection)) is not { } leaf)
        {
            return null;
        }

        var names = new List<string> { leaf };
        foreach (var certificate in sent.Skip(1))
        {
            if (Decode(Ders([certificate])) is [var decoded])
            {
                Add(names, decoded, own, leaf, connection);
            }
            else
            {
                names.Add(_named.Authority(certificate, names, connection));
            }
        }

        _named.AddAnchor(connection, certificate => Decode(Ders([certificate])) is [var decoded] && _draft.Authorities.ContainsKey(_authorities.NameOf(decoded)) ? _authorities.NameOf(decoded) : null);
        return new PresentedChainRecipe { Certificate = leaf, Names = names };
    }

    private void Add(List<string> names, DecodedCertificate certificate, DecodedCertificate? own, string leaf, CapturedConnection connection)
    {
        if (own is not null && certificate.SameAs(own))
        {
            names.Add(leaf);
        }
        else if (MakeAuthority(certificate, connection) is { } name)
        {
            names.Add(name);
        }
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Ders(IEnumerable<SentCertificate> certificates) =>
        certificates.Select(certificate => certificate.Der).Where(der => der is not null).Select(der => der!.Value);

    /// <summary>Whether a certificate is for a host, or has become so: one whose names the evidence does not give in full takes it on.</summary>
    public bool MakeCover(string certificate, string host)
    {
        if (_draft.Certificates.GetValueOrDefault(certificate) is not { } recipe || recipe.Hosts.Any(pattern => HostPattern.Covers(pattern, host)))
        {
            return true;
        }

        if (!_draft.Open.Contains(certificate))
        {
            return false;
        }

        _draft.Certificates[certificate] = recipe with { Hosts = [.. recipe.Hosts, host] };
        _draft.Guess($"the evidence does not give every name of {recipe.Subject ?? certificate}; that it is also for {host} is assumed");
        return true;
    }

    /// <summary>What a server presents of which nobody saw a certificate: a complete chain for its host.</summary>
    public PresentedChainRecipe Assume(IReadOnlyList<string> hosts) => _unseen.Assume(hosts);

    /// <summary>Certificates that can be decoded; others are passed over.</summary>
    internal static List<DecodedCertificate> Decode(IEnumerable<ReadOnlyMemory<byte>> certificates) =>
        [.. certificates.Select(der => DecodedCertificate.TryDecode(der, out var consumed, out _) is { } certificate && consumed == der.Length ? certificate : null).OfType<DecodedCertificate>()];

    private string? MakeLeaf(DecodedCertificate certificate, CapturedConnection connection)
    {
        var name = _leaves.NameOf(certificate);
        if (_draft.Certificates.ContainsKey(name))
        {
            return name;
        }

        if (Template(certificate) is not { } template)
        {
            return null;
        }

        using (template)
        {
            var issuer = IssuerOf(certificate, template, connection, isLeaf: true);
            _draft.Note(template);
            var recipe = template.ToCertificate(name, issuer);
            _draft.Certificates[name] = recipe with { Extensions = Tidy(recipe.Extensions, template, issuer, certificate) };
        }

        return name;
    }

    private string? MakeAuthority(DecodedCertificate certificate, CapturedConnection connection)
    {
        var name = _authorities.NameOf(certificate);
        if (_draft.Authorities.ContainsKey(name))
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

            if (isAnchor && _world.Anchors is null)
            {
                _draft.GuessTrust(certificate.Summary.Subject, connection);
            }

            // The place is taken before the issuer is looked for, so that two that issued each other come to an end.
            _draft.Authorities[name] = template.ToAuthority(name, null) with { Trusted = isAnchor };
            var issuer = IssuerOf(certificate, template, connection, isLeaf: false);
            _draft.Note(template);
            var recipe = template.ToAuthority(name, issuer);
            _draft.Authorities[name] = recipe with
            {
                Revoked = _draft.Revoke(issuer, _world.RevocationOf(certificate.Der)),
                Extensions = Tidy(recipe.Extensions, template, issuer, certificate),
                Trusted = isAnchor,
                AiaUrl = _draft.Authorities[name].AiaUrl,
                SameKeyAs = _authorities.OthersWithKeyOf(certificate, name).FirstOrDefault(other => _draft.Authorities.TryGetValue(other, out var made) && made.SameKeyAs is null),
            };
        }

        return name;
    }

    private string? IssuerOf(DecodedCertificate certificate, CertificateTemplate template, CapturedConnection connection, bool isLeaf) =>
        certificate.SelfSigned ? null : FindIssuer(certificate, connection) ?? _unseen.MakeUp(certificate, template, connection, isLeaf);

    /// <summary>The authority that a certificate of a connection with its bytes becomes, or null where it holds none of that name.</summary>
    private string? MakeSeen(EvidenceName subject, CapturedConnection connection) =>
        Decode(Ders(connection.Sent.Skip(1).Where(certificate => subject.Equals(certificate.Subject)))) is [var seen, ..] ? MakeAuthority(seen, connection) : null;

    /// <summary>
    /// The authority that really signed a certificate, made if need be. Where several certificates of its key were seen (cross certificates), all of
    /// them are made; what can be downloaded comes first, as it is what AIA leads to.
    /// </summary>
    private string? FindIssuer(DecodedCertificate certificate, CapturedConnection connection)
    {
        var issuers = _downloaded
            .Concat(_authorities.Certificates)
            .Concat(_anchors)
            .Where(candidate => !candidate.SameAs(certificate) && certificate.MayBeIssuedBy(candidate) && certificate.IsSignedBy(candidate))
            .ToList();
        return issuers.Select(issuer => MakeAuthority(issuer, SenderOf(issuer, connection))).OfType<string>().ToList().FirstOrDefault();
    }

    /// <summary>Whether an authority leads to a root that clients trust is known from a connection on which it was sent: this one, or else one that reached such a root.</summary>
    private CapturedConnection SenderOf(DecodedCertificate authority, CapturedConnection connection)
    {
        return Sends(connection)
            ? connection
            : _world.Hosts.SelectMany(host => host.Connections).Where(Sends).OrderBy(sender => sender.ReachedAnchor == true ? 0 : 1).FirstOrDefault() ?? connection;

        bool Sends(CapturedConnection sender) => Ders(sender.Sent).Any(der => der.Span.SequenceEqual(authority.Der.Span));
    }

    /// <summary>Leaves out what the issuer's recipe makes anyway, and tells the issuer to make it.</summary>
    private IReadOnlyList<ExtensionRecipe> Tidy(IReadOnlyList<ExtensionRecipe> extensions, CertificateTemplate template, string? issuer, DecodedCertificate certificate)
    {
        if (issuer is null)
        {
            return extensions;
        }

        if (template.IssuerAiaUrl is { } url && _draft.Authorities.TryGetValue(issuer, out var above))
        {
            if (above.AiaUrl is null && _unseen.IsServed(url, _authorities.Find(issuer)))
            {
                _draft.Authorities[issuer] = above = above with { AiaUrl = url };
            }

            if (string.Equals(above.AiaUrl, url, StringComparison.Ordinal))
            {
                var made = RecipeExtensions.CaIssuers(url);
                extensions = [.. extensions.Where(extension => extension.Critical || extension.Oid != made.Oid!.Value || extension.Value != Convert.ToBase64String(made.RawData))];
            }
        }

        // A signature that does not verify although name and key identifier fit cannot be made; without the identifier the lab's client finds out as late as the real one.
        var isMisleading = certificate.Extensions.AuthorityKeyIdentifier is not null
            && _authorities.Certificates.Any(known => certificate.MayBeIssuedBy(known) && !certificate.IsSignedBy(known));
        return isMisleading
            ? [.. extensions.Where(extension => extension.Oid != AuthorityKeyIdentifier), new ExtensionRecipe { Oid = AuthorityKeyIdentifier }]
            : extensions;
    }

    private CertificateTemplate? Template(DecodedCertificate certificate)
    {
        if (CertificateTemplate.TryRead(certificate.Der.Span, _world.At, out var template))
        {
            return template;
        }

        _draft.Deviate($"{certificate.Summary.Subject} is too damaged to be made again, and is left out");
        return null;
    }
}

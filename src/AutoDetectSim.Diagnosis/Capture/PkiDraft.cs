using AutoDetectSim.Certificates.Clients;
using AutoDetectSim.Certificates.Issuance;
using AutoDetectSim.Certificates.Validation.Decoding;
using AutoDetectSim.Documents;

namespace AutoDetectSim.Diagnosis.Capture;

/// <summary>Recipes of a PKI that is being reproduced, by their names, and what they cannot have in common with the real certificates.</summary>
internal sealed class PkiDraft
{
    private readonly SortedSet<string> _deviations = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _guesses = new(StringComparer.Ordinal);

    /// <summary>What was concluded and not seen, in sentences.</summary>
    public IReadOnlyCollection<string> Guesses => _guesses;

    /// <summary>Names that no other part of the draft has.</summary>
    public ScenarioNames Names { get; } = new();

    public Dictionary<string, AuthorityRecipe> Authorities { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, CertificateRecipe> Certificates { get; } = new(StringComparer.Ordinal);

    /// <summary>End-entity certificates that may be for more hosts than they have: the evidence does not give all their names.</summary>
    public HashSet<string> Open { get; } = new(StringComparer.Ordinal);

    /// <summary>What the lab's certificates cannot have in common with the real ones, in sentences.</summary>
    public IReadOnlyCollection<string> Deviations => _deviations;

    /// <summary>Authorities as a scenario has them, issuers before those below them.</summary>
    public IReadOnlyList<AuthorityRecipe> TidyAuthorities() =>
        [.. Authorities.Values.OrderBy(Depth).ThenBy(authority => authority.Name, NaturalOrder.Instance).Select(authority => RecipeTidier.Tidy(authority, Find(authority.Issuer)))];

    /// <summary>End-entity certificates as a scenario has them.</summary>
    public IReadOnlyList<CertificateRecipe> TidyCertificates() => [.. Certificates.Values.Select(certificate => RecipeTidier.Tidy(certificate, Find(certificate.Issuer)))];

    /// <summary>The name of the issuer of an authority or a certificate, or null.</summary>
    public string? IssuerOf(string name) => Authorities.TryGetValue(name, out var authority) ? authority.Issuer : Certificates.GetValueOrDefault(name)?.Issuer;

    /// <summary>Lets an issuer publish a list of what it has revoked, if a certificate of its is known to be on one.</summary>
    /// <returns>Whether it is.</returns>
    public bool Revoke(string? issuer, RevokedCertificate? revoked)
    {
        if (issuer is null || revoked is null || !Authorities.TryGetValue(issuer, out var authority))
        {
            return false;
        }

        Authorities[issuer] = authority with { CrlUrl = revoked.Url };
        return true;
    }

    /// <summary>Notes a deviation, once.</summary>
    public void Deviate(string sentence) => _deviations.Add(sentence);

    /// <summary>Notes a conclusion that the evidence does not force, once.</summary>
    public void Guess(string sentence) => _guesses.Add(sentence);

    /// <summary>Notes that clients are taken to trust a root about which the evidence has no verdict.</summary>
    public void GuessTrust(string subject, CapturedConnection connection)
    {
        if (connection.Call is { Verdict: null, Sent.Count: > 0 })
        {
            Guess($"nothing says whether clients trust {subject}; that they do is assumed (--ca FILE names the roots that they trust)");
        }
    }

    /// <summary>Notes what a template leaves out.</summary>
    public void Note(CertificateTemplate template)
    {
        foreach (var deviation in template.Deviations)
        {
            _deviations.Add($"{template.Subject}: {deviation}");
        }
    }

    private AuthorityRecipe? Find(string? name) => name is null ? null : Authorities[name];

    private int Depth(AuthorityRecipe authority)
    {
        var depth = 0;
        for (var current = authority; current.Issuer is { } issuer && depth <= Authorities.Count; current = Authorities[issuer])
        {
            depth++;
        }

        return depth;
    }
}

/// <summary>Certificates with the names that they have in a scenario, each certificate once.</summary>
internal sealed class NamedCertificates(ScenarioNames names, string otherwise)
{
    private readonly List<(DecodedCertificate Certificate, string Name)> _known = [];

    public IEnumerable<DecodedCertificate> Certificates => _known.Select(known => known.Certificate);

    /// <summary>The name of a certificate; one that is new gets one.</summary>
    public string NameOf(DecodedCertificate certificate)
    {
        foreach (var (known, name) in _known)
        {
            if (known.SameAs(certificate))
            {
                return name;
            }
        }

        var taken = names.Take(ScenarioNames.CommonName(certificate.Summary.Subject), otherwise);
        _known.Add((certificate, taken));
        return taken;
    }

    /// <summary>The certificate of a name, or null.</summary>
    public DecodedCertificate? Find(string name) => _known.Where(known => known.Name == name).Select(known => known.Certificate).FirstOrDefault();

    /// <summary>Names of other certificates with the same key.</summary>
    public IEnumerable<string> OthersWithKeyOf(DecodedCertificate certificate, string name) => _known
        .Where(known => known.Name != name && known.Certificate.SubjectPublicKeyInfo.Span.SequenceEqual(certificate.SubjectPublicKeyInfo.Span))
        .Select(known => known.Name);
}

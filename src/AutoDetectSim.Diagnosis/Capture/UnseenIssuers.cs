using AutoDetectSim.Certificates.Issuance;
using AutoDetectSim.Certificates.Validation.Decoding;
using AutoDetectSim.Certificates.Validation.Signatures;
using AutoDetectSim.Evidence.Calls;

namespace AutoDetectSim.Diagnosis.Capture;

/// <summary>Makes up what nobody saw, so that chains of the lab break where the real ones break.</summary>
internal sealed class UnseenIssuers(CapturedWorld world, PkiDraft draft, NamedOnlyCertificates named)
{
    private readonly Dictionary<(string Issuer, bool Trusted), string> _madeUp = [];
    private readonly Dictionary<string, string> _assumed = new(StringComparer.OrdinalIgnoreCase);
    private string? _assumedIssuer;

    /// <summary>What a server presents of which nobody saw a certificate: a complete chain for its host.</summary>
    public PresentedChainRecipe Assume(IReadOnlyList<string> hosts)
    {
        var host = string.Join(", ", hosts);
        if (!_assumed.TryGetValue(host, out var name))
        {
            if (_assumedIssuer is null)
            {
                var root = draft.Names.Take("assumed-root", "assumed-root");
                _assumedIssuer = draft.Names.Take("assumed-issuing", "assumed-issuing");
                draft.Authorities[root] = new AuthorityRecipe { Name = root, Subject = "CN=Assumed Root CA, O=AutoDetectSim", Trusted = true };
                draft.Authorities[_assumedIssuer] = new AuthorityRecipe { Name = _assumedIssuer, Subject = "CN=Assumed Issuing CA, O=AutoDetectSim", Issuer = root, Aia = true };
            }

            name = _assumed[host] = draft.Names.Take(hosts[0], "certificate");
            draft.Certificates[name] = new CertificateRecipe { Name = name, Issuer = _assumedIssuer, Hosts = hosts };
            draft.Open.Add(name);
            draft.Guess($"nothing shows what {host} presents; a complete chain is assumed");
        }

        return new PresentedChainRecipe { Certificate = name };
    }

    /// <summary>
    /// An issuer that nobody saw. That of a server's certificate stands below a trusted root, so that presenting it repairs the chain as it would in
    /// reality; that of an intermediate is the root, trusted only where nothing speaks against it.
    /// </summary>
    public string MakeUp(DecodedCertificate certificate, CertificateTemplate template, CapturedConnection connection, bool isLeaf)
    {
        var isTrusted = isLeaf || (world.Anchors is null && connection.ReachedAnchor != false);
        if (_madeUp.TryGetValue((template.Issuer, isTrusted), out var made))
        {
            return made;
        }

        var isRsa = certificate.IssuerKeyAlgorithm?.Fits(KeyKind.Rsa) ?? false;
        var key = isRsa ? KeyAlgorithm.Rsa2048 : template.Hash == SignatureHash.Sha384 ? KeyAlgorithm.P384 : KeyAlgorithm.P256;
        if (EvidenceName.Parse(template.Issuer) is { } issuer && named.Find(issuer, isLeaf ? named.Listing(issuer, SentCertificate.Of(certificate.Der), connection) : connection) is { } listed)
        {
            // The server's certificate shows the kind of its issuer's key.
            draft.Authorities[listed] = draft.Authorities[listed] with { Key = draft.Authorities[listed].SameKeyAs is null ? key : draft.Authorities[listed].Key };
            return _madeUp[(template.Issuer, isTrusted)] = listed;
        }

        var name = draft.Names.Take(ScenarioNames.CommonName(template.Issuer), "issuer");
        string? root = null;
        if (isLeaf)
        {
            root = draft.Names.Take("unseen-root", "unseen-root");
            draft.Authorities[root] = new AuthorityRecipe { Name = root, Subject = "CN=Unseen Root, O=AutoDetectSim", Trusted = true, Key = key };
        }

        var subjectName = template.Issuer.Length == 0 ? "CN=Issuer Without A Name, O=AutoDetectSim" : template.Issuer;
        var top = connection.Call?.Top;
        var isTop = top is { NotAfter: not null, Subject: { } subject } && subject.Equals(EvidenceName.Parse(template.Issuer));
        draft.Authorities[name] = new AuthorityRecipe
        {
            Name = name,
            NotAfter = isTop ? NamedOnlyCertificates.Bound(top!.NotAfter, world.At) : null,
            Subject = subjectName,
            Issuer = root,
            Key = key,
            Trusted = isTrusted && !isLeaf,
            AiaUrl = IsServed(template.IssuerAiaUrl, null) ? template.IssuerAiaUrl : null,
        };
        if (!isLeaf && isTrusted)
        {
            draft.GuessTrust(template.Issuer, connection);
        }

        _madeUp[(template.Issuer, isTrusted)] = name;
        draft.Deviate(template.Issuer.Length == 0 ? "an issuer without a name was not seen, and is made up with one" : $"{template.Issuer} was not seen, and is made up");
        return name;
    }

    /// <summary>Whether the lab is to serve an issuer at a URL: where it was tried, if that worked; else as the world of public authorities does.</summary>
    public bool IsServed(string? url, DecodedCertificate? issuer)
    {
        if (url is null)
        {
            return false;
        }

        var tried = world.Downloads.FirstOrDefault(download => string.Equals(download.Url, url, StringComparison.Ordinal));
        return tried is null
            ? world.Anchors is null
            : issuer is not null && PkiReproduction.Decode(tried.Certificates).Exists(issuer.SameAs);
    }
}

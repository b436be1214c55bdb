using System.Globalization;
using AutoDetectSim.Certificates.Issuance;
using AutoDetectSim.Evidence.Calls;

namespace AutoDetectSim.Diagnosis.Capture;

/// <summary>Makes certificates of which the evidence gives names and no bytes, so that the lab's chain has as many, in the same order, by the same issuers.</summary>
internal sealed class NamedOnlyCertificates(CapturedWorld world, PkiDraft draft, Func<EvidenceName, CapturedConnection, string?> seen)
{
    private const string LeafSignature = "UNABLE_TO_VERIFY_LEAF_SIGNATURE";

    private readonly Dictionary<string, string> _leaves = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _authorities = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Subject, bool Trusted), NamedAuthority> _named = [];
    private readonly HashSet<string> _making = new(StringComparer.Ordinal);

    /// <summary>A time as a bound of validity relative to the start of a lab.</summary>
    public static string? Bound(DateTimeOffset? time, DateTimeOffset at) =>
        time is { } known ? string.Create(CultureInfo.InvariantCulture, $"{(long)(known - at).TotalSeconds}s") : null;

    /// <summary>The server's own certificate by its names.</summary>
    public string Leaf(SentCertificate certificate, CapturedConnection connection, IReadOnlyList<string> hosts)
    {
        var key = certificate.Key + "\n" + string.Join('\n', hosts);
        if (_leaves.TryGetValue(key, out var known))
        {
            return known;
        }

        var verdict = connection.Call?.Verdict;
        var signsItself = certificate.Subject is { } subject ? subject.Equals(certificate.Issuer) || verdict?.Codes is ["DEPTH_ZERO_SELF_SIGNED_CERT"] : verdict?.Codes is ["DEPTH_ZERO_SELF_SIGNED_CERT"];
        var name = _leaves[key] = draft.Names.Take(certificate.Subject?.CommonName ?? hosts[0], "certificate");
        var names = NamesOf(certificate, verdict, hosts);
        if (!certificate.HasEveryHost && verdict?.Codes is not ["ERR_TLS_CERT_ALTNAME_INVALID"] && names.Any(host => hosts.Contains(host, StringComparer.OrdinalIgnoreCase)))
        {
            draft.Open.Add(name);
        }

        if (certificate.Hosts.Count == 0)
        {
            draft.Guess($"{certificate.Subject?.ToRecipe() ?? "the server's own certificate"} is not in the evidence; which host names it is for is not known, and {(names.Count == 0 ? "none" : string.Join(", ", names))} is assumed");
        }

        if (certificate.NotAfter is null && verdict is null)
        {
            draft.Guess($"nothing says how long {certificate.Subject?.ToRecipe() ?? "the server's own certificate"} is valid; that it was valid is assumed");
        }

        draft.Certificates[name] = new CertificateRecipe
        {
            Name = name,
            Subject = certificate.Subject?.ToRecipe() ?? "CN=" + hosts[0],
            Hosts = [.. names.Where(host => !host.Contains(' ', StringComparison.Ordinal))],
            Issuer = signsItself ? null : Issuer(certificate.Issuer, Listing(certificate.Issuer, certificate, connection)),
            NotBefore = Bound(certificate.NotBefore, world.At) ?? (verdict?.Codes is ["CERT_NOT_YET_VALID"] && !connection.Sent.Skip(1).Any(above => above.NotBefore > world.At) ? "1d" : null),
            NotAfter = Bound(certificate.NotAfter, world.At) ?? (verdict?.Codes is ["CERT_HAS_EXPIRED"] && !connection.Sent.Skip(1).Any(above => above.NotAfter <= world.At) ? "-1d" : null),
        };
        return name;
    }

    /// <summary>The hosts that a certificate is for: those that the evidence gives; else those that were asked, unless its common name is that of another domain.</summary>
    private static IReadOnlyList<string> NamesOf(SentCertificate certificate, EvidenceVerdict? verdict, IReadOnlyList<string> hosts)
    {
        if (certificate.Hosts.Count > 0)
        {
            return certificate.Hosts;
        }

        if (verdict?.Codes is ["ERR_TLS_CERT_ALTNAME_INVALID"])
        {
            return [];
        }

        var common = certificate.Subject?.CommonName?.ToLowerInvariant();
        return common is not null && common.Contains('.', StringComparison.Ordinal) && Uri.CheckHostName(common.Replace("*.", "", StringComparison.Ordinal)) == UriHostNameType.Dns
            && !hosts.Any(host => string.Equals(DomainOf(host), DomainOf(common), StringComparison.OrdinalIgnoreCase))
                ? [common]
                : hosts;
    }

    private static string DomainOf(string host) => string.Join('.', host.Split('.')[^Math.Min(2, host.Split('.').Length)..]);

    /// <summary>Another certificate of a chain by its names, or by its place where not even those are known.</summary>
    public string Authority(SentCertificate certificate, IReadOnlyList<string> above, CapturedConnection connection)
    {
        var codes = connection.Call?.Verdict is { Passed: false } failed ? failed.Codes : [];
        var isOfAnother = codes is [LeafSignature];
        var issuer = draft.IssuerOf(above[^1]);
        if (!isOfAnother && certificate.Subject is null && issuer is not null && !above.Contains(issuer, StringComparer.Ordinal))
        {
            draft.Guess($"{draft.Authorities[issuer].Subject} was sent, but is not in the evidence; it is made up, and taken for the issuer");
            return issuer;
        }

        // What issued a certificate above it may have been made without this list.
        var made = isOfAnother || certificate.Subject is null ? null : above.Select(draft.IssuerOf).FirstOrDefault(name => name is not null && certificate.Subject.Equals(EvidenceName.Parse(draft.Authorities[name].Subject)));
        return made ?? (isOfAnother ? Make(certificate, connection, isOfAnother: true) : Listed(certificate, connection));
    }

    /// <summary>The connection that lists the issuer of a server's certificate, where this one does not.</summary>
    public CapturedConnection Listing(EvidenceName? issuer, SentCertificate own, CapturedConnection connection) =>
        issuer is null || connection.Sent.Skip(1).Any(certificate => issuer.Equals(certificate.Subject))
            ? connection
            : world.Hosts.SelectMany(host => host.Connections).FirstOrDefault(other => other.Call?.Verdict is not { Passed: false, Codes: [LeafSignature] }
                && other.Sent.Count > 1 && other.Sent[0].Key == own.Key && other.Sent.Skip(1).Any(certificate => issuer.Equals(certificate.Subject))) ?? connection;

    /// <summary>The authority of a name that a connection lists without its bytes, or null where it lists none.</summary>
    public string? Find(EvidenceName subject, CapturedConnection connection)
    {
        // What is listed did not lead on: it has the name, and another key.
        if (connection.Call?.Verdict is { Passed: false, Codes: [LeafSignature] })
        {
            return null;
        }

        var listed = connection.Sent.Skip(1).FirstOrDefault(certificate => certificate.Der is null && subject.Equals(certificate.Subject));
        return listed is null ? null : Listed(listed, connection);
    }

    private string Listed(SentCertificate certificate, CapturedConnection connection)
    {
        // A certificate of the same name that was made for one below it is the same one, unless another issuer is named.
        var known = certificate.Subject is null ? null : _named.GetValueOrDefault((certificate.Subject.Key, IsTrusted(connection)));
        return known is { } made && (made.Issuer is null || certificate.Issuer is null || made.Issuer.Equals(certificate.Issuer)) ? made.Name : Make(certificate, connection, isOfAnother: false);
    }

    private string Make(SentCertificate certificate, CapturedConnection connection, bool isOfAnother)
    {
        var key = $"{certificate.Key} {IsTrusted(connection)}{(isOfAnother ? " of another" : "")}";
        if (_authorities.TryGetValue(key, out var known))
        {
            return known;
        }

        var subject = certificate.Subject?.ToRecipe() ?? "CN=Unknown Authority, O=AutoDetectSim";
        var name = _authorities[key] = draft.Names.Take(ScenarioNames.CommonName(subject), "authority");
        var signsItself = certificate.Subject is { } own && own.Equals(certificate.Issuer);
        var twin = isOfAnother || certificate.Subject is null ? null : _named.GetValueOrDefault((certificate.Subject.Key, IsTrusted(connection)))?.Name;
        if (certificate.Subject is { } title && !isOfAnother && twin is null)
        {
            _named[(title.Key, IsTrusted(connection))] = new NamedAuthority(name, certificate.Issuer);
        }

        draft.Guess($"{subject} was sent, but is not in the evidence; it is made up{(isOfAnother ? ", with another key than the server's certificate was signed with" : "")}");
        draft.Authorities[name] = new AuthorityRecipe
        {
            Name = name,
            Subject = subject,
            Trusted = signsItself && IsTrusted(connection),
            SameKeyAs = twin,
            NotBefore = Bound(certificate.NotBefore, world.At),
            NotAfter = Bound(certificate.NotAfter, world.At),
        };
        if (signsItself)
        {
            if (IsTrusted(connection))
            {
                draft.GuessTrust(subject, connection);
            }
        }
        else
        {
            var issuer = Above(certificate.Issuer, connection);
            draft.Authorities[name] = draft.Authorities[name] with { Issuer = LeadsTo(issuer, name) ? Root(null, connection) : issuer };
        }

        return name;
    }

    /// <summary>What issued a certificate: the one that was sent, or a root that was not.</summary>
    private string Above(EvidenceName? issuer, CapturedConnection connection)
    {
        if (issuer is null)
        {
            return Root(null, connection);
        }

        return _making.Add(issuer.Key) && Take() is { } found ? found : Root(issuer, connection);

        string? Take()
        {
            try
            {
                return seen(issuer, connection) ?? Find(issuer, connection);
            }
            finally
            {
                _making.Remove(issuer.Key);
            }
        }
    }

    /// <summary>Whether an authority stands below another, or is it.</summary>
    private bool LeadsTo(string from, string to)
    {
        var current = from;
        for (var steps = 0; current is not null && steps <= draft.Authorities.Count; steps++, current = draft.IssuerOf(current))
        {
            if (current == to)
            {
                return true;
            }
        }

        return false;
    }

    private bool IsTrusted(CapturedConnection connection) => connection.ReachedAnchor != false && world.Anchors is null;

    /// <summary>
    /// The anchor at which the program's path ended, where a certificate was sent that has its name and is out of date: a cross certificate, which
    /// clients that look into their trust store first pass over.
    /// </summary>
    public void AddAnchor(CapturedConnection connection, Func<SentCertificate, string?> nameOf)
    {
        if (connection.Call is not { Verdict.Passed: true, Top: { Subject: { } top, Depth: > 0 } })
        {
            return;
        }

        var cross = connection.Sent.Skip(1).FirstOrDefault(certificate => top.Equals(certificate.Subject) && !top.Equals(certificate.Issuer) && (certificate.NotAfter <= world.At || certificate.NotBefore > world.At));
        if (cross is null || nameOf(cross) is not { } key || draft.Authorities.Values.Any(authority => authority.SameKeyAs == key))
        {
            return;
        }

        var name = draft.Names.Take(ScenarioNames.CommonName(top.ToRecipe()) + "-root", "root");
        draft.Authorities[name] = new AuthorityRecipe { Name = name, Subject = draft.Authorities[key].Subject, SameKeyAs = key, Trusted = true };
        draft.Guess($"the path of the program ended at {top.ToRecipe()}, of which an outdated cross certificate was sent: a root of that name and key is taken for trusted");
    }

    /// <summary>The issuer of the server's own certificate, below a trusted root.</summary>
    private string Issuer(EvidenceName? name, CapturedConnection connection)
    {
        var key = "issuer " + name?.Key;
        if (_authorities.TryGetValue(key, out var known))
        {
            return known;
        }

        var subject = name?.ToRecipe() ?? "CN=Unknown Issuing CA, O=AutoDetectSim";
        if (name is not null && (seen(name, connection) ?? Find(name, connection)) is { } listed)
        {
            return listed;
        }

        var issuing = draft.Names.Take(ScenarioNames.CommonName(subject), "issuing");
        var isLeafAlone = connection.Sent.Count == 1;
        draft.Authorities[issuing] = new AuthorityRecipe { Name = issuing, Subject = subject, Issuer = Root(null, connection with { ReachedAnchor = isLeafAlone ? true : connection.ReachedAnchor }) };
        return _authorities[key] = issuing;
    }

    private string Root(EvidenceName? name, CapturedConnection connection)
    {
        var isTrusted = IsTrusted(connection);
        var key = $"root {name?.Key} {isTrusted}";
        if (!_authorities.TryGetValue(key, out var root))
        {
            var subject = name?.ToRecipe() ?? "CN=Unseen Root, O=AutoDetectSim";
            root = _authorities[key] = draft.Names.Take(ScenarioNames.CommonName(subject), "root");
            draft.Authorities[root] = new AuthorityRecipe { Name = root, Subject = subject, Trusted = isTrusted };
            if (isTrusted)
            {
                draft.GuessTrust(subject, connection);
            }
        }

        return root;
    }

    /// <param name="Name">The name in the scenario.</param>
    /// <param name="Issuer">The issuer that the evidence names, or null.</param>
    private sealed record NamedAuthority(string Name, EvidenceName? Issuer);
}

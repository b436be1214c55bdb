using System.Globalization;
using AutoDetectSim.Certificates.Issuance;
using AutoDetectSim.Diagnosis.Capture.Evidence.Calls;

namespace AutoDetectSim.Diagnosis.Capture;

/// <summary>Makes certificates of which the evidence gives names and no bytes, so that the lab's chain has as many, in the same order, by the same issuers.</summary>
internal sealed class NamedOnlyCertificates(CapturedWorld world, PkiDraft draft)
{
    private const string LeafSignature = "UNABLE_TO_VERIFY_LEAF_SIGNATURE";

    private readonly Dictionary<string, string> _leaves = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _authorities = new(StringComparer.Ordinal);

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
        var isOfOthers = verdict?.Codes is ["ERR_TLS_CERT_ALTNAME_INVALID"] && certificate.Hosts.Count == 0;
        var names = certificate.Hosts.Count > 0 ? certificate.Hosts : isOfOthers ? [] : [.. hosts];
        if (certificate.Hosts.Count == 0)
        {
            draft.Guess($"{certificate.Subject?.ToRecipe() ?? "the server's own certificate"} is not in the evidence; which host names it is for is not known, and {(isOfOthers ? "none" : string.Join(", ", hosts))} is assumed");
        }

        draft.Certificates[name] = new CertificateRecipe
        {
            Name = name,
            Subject = certificate.Subject?.ToRecipe() ?? "CN=" + hosts[0],
            Hosts = [.. names.Where(host => !host.Contains(' ', StringComparison.Ordinal))],
            Issuer = signsItself ? null : Issuer(certificate.Issuer, connection),
            NotBefore = Bound(certificate.NotBefore, world.At),
            NotAfter = Bound(certificate.NotAfter, world.At) ?? (verdict?.Codes is ["CERT_HAS_EXPIRED"] ? "-1d" : null),
        };
        return name;
    }

    /// <summary>Another certificate of a chain by its names, or by its place where not even those are known.</summary>
    public string Authority(SentCertificate certificate, IReadOnlyList<string> above, CapturedConnection connection)
    {
        var codes = connection.Call?.Verdict is { Passed: false } failed ? failed.Codes : [];
        var isOfAnother = codes is [LeafSignature];
        var issuer = draft.IssuerOf(above[^1]);
        if (!isOfAnother && issuer is not null && !above.Contains(issuer, StringComparer.Ordinal) && (certificate.Subject is null || certificate.Subject.Equals(NameOf(issuer))))
        {
            draft.Guess($"{draft.Authorities[issuer].Subject} was sent, but is not in the evidence; it is made up{(certificate.Subject is null ? ", and taken for the issuer" : "")}");
            return issuer;
        }

        var key = certificate.Key + (isOfAnother ? " of another" : "");
        if (_authorities.TryGetValue(key, out var known))
        {
            return known;
        }

        var subject = certificate.Subject?.ToRecipe() ?? "CN=Unknown Authority, O=AutoDetectSim";
        var name = _authorities[key] = draft.Names.Take(ScenarioNames.CommonName(subject), "authority");
        var signsItself = certificate.Subject is { } own && own.Equals(certificate.Issuer);
        draft.Guess($"{subject} was sent, but is not in the evidence; it is made up{(isOfAnother ? ", with another key than the server's certificate was signed with" : "")}");
        draft.Authorities[name] = new AuthorityRecipe
        {
            Name = name,
            Subject = subject,
            Issuer = signsItself ? null : Root(certificate.Issuer, connection),
            Trusted = signsItself && connection.ReachedAnchor != false && world.Anchors is null,
            NotBefore = Bound(certificate.NotBefore, world.At),
            NotAfter = Bound(certificate.NotAfter, world.At),
        };
        return name;
    }

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

    private EvidenceName? NameOf(string authority) => EvidenceName.Parse(draft.Authorities.GetValueOrDefault(authority)?.Subject);

    /// <summary>The issuer of the server's own certificate, below a trusted root.</summary>
    private string Issuer(EvidenceName? name, CapturedConnection connection)
    {
        var key = "issuer " + name?.Key;
        if (_authorities.TryGetValue(key, out var known))
        {
            return known;
        }

        var subject = name?.ToRecipe() ?? "CN=Unknown Issuing CA, O=AutoDetectSim";
        var made = draft.Authorities.Values.FirstOrDefault(authority => name is not null && name.Equals(EvidenceName.Parse(authority.Subject)))?.Name;
        if (made is not null)
        {
            return _authorities[key] = made;
        }

        // A root that was sent issued the certificate itself.
        if (name is not null && connection.Sent.Skip(1).Any(sent => name.Equals(sent.Subject) && name.Equals(sent.Issuer)))
        {
            var untrusted = draft.Names.Take(ScenarioNames.CommonName(subject), "root");
            draft.Authorities[untrusted] = new AuthorityRecipe { Name = untrusted, Subject = subject, Trusted = connection.ReachedAnchor != false && world.Anchors is null };
            return _authorities[key] = untrusted;
        }

        var issuing = draft.Names.Take(ScenarioNames.CommonName(subject), "issuing");
        var isLeafAlone = connection.Sent.Count == 1;
        draft.Authorities[issuing] = new AuthorityRecipe { Name = issuing, Subject = subject, Issuer = Root(null, connection with { ReachedAnchor = isLeafAlone ? true : connection.ReachedAnchor }) };
        return _authorities[key] = issuing;
    }

    private string Root(EvidenceName? name, CapturedConnection connection)
    {
        var isTrusted = connection.ReachedAnchor != false && world.Anchors is null;
        var key = $"root {name?.Key} {isTrusted}";
        if (!_authorities.TryGetValue(key, out var root))
        {
            var subject = name?.ToRecipe() ?? "CN=Unseen Root, O=AutoDetectSim";
            root = _authorities[key] = draft.Names.Take(ScenarioNames.CommonName(subject), "root");
            draft.Authorities[root] = new AuthorityRecipe { Name = root, Subject = subject, Trusted = isTrusted };
        }

        return root;
    }
}

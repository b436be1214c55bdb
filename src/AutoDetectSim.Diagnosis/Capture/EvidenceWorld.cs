using AutoDetectSim.Certificates.Validation;
using AutoDetectSim.Certificates.Validation.Decoding;
using AutoDetectSim.Diagnosis.Checking.Grouping;
using AutoDetectSim.Protocols;

namespace AutoDetectSim.Diagnosis.Capture;

/// <summary>Puts together what several files say about one organization.</summary>
internal static class EvidenceWorld
{
    private const string AutoDiscoverPath = "/autodiscover/";

    /// <summary>Makes a world of connections from files.</summary>
    /// <param name="connections">What the files hold, in order.</param>
    /// <param name="host">The host that files mean which do not tell, or null for the one that their certificate is for.</param>
    /// <param name="email">An address of the organization, or null.</param>
    /// <param name="anchors">What clients trust, or null where nobody knows.</param>
    /// <param name="at">When the files were made, as far as validity is concerned.</param>
    public static CapturedWorld Make(IReadOnlyList<CapturedConnection> connections, string? host, string? email, TrustAnchors? anchors, DateTimeOffset at)
    {
        var placed = connections.Select(connection => connection with { Host = connection.Host ?? host ?? HostOf(connection, email) }).ToList();
        var usual = host ?? placed.Select(connection => connection.Host).OfType<string>().FirstOrDefault() ?? "server.captured.test";
        var hosts = placed
            .Select(connection => connection with { Host = connection.Host ?? usual })
            .GroupBy(connection => (Host: connection.Host!.ToLowerInvariant(), connection.Port))
            .Select(group => new CapturedHost { Host = group.Key.Host, Port = IsLabPort(group.Key.Port), Connections = Join([.. group]) })
            .ToList();
        var first = hosts.Find(known => known.Host.StartsWith("autodiscover.", StringComparison.Ordinal))?.Host ?? hosts.FirstOrDefault()?.Host ?? usual;
        return new CapturedWorld
        {
            Host = host ?? first,
            At = at,
            Email = email,
            Hosts = hosts,
            Anchors = anchors is null ? null : [.. anchors.Certificates.Select(anchor => anchor.Der)],
        };
    }

    /// <summary>A test behind a forwarded port still means the host's usual port.</summary>
    private static int IsLabPort(int port) => port is > 0 and < 65536 ? port : 443;

    /// <summary>The name that a chain, or an answer, is most likely about.</summary>
    private static string? HostOf(CapturedConnection connection, string? email)
    {
        if (connection.Presented.Count > 0 && DecodedCertificate.TryDecode(connection.Presented[0], out _, out _)?.Summary is { } leaf)
        {
            return leaf.DnsNames.FirstOrDefault(name => name.StartsWith("autodiscover.", StringComparison.OrdinalIgnoreCase))
                ?? leaf.DnsNames.FirstOrDefault(name => !name.StartsWith('*'))
                ?? leaf.DnsNames.Select(name => "autodiscover" + name[1..]).FirstOrDefault()
                ?? (Uri.CheckHostName(ScenarioNames.CommonName(leaf.Subject)) == UriHostNameType.Dns && leaf.Subject.Contains('.', StringComparison.Ordinal) ? ScenarioNames.CommonName(leaf.Subject) : null);
        }

        var domain = email is null ? null : EmailAddress.DomainOf(email);
        return connection.Answers.Any(answer => answer.Path.StartsWith(AutoDiscoverPath, StringComparison.OrdinalIgnoreCase)) && domain is not null ? "autodiscover." + domain : null;
    }

    /// <summary>Answers without certificates belong to the chains of the same host: to the node of the same name, or to all where none has one.</summary>
    private static List<CapturedConnection> Join(List<CapturedConnection> connections)
    {
        var chains = connections.Where(connection => connection.Presented.Count > 0 || connection.ErrorCode is not null).ToList();
        var answers = connections.Except(chains).ToList();
        if (chains.Count == 0)
        {
            return answers;
        }

        return
        [
            .. chains.DistinctBy(chain => (chain.Node, ChainFingerprint.Of(chain.Presented), chain.ErrorCode)).Select(chain =>
            {
                var own = answers.Where(answer => chain.Node is null || answer.Node is null || string.Equals(answer.Node, chain.Node, StringComparison.OrdinalIgnoreCase)).ToList();
                return chain with
                {
                    Node = chain.Node ?? (chains.Count == 1 ? own.Select(answer => answer.Node).FirstOrDefault(node => node is not null) : null),
                    Answers = [.. chain.Answers, .. own.SelectMany(answer => answer.Answers)],
                };
            }),
        ];
    }
}

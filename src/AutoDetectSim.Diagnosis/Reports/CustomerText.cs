using System.Globalization;
using AutoDetectSim.Certificates.Clients;
using AutoDetectSim.Diagnosis.Checking;
using AutoDetectSim.Diagnosis.Checking.Connecting;
using AutoDetectSim.Diagnosis.Checking.Grouping;

namespace AutoDetectSim.Diagnosis.Reports;

/// <summary>Tells a check to people who do not know certificates.</summary>
internal static class CustomerText
{
    private const int ClientsNamed = 3;

    /// <summary>What happens, where it comes from, why others do not notice, and how sure all that is.</summary>
    public static IReadOnlyList<CustomerPart> For(CheckResult result)
    {
        var parts = new List<CustomerPart> { new("What happens", string.Join(" ", Happens(result))) };
        Add(parts, "Where it comes from", [.. result.Hosts.SelectMany(Sources).Distinct(StringComparer.Ordinal)]);
        Add(parts, "Why others do not notice", [.. WhyUnnoticed(result)]);
        Add(parts, "How sure this is", [.. HowSure(result)]);
        return parts;
    }

    private static void Add(List<CustomerPart> parts, string title, IReadOnlyList<string> sentences)
    {
        if (sentences.Count > 0)
        {
            parts.Add(new CustomerPart(title, string.Join(" ", sentences)));
        }
    }

    private static IEnumerable<string> Happens(CheckResult result) => result.Hosts
        .GroupBy(host => (host.Verdict, host.IsUnreachable, host.Successes, host.Attempts, Whom(host)))
        .Select(group => $"{And([.. group.Select(Subject)])} {Fate(group.First(), group.Count() > 1)}");

    private static string Subject(HostDiagnosis host) => host.Role switch
    {
        HostRole.AutoDiscover => $"{host.Host}, where phones learn where a mailbox is,",
        HostRole.ActiveSync => $"{host.Host}, from which phones get their mail,",
        _ => host.Host,
    };

    private static string Fate(HostDiagnosis host, bool many)
    {
        if (host.IsUnreachable)
        {
            return "could not be reached.";
        }

        var failed = host.Attempts - host.Successes;
        var each = many ? " each" : "";
        return host.Verdict switch
        {
            Verdict.Healthy => string.Create(CultureInfo.InvariantCulture, $"{(many ? "were" : "was")} fine on every one of {host.Attempts} connections{each}."),
            Verdict.Broken => $"fail{(many ? "" : "s")} every time for {Whom(host)}.",
            Verdict.Intermittent => string.Create(CultureInfo.InvariantCulture, $"fail{(many ? "" : "s")} now and then: {failed} of {host.Attempts} connections{each} were of no use to {Whom(host)}."),
            _ => string.Create(CultureInfo.InvariantCulture, $"{(many ? "were" : "was")} asked too seldom to tell: {host.Successes} of {host.Attempts} connections{each} were fine."),
        };
    }

    private static string Whom(HostDiagnosis host) => host.HasGoodChains
        ? "the service behind Outlook on phones, although the certificates are in order"
        : "programs that check certificates strictly, as the service behind Outlook on phones does";

    private static string And(IReadOnlyList<string> parts) => parts.Count == 1 ? parts[0] : string.Join(" ", parts.SkipLast(1)) + " and " + parts[^1];

    private static IEnumerable<string> Sources(HostDiagnosis host) => host.FaultyNodes
        .GroupBy(node => node.Faults[0], StringComparer.Ordinal)
        .Select(group =>
        {
            var nodes = group.Select(node => node.Name).ToList();
            var share = nodes.Count == host.Nodes.Count
                ? nodes.Count == 1 ? "The server" : $"All {nodes.Count} servers"
                : string.Create(CultureInfo.InvariantCulture, $"{nodes.Count} of {host.Nodes.Count} servers");
            return $"{share} ({NameRow.Of(nodes)}): {FaultNames.Words(group.Key)}.";
        });

    private static IEnumerable<string> WhyUnnoticed(CheckResult result)
    {
        var helped = result.Hosts.SelectMany(host => host.Chains)
            .Where(chain => !chain.Strict.Accepted)
            .SelectMany(chain => chain.Clients)
            .Where(client => client.InUse.Accepted && client.InUse.Path.Any(step => step.Source is PathSource.Downloaded or PathSource.Kept))
            .Select(client => client.Profile)
            .Distinct()
            .ToList();
        if (helped.Count == 0)
        {
            yield break;
        }

        var names = helped.OrderByDescending(profile => profile.DownloadsIssuers).Select(profile => profile.ShortTitle).Distinct(StringComparer.Ordinal).Take(ClientsNamed).ToList();
        var list = names.Count == 1 ? names[0] : string.Join(", ", names.SkipLast(1)) + " and " + names[^1];
        yield return $"{char.ToUpperInvariant(list[0])}{list[1..]} make up for what the server leaves out: they fetch the missing certificate by themselves, or have kept it from an earlier visit. A test with them says that all is well.";
    }

    private static IEnumerable<string> HowSure(CheckResult result) => result.Hosts.Where(host => host.Chains.Count > 0)
        .GroupBy(host => (host.Attempts, host.Nodes.Count, host.Probes.Turn, host.Probes.LargestHiddenShare))
        .Select(group => string.Create(
            CultureInfo.InvariantCulture,
            $"{group.Key.Attempts} new connections{(group.Count() > 1 ? " each" : "")} to {string.Join(" and ", group.Select(host => host.Host))} met {(group.Key.Count == 1 ? "one server" : $"{group.Key.Count} servers")}; {(group.Key.Turn is not null ? "they come in a fixed order, and all of them were met" : $"a server that takes more than {ReportText.Percent(group.Key.LargestHiddenShare)} of the connections would have shown up in 95 of 100 such tests")}."));
}

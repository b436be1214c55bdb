using System.Globalization;
using AutoDetectSim.Certificates.Clients;
using AutoDetectSim.Diagnosis.Checking;
using AutoDetectSim.Diagnosis.Checking.Connecting;
using AutoDetectSim.Diagnosis.Checking.Grouping;
using AutoDetectSim.Diagnosis.Statistics;

namespace AutoDetectSim.Diagnosis.Reports;

/// <summary>Tells a check to people who do not know certificates.</summary>
internal static class CustomerText
{
    private const int ClientsNamed = 3;

    /// <summary>The symptom, its cause, why other clients work, and the confidence of the result.</summary>
    public static IReadOnlyList<CustomerPart> For(CheckResult result)
    {
        var parts = new List<CustomerPart> { new("Symptom", string.Join(" ", [.. RangeText.Blocked(result), .. HelloText.Sentences(result), .. Happens(result)])) };
        Add(parts, "Cause", [.. result.Hosts.SelectMany(Sources).Distinct(StringComparer.Ordinal)]);
        Add(parts, "Why other clients work", [.. WhyUnnoticed(result)]);
        Add(parts, "Confidence", [.. HowSure(result)]);
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
        HostRole.AutoDiscover => $"{host.Host}, which tells phones where a mailbox is,",
        HostRole.ActiveSync => $"{host.Host}, which delivers mail to phones,",
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
            Verdict.Healthy => string.Create(CultureInfo.InvariantCulture, $"worked on all {host.Attempts} connections{each}."),
            Verdict.Broken => $"fail{(many ? "" : "s")} every time for {Whom(host)}.",
            Verdict.Intermittent => string.Create(CultureInfo.InvariantCulture, $"fail{(many ? "" : "s")} intermittently: {failed} of {host.Attempts} connections{each} failed for {Whom(host)}."),
            _ => string.Create(CultureInfo.InvariantCulture, $"worked on {host.Successes} of {host.Attempts} connections{each}: too few connections to decide."),
        };
    }

    private static string Whom(HostDiagnosis host) => host.HasGoodChains
        ? "the service behind Outlook on phones, although the certificates are valid"
        : "clients that validate certificates strictly, such as the service behind Outlook on phones";

    private static string And(IReadOnlyList<string> parts) => parts.Count == 1 ? parts[0] : string.Join(" ", parts.SkipLast(1)) + " and " + parts[^1];

    private static IEnumerable<string> Sources(HostDiagnosis host) => host.FaultyNodes
        .GroupBy(node => node.Faults[0], StringComparer.Ordinal)
        .Select(group =>
        {
            var nodes = group.Select(node => node.Name).ToList();
            var attempts = group.Sum(node => node.Attempts);
            var share = (HasLookAlikes: host.HasLookAlikes, All: nodes.Count == host.Nodes.Count, nodes.Count) switch
            {
                { HasLookAlikes: true, All: true } => "Every server that was met",
                { HasLookAlikes: true } => string.Create(CultureInfo.InvariantCulture, $"Servers that received {attempts} of {host.Attempts} connections"),
                { All: true, Count: 1 } => "The server",
                { All: true } => $"All {nodes.Count} servers",
                _ => string.Create(CultureInfo.InvariantCulture, $"{nodes.Count} of {host.Nodes.Count} servers"),
            };
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
        yield return $"{char.ToUpperInvariant(list[0])}{list[1..]} compensate for the certificate that the server omits: they download it, or have cached it. A test with them shows no problem.";
    }

    private static IEnumerable<string> HowSure(CheckResult result) => result.Hosts.Where(host => host.Chains.Count > 0)
        .GroupBy(host => (host.Attempts, host.Probes))
        .Select(group => ProbesText.Confidence(group.Key.Attempts, group.Count() > 1, group.Select(host => host.Host), group.Key.Probes));
}

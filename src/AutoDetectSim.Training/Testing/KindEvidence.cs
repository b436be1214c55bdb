using AutoDetectSim.Diagnosis.Checking.Grouping;
using AutoDetectSim.Hosting;
using AutoDetectSim.Scenarios;
using AutoDetectSim.Scenarios.Library;
using AutoDetectSim.Tls;
using AutoDetectSim.Training.Cases;
using AutoDetectSim.Training.Lessons;
using AutoDetectSim.Training.Library;
using AutoDetectSim.Training.Sessions;

namespace AutoDetectSim.Training.Testing;

/// <summary>
/// Holds the words that a lesson has for its faults against what can be seen of them: the chains that servers present, and the faults of
/// the scenario library that come of the same settings.
/// </summary>
internal static class KindEvidence
{
    // Settings whose value says which fault it is; of others, that they are set.
    private static readonly string[] Telling = ["fault", "oAuth", "auth", "challenges", "preAuthentication", "urlRewrite", "backEndConnections", "activeSync", "cloudView", "autoDiscoverV2"];
    private static readonly string[] OfChains = ["present", "certificate", "intermediateStore", "notBefore", "notAfter", "issuer", "hosts"];

    private static readonly Lazy<ILookup<string, string>> KindsBySetting = new(() => ScenarioLibrary.All
        .Where(entry => entry.Scenario.Fault is not null)
        .SelectMany(entry => Settings(entry.Scenario.WithoutFault(), entry.Scenario).Select(setting => (Setting: setting, entry.Scenario.Fault!.Kind)))
        .Distinct().ToLookup(one => one.Setting, one => one.Kind, StringComparer.Ordinal));

    /// <summary>Checks every fault of a case.</summary>
    public static async Task CheckAsync(LessonDefinition lesson, TrainingSession session, Action<string, string> report, CancellationToken cancellationToken)
    {
        var seen = new Lazy<Task<IReadOnlyDictionary<string, IReadOnlyList<string>>>>(() => FaultsOfChainsAsync(session.Lab, cancellationToken));
        foreach (var fault in session.Case.Faults)
        {
            var written = lesson.Faults.First(one => string.Equals(one.Id, fault.Id, StringComparison.Ordinal) && fault.Kinds.SequenceEqual(one.Kind.Select(session.Case.Draws.Fill), StringComparer.Ordinal));
            var alone = LessonCase.Changed(session.Case.Healthy, written.Break, session.Case.Draws);
            var settings = Settings(session.Case.Healthy, alone).ToHashSet(StringComparer.Ordinal);
            var kind = string.Join(" or ", fault.Kinds);
            var place = $"{LessonFiles.Lesson}, {(fault.Id is { } id ? "fault " + id : "faults")}, kind";
            if (settings.Any(setting => OfChains.Contains(setting, StringComparer.Ordinal)))
            {
                var nodes = fault.Nodes.Count > 0 ? fault.Nodes : [.. (await seen.Value).Keys];
                var found = nodes.SelectMany(node => seen.Value.Result.GetValueOrDefault(node) ?? []).Distinct(StringComparer.Ordinal).ToList();
                if (found.Count > 0 && !found.Intersect(fault.Kinds, StringComparer.OrdinalIgnoreCase).Any())
                {
                    // The first name is what the chain itself says, before anything is known from elsewhere.
                    report(place, $"`kind` is {kind}, but the servers show {found[0]}.");
                }
            }
            else if (settings.SelectMany(setting => KindsBySetting.Value[setting]).Distinct(StringComparer.OrdinalIgnoreCase).ToList() is { Count: > 0 } known && !known.Intersect(fault.Kinds, StringComparer.OrdinalIgnoreCase).Any())
            {
                report(place, $"`kind` is {kind}, but in the scenario library these settings are {string.Join(" or ", known)}.");
            }
        }
    }

    private static IEnumerable<string> Settings(Scenario healthy, Scenario broken) =>
        ScenarioDifference.Of(healthy, broken).Select(setting => (Key: setting.Key.Split('/')[^1], setting.Value.After))
            .Where(setting => setting.Key.Length > 0)
            .Select(setting => Telling.Contains(setting.Key, StringComparer.Ordinal) ? $"{setting.Key}: {setting.After}" : setting.Key)
            .Distinct(StringComparer.Ordinal);

    private static async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> FaultsOfChainsAsync(Lab lab, CancellationToken cancellationToken)
    {
        var reader = new PresentedChainReader(lab.Network, lab.Options.TimeProvider);
        var faults = new Dictionary<string, IReadOnlyList<string>>(StringComparer.OrdinalIgnoreCase);
        var now = lab.Options.TimeProvider.GetUtcNow();
        foreach (var virtualIp in lab.Network.CustomerVirtualIps.Where(virtualIp => virtualIp.IsHttps))
        {
            foreach (var node in virtualIp.Balancer.Nodes.Where(node => node.Identity is not null))
            {
                try
                {
                    var presented = await reader.ReadAsync(virtualIp, node, node.Identity!.Settings(), cancellationToken);
                    var found = virtualIp.Hosts.SelectMany(host => Faults(lab, presented, host, now)).Distinct(StringComparer.Ordinal).ToList();
                    faults[node.Name] = [.. faults.GetValueOrDefault(node.Name) ?? [], .. found];
                }
                catch (TlsHandshakeException)
                {
                    // What is wrong with this node comes before any chain.
                }
            }
        }

        return faults;
    }

    private static IReadOnlyList<string> Faults(Lab lab, IReadOnlyList<ReadOnlyMemory<byte>> presented, string host, DateTimeOffset now)
    {
        var verdict = lab.Validator.Validate(presented, lab.Anchors, host, now);
        return [.. new[] { ChainCompletion.Unknown, ChainCompletion.Trusted, ChainCompletion.Untrusted }.SelectMany(completion => ChainFaults.Find(verdict, presented, completion)).Distinct(StringComparer.Ordinal)];
    }
}

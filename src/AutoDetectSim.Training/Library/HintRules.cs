using AutoDetectSim.Training.Lessons;
using System.Text.RegularExpressions;
using AutoDetectSim.Documents;
using AutoDetectSim.Protocols.Node;
using AutoDetectSim.Scenarios;
using AutoDetectSim.Scenarios.Changes;
using AutoDetectSim.Training.Cases;

namespace AutoDetectSim.Training.Library;

/// <summary>Holds hints to their level, and the symptom to what a customer can know.</summary>
internal static partial class HintRules
{
    private const int MinimumName = 3;

    private static readonly Dictionary<FaultLayer, string[]> LayerWords = new()
    {
        [FaultLayer.Dns] = ["DNS", "name server", "resolve", "resolves"],
        [FaultLayer.Network] = ["network", "firewall", "route", "routes"],
        [FaultLayer.Balancer] = ["load balancer", "balancer", "proxy", "device in front"],
        [FaultLayer.Tls] = ["TLS", "handshake"],
        [FaultLayer.Certificate] = ["certificate", "certificates", "chain", "chains", "intermediate", "intermediates", "PKI"],
        [FaultLayer.Exchange] = ["Exchange", "virtual directory", "OAuth", "build"],
        [FaultLayer.Hybrid] = ["hybrid", "Entra", "Exchange Online", "OAuth"],
        [FaultLayer.Service] = ["cache", "database", "record", "records"],
    };

    /// <summary>Checks the hints of a lesson.</summary>
    public static void Check(LessonDefinition lesson, Scenario world, ProblemSink problems)
    {
        for (var index = 0; index < lesson.Hints.Count; index++)
        {
            var path = ModelPath.Root / "hints" / index;
            var hint = lesson.Hints[index];
            foreach (var (what, word) in Forbidden(index + 1, lesson, world).Where(forbidden => Names(hint, forbidden.Word)))
            {
                problems.AddAt(path, $"Hint {index + 1} names {what}: `{word}`", word);
            }

            if (index + 1 < LessonRules.Hints && Change().IsMatch(hint))
            {
                problems.AddAt(path, $"Hint {index + 1} names a repair: `{Change().Match(hint).Value}`");
            }

            foreach (var name in DrawnParts.NamesIn(hint))
            {
                problems.AddAt(path, $"Hints cannot contain `{{{name}}}`: it would reveal what was drawn", name);
            }
        }
    }

    /// <summary>Checks the customer's words.</summary>
    public static void CheckSymptom(string symptom, LessonDefinition lesson, Scenario world, ProblemSink problems)
    {
        var forbidden = FaultWords(lesson).Concat(Nodes(world)).Concat(NodeErrors.All.Select(code => ("a code", code)));
        foreach (var (what, word) in forbidden.Where(forbidden => Names(symptom, forbidden.Item2)))
        {
            problems.Add(default, $"The customer cannot know {what}: `{word}`", word);
        }
    }

    private static IEnumerable<(string What, string Word)> Forbidden(int level, LessonDefinition lesson, Scenario world)
    {
        var words = Nodes(world);
        if (level < LessonRules.Hints)
        {
            words = words.Concat(FaultWords(lesson)).Concat(ScenarioChange.Verbs.Keys.SelectMany(Inflected).Select(verb => ("a repair", verb)));
        }

        if (level == 1)
        {
            var layers = lesson.Faults.SelectMany(fault => fault.Layer).Distinct();
            var certificates = world.Authorities.Select(authority => authority.Name).Concat(world.Certificates.Select(certificate => certificate.Name));
            words = words.Concat(layers.SelectMany(layer => LayerWords[layer]).Select(word => ("a layer", word)))
                .Concat(certificates.SelectMany(name => (string[])[name, CertificateNames.Shown(world, name)]).Where(name => name.Length >= MinimumName).Distinct(StringComparer.OrdinalIgnoreCase).Select(name => ("a certificate", name)));
        }

        return words;
    }

    private static IEnumerable<(string What, string Word)> Nodes(Scenario world) => world.LoadBalancers.SelectMany(balancer => balancer.Nodes).Select(node => ("a node", node.Name));

    private static IEnumerable<(string What, string Word)> FaultWords(LessonDefinition lesson) =>
        lesson.Faults.SelectMany(fault => fault.Kind).Where(FaultCatalogue.Contains).Distinct(StringComparer.OrdinalIgnoreCase)
            .SelectMany(kind => (string[])[kind, Spaced().Replace(kind, " ${capital}").ToLowerInvariant(), FaultCatalogue.MeaningOf(kind)])
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Select(word => ("the fault", word));

    private static string[] Inflected(string verb) =>
        [verb, verb + "s", verb.TrimEnd('e') + "ed", verb.TrimEnd('e') + "ing"];

    private static bool Names(string text, string word) =>
        Regex.IsMatch(text, $@"(?<![\w]){Regex.Escape(word).Replace("\\ ", @"\s+", StringComparison.Ordinal)}(?![\w])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    [GeneratedRegex("(?<capital>[A-Z])", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Spaced();

    /// <summary>A change as `learn fix` takes it.</summary>
    [GeneratedRegex("learn fix|[A-Za-z0-9{}*./,_-]+: (present|up|fault|auth|oAuth|allowFrom|denyFrom|intermediateStore|NXDOMAIN|A|CNAME)\\b", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Change();
}

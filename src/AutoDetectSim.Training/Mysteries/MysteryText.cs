using System.Globalization;
using System.Text.RegularExpressions;
using AutoDetectSim.Scenarios;
using AutoDetectSim.Scenarios.Library;
using AutoDetectSim.Training.Cases;
using AutoDetectSim.Training.Observing;

namespace AutoDetectSim.Training.Mysteries;

/// <summary>The customer's words and the explanation of a mystery.</summary>
internal static partial class MysteryText
{
    /// <summary>The complaint about one fault, in the words of its scenario, which has the same world.</summary>
    public static string Symptom(LibraryScenario source) => source.Symptom.Trim();

    /// <summary>
    /// The complaints about two faults at once. Each scenario describes one world: how often it fails, how many servers there are,
    /// and what still works is left out, and <see cref="Observed"/> says what is so here.
    /// </summary>
    public static string Symptom(LibraryScenario first, LibraryScenario second)
    {
        string[] kept = [.. ((LibraryScenario[])[first, second]).Select(source => string.Join(' ', Sentences().Matches(source.Symptom.ReplaceLineEndings(" ")).Select(match => match.Value.Trim()).Where(sentence => sentence.Length > 0 && !Bound().IsMatch(sentence)))).Where(text => text.Length > 0)];
        return kept.Length == 0 ? "Outlook on the phone does not do what it should." : string.Join("\n\nA colleague of theirs adds:\n\n", kept);
    }

    /// <summary>What the customer has counted.</summary>
    /// <param name="world">The world.</param>
    /// <param name="seen">What was seen of it.</param>
    public static string Observed(Scenario world, LabObservation seen)
    {
        var servers = world.LoadBalancers.Sum(balancer => balancer.Nodes.Count);
        var address = seen.Addresses[0];
        var shown = string.Join(", ", address.Outcomes.Select(outcome => string.Create(CultureInfo.InvariantCulture, $"{outcome.Key} {outcome.Value} {(outcome.Value == 1 ? "time" : "times")}")));
        var text = string.Create(CultureInfo.InvariantCulture, $"They have {servers} {(servers == 1 ? "server" : "servers")}, and have counted: in {address.Attempts} attempts to add the account the phone showed {shown}.");
        return address.Provisioning is { } provisioning && provisioning.GetValueOrDefault("provisioned") is var arrived && arrived < provisioning.Values.Sum()
            ? string.Create(CultureInfo.InvariantCulture, $"{text} Mail arrived after {arrived} of {provisioning.Values.Sum()} of them.")
            : text;
    }

    /// <summary>The explanation of a fault in the world of its scenario.</summary>
    public static string Explanation(LibraryScenario source) => $"""
        ## {source.Title}

        {source.Scenario.Fault!.Explanation?.Trim()}

        The scenario `{source.Id}` of the library has this fault: `autodetectsim scenarios {source.Id}` prints it.

        """.ReplaceLineEndings("\n");

    /// <summary>The explanation of a fault in a world that is not that of its scenario.</summary>
    public static string Explanation(LibraryScenario source, CaseFault fault)
    {
        var meaning = FaultCatalogue.MeaningOf(fault.Kinds[0]);
        return $"""
            ## {char.ToUpperInvariant(meaning[0])}{meaning[1..]}

            The scenario `{source.Id}` of the library has this fault in another world, with other numbers of servers:
            `autodetectsim scenarios {source.Id}` prints it. Its explanation:

            {source.Scenario.Fault!.Explanation?.Trim()}

            """.ReplaceLineEndings("\n");
    }

    /// <summary>Words that bind a sentence to one world: shares, numbers of servers, and what works.</summary>
    [GeneratedRegex(@"\b(every (second|other|time|attempt|one|server|Exchange server)|one (attempt |time )?in [a-z]+|[a-z]+ of (two|three|four|five|six|seven|eight|nine|ten|twenty)|(two|three|four|five|six|seven|eight|nine|ten|twenty|[0-9]+) (servers|nodes)|intermittently|sometimes|usually|always|never|everyone|everything|no one|works?|fine|green|correct(ly)?|no problem|find nothing|still|all (colleagues|networks|computers)|at night)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Bound();

    [GeneratedRegex(@"[^.!?]+[.!?]+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Sentences();
}

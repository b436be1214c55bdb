using AutoDetectSim.Diagnosis.Reports;
using AutoDetectSim.Documents;
using AutoDetectSim.Scenarios;
using AutoDetectSim.Training.Cases;
using AutoDetectSim.Training.Lessons;
using AutoDetectSim.Training.Progress;

namespace AutoDetectSim.Training.Sessions;

/// <summary>The sentences of a session.</summary>
internal static class SessionText
{
    private const string Right = "right";
    private const string Wrong = "wrong";
    private const string Partly = "partly";
    private const string NotSaid = "notSaid";
    private const string NotAsked = "notAsked";

    /// <summary>What a repair has done.</summary>
    public static string Of(RepairEffect effect) => effect switch
    {
        RepairEffect.Helped => "Applied: this fixed something.",
        RepairEffect.Harmful => "Applied, but it made things worse. To take it back: learn undo",
        _ => "Applied, but it made no difference.",
    };

    /// <summary>What is right in a diagnosis.</summary>
    /// <param name="fit">How the diagnosis fits its fault.</param>
    /// <param name="known">What all diagnoses together say of that fault.</param>
    /// <param name="faultsLeft">How many faults have not been diagnosed rightly.</param>
    public static DiagnosisResult Of(DiagnosisFit fit, IReadOnlyDictionary<Aspect, double> known, int faultsLeft)
    {
        var knowsNodes = fit.Given.Contains(Aspect.Nodes) && fit.Aspects.ContainsKey(Aspect.Nodes);
        var isRight = !fit.IsWrong && known.Values.All(share => share == 1);
        return new DiagnosisResult
        {
            IsRight = isRight,
            Aspects = Enum.GetValues<Aspect>().ToDictionary(CamelCase<Aspect>.Of, aspect => WordOf(fit, aspect), StringComparer.Ordinal),
            NodesRight = knowsNodes ? fit.NodesRight : 0,
            NodesWrong = knowsNodes ? fit.NodesWrong : 0,
            NodesAll = knowsNodes && fit.NodesRight == fit.NodesAll ? fit.NodesAll : null,
            FaultsLeft = isRight ? faultsLeft : null,
            Sentences = [.. Sentences(fit, known, isRight, faultsLeft)],
        };
    }

    /// <summary>What was wrong.</summary>
    public static string Of(CaseFault fault, Scenario world)
    {
        var words = new List<string> { $"{fault.Kinds[0]} ({FaultCatalogue.MeaningOf(fault.Kinds[0])})", "layer " + string.Join(" or ", fault.Layers.Select(CamelCase<FaultLayer>.Of)) };
        if (fault.Hosts.Count > 0)
        {
            words.Add("host " + string.Join(" or ", fault.Hosts));
        }

        if (fault.Nodes.Count > 0)
        {
            words.Add("nodes " + NameRow.All(fault.Nodes));
        }

        if (fault.Certificates.Count > 0)
        {
            words.Add("certificate " + string.Join(" or ", fault.Certificates.Select(name => CertificateNames.Shown(world, name))));
        }

        return string.Join(", ", words) + ".";
    }

    /// <summary>What can be done in a lesson that is solved; null for nothing.</summary>
    public static string? Next(LessonProgress now, int faultsLeft) =>
        now.ExplainedAt is not null ? null
        : faultsLeft > 0 ? "The fault has not been diagnosed yet, which is worth up to half of the points: learn diagnose. The score cannot fall any more. Then read the explanation: learn explain"
        : "Read the explanation: learn explain";

    private static IEnumerable<string> Sentences(DiagnosisFit fit, IReadOnlyDictionary<Aspect, double> known, bool isRight, int faultsLeft)
    {
        foreach (var aspect in Enum.GetValues<Aspect>())
        {
            var name = CamelCase<Aspect>.Of(aspect);
            var word = WordOf(fit, aspect);
            yield return word switch
            {
                NotAsked => $"{name}: not asked",
                NotSaid when known[aspect] == 1 => $"{name}: correct, as given earlier",
                NotSaid => $"{name}: not given",
                Right when aspect == Aspect.Nodes && fit.NodesAll > 1 => $"{name}: correct, all {fit.NodesAll}",
                Partly or Wrong when aspect == Aspect.Nodes => $"{name}: {fit.NodesRight} correct, {fit.NodesWrong} incorrect, {(fit.NodesRight == fit.NodesAll ? "none missing" : "some missing")}",
                Right => $"{name}: correct",
                _ => $"{name}: incorrect",
            };
        }

        if (isRight)
        {
            yield return faultsLeft == 0 ? "The diagnosis is correct." : $"The diagnosis is correct. {(faultsLeft == 1 ? "1 more fault has" : $"{faultsLeft} more faults have")} not been diagnosed yet.";
        }
        else if (!fit.IsWrong)
        {
            yield return "Nothing of this is incorrect, but the diagnosis is not complete. What is left out costs nothing: add it with another learn diagnose.";
        }
    }

    private static string WordOf(DiagnosisFit fit, Aspect aspect) =>
        !fit.Aspects.TryGetValue(aspect, out var share) ? NotAsked
        : !fit.Given.Contains(aspect) ? NotSaid
        : share switch
        {
            1 => Right,
            0 => Wrong,
            _ => Partly,
        };
}

using AutoDetectSim.Documents;
using AutoDetectSim.Documents.Writing;
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

    /// <summary>What a repair has done.</summary>
    public static string Of(RepairEffect effect) => effect switch
    {
        RepairEffect.Helped => "Applied: this fixed something.",
        RepairEffect.Harmful => "Applied, but it made things worse. To take it back: learn undo",
        _ => "Applied, but it made no difference.",
    };

    /// <summary>What is right in a diagnosis.</summary>
    public static DiagnosisResult Of(TraineeDiagnosis said, DiagnosisFit fit, int? faultsLeft)
    {
        var words = fit.Aspects.ToDictionary(aspect => CamelCase<Aspect>.Of(aspect.Key), aspect => WordOf(said, aspect.Key, aspect.Value), StringComparer.Ordinal);
        var knowsNodes = said.Nodes is not null && fit.Aspects.ContainsKey(Aspect.Nodes);
        var isAllNamed = fit.NodesRight == fit.NodesAll;
        return new DiagnosisResult
        {
            IsRight = fit.IsRight,
            Aspects = words,
            NodesRight = knowsNodes ? fit.NodesRight : 0,
            NodesWrong = knowsNodes ? fit.NodesWrong : 0,
            NodesAll = knowsNodes && isAllNamed ? fit.NodesAll : null,
            FaultsLeft = faultsLeft,
            Sentences = [.. Sentences(said, fit, faultsLeft)],
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
            words.Add("nodes " + NodeRanges.Shown(fault.Nodes));
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
        : faultsLeft > 0 ? "The fault has not been diagnosed yet: learn diagnose earns half of the points. Then read the explanation: learn explain"
        : "Read the explanation: learn explain";

    private static IEnumerable<string> Sentences(TraineeDiagnosis said, DiagnosisFit fit, int? faultsLeft)
    {
        foreach (var (aspect, share) in fit.Aspects)
        {
            var name = CamelCase<Aspect>.Of(aspect);
            var word = WordOf(said, aspect, share);
            yield return aspect != Aspect.Nodes || said.Nodes is null
                ? $"{name}: {Shown(word)}"
                : fit.NodesWrong == 0 && fit.NodesRight == fit.NodesAll ? $"{name}: {Shown(word)}, all {fit.NodesAll}"
                : $"{name}: {fit.NodesRight} correct, {fit.NodesWrong} incorrect, {(fit.NodesRight == fit.NodesAll ? "none missing" : "some missing")}";
        }

        if (faultsLeft is { } left)
        {
            yield return left == 0 ? "The diagnosis is correct." : $"The diagnosis is correct. {(left == 1 ? "1 more fault has" : $"{left} more faults have")} not been diagnosed yet.";
        }
    }

    private static string Shown(string word) => word switch
    {
        NotSaid => "not given",
        "right" => "correct",
        "wrong" => "incorrect",
        _ => "partly correct",
    };

    private static string WordOf(TraineeDiagnosis said, Aspect aspect, double share)
    {
        var isSaid = aspect switch
        {
            Aspect.Host => said.Host is not null,
            Aspect.Nodes => said.Nodes is not null,
            Aspect.Fault => said.Fault is not null,
            Aspect.Layer => said.Layer is not null,
            _ => said.Certificate is not null,
        };
        return !isSaid ? NotSaid : share switch
        {
            1 => Right,
            0 => Wrong,
            _ => Partly,
        };
    }
}

using AutoDetectSim.Documents;
using AutoDetectSim.Scenarios;
using AutoDetectSim.Training.Cases;
using AutoDetectSim.Training.Progress;

namespace AutoDetectSim.Training.Sessions;

/// <summary>Holds diagnoses against the faults of a case.</summary>
internal static class DiagnosisGrader
{
    /// <summary>What is wrong with a diagnosis as such: words and names that do not exist. Empty when nothing is.</summary>
    public static IReadOnlyList<string> Problems(TraineeDiagnosis diagnosis, Scenario world)
    {
        var problems = new List<string>();
        if (diagnosis is { Host: null, Nodes: null, Fault: null, Layer: null, Certificate: null })
        {
            problems.Add("Give at least one of --host, --nodes, --fault, --layer and --certificate.");
        }

        var unknown = new List<string>();
        if (diagnosis.Nodes is { } nodes && PartNames.Nodes(world, nodes, unknown).Count == 0 && unknown.Count == 0)
        {
            unknown.Add(nodes);
        }

        problems.AddRange(unknown.Select(name => $"--nodes: unknown node '{name}'; learn status shows all nodes."));
        if (diagnosis.Fault is { } word && !FaultCatalogue.Contains(word))
        {
            var nearest = NearestName.Find(word, FaultCatalogue.Words);
            problems.Add($"--fault: unknown fault '{word}'; {(nearest is null ? "learn faults shows all faults." : $"did you mean '{nearest}'?")}");
        }

        if (diagnosis.Certificate is { } certificate && CertificateNames.Find(world, certificate) is null)
        {
            problems.Add($"--certificate: unknown certificate '{certificate}': give the common name or the whole subject.");
        }

        return problems;
    }

    /// <summary>How a diagnosis fits a fault.</summary>
    public static DiagnosisFit Fit(TraineeDiagnosis diagnosis, CaseFault fault, Scenario world)
    {
        var aspects = new SortedDictionary<Aspect, double>();
        var named = diagnosis.Nodes is { } nodes ? PartNames.Nodes(world, nodes, []) : [];
        var right = named.Intersect(fault.Nodes, StringComparer.OrdinalIgnoreCase).Count();
        if (fault.Hosts.Count > 0)
        {
            aspects[Aspect.Host] = Share(fault.Hosts, diagnosis.Host?.TrimEnd('.'));
        }

        if (fault.Nodes.Count > 0)
        {
            aspects[Aspect.Nodes] = (double)right / (fault.Nodes.Count + named.Count - right);
        }

        aspects[Aspect.Fault] = Share(fault.Kinds, diagnosis.Fault);
        aspects[Aspect.Layer] = diagnosis.Layer is { } layer && fault.Layers.Contains(layer) ? 1 : 0;
        if (fault.Certificates.Count > 0)
        {
            aspects[Aspect.Certificate] = Share(fault.Certificates, diagnosis.Certificate is { } certificate ? CertificateNames.Find(world, certificate) : null);
        }

        return new DiagnosisFit { Aspects = aspects, NodesRight = right, NodesWrong = named.Count - right, NodesAll = fault.Nodes.Count };
    }

    /// <summary>How a diagnosis fits the fault that it fits best; of those that an earlier one has named, only where no other is as near.</summary>
    public static DiagnosisFit BestFit(TraineeDiagnosis diagnosis, IReadOnlyList<TraineeDiagnosis> earlier, IReadOnlyList<CaseFault> faults, Scenario world) =>
        faults.OrderBy(fault => earlier.Any(one => Fit(one, fault, world).IsRight))
            .Select(fault => Fit(diagnosis, fault, world))
            .MaxBy(fit => fit.Quality)!;

    /// <summary>
    /// The best diagnosis of each fault: no diagnosis counts for two faults, and they are assigned such that the whole
    /// is as right as can be.
    /// </summary>
    /// <returns>For each fault the index of a diagnosis, or -1.</returns>
    public static IReadOnlyList<int> Match(IReadOnlyList<TraineeDiagnosis> diagnoses, IReadOnlyList<CaseFault> faults, Scenario world)
    {
        var open = (from fault in Enumerable.Range(0, faults.Count)
                    from diagnosis in Enumerable.Range(0, diagnoses.Count)
                    let quality = Fit(diagnoses[diagnosis], faults[fault], world).Quality
                    where quality > 0
                    orderby quality descending, diagnosis, fault
                    select (Fault: fault, Diagnosis: diagnosis)).ToList();
        var matched = Enumerable.Repeat(-1, faults.Count).ToArray();
        foreach (var (fault, diagnosis) in open)
        {
            if (matched[fault] < 0 && !matched.Contains(diagnosis))
            {
                matched[fault] = diagnosis;
            }
        }

        return matched;
    }

    private static double Share(IReadOnlyList<string> answers, string? given) => given is not null && answers.Contains(given, StringComparer.OrdinalIgnoreCase) ? 1 : 0;
}

using AutoDetectSim.Documents;
using AutoDetectSim.Scenarios;
using AutoDetectSim.Training.Cases;
using AutoDetectSim.Training.Progress;

namespace AutoDetectSim.Training.Sessions;

/// <summary>Holds diagnoses against the faults of a case.</summary>
internal static class DiagnosisGrader
{
    /// <summary>What is wrong with a diagnosis as such: words and names that do not exist. Empty when nothing is.</summary>
    /// <param name="diagnosis">The diagnosis.</param>
    /// <param name="world">The healthy world.</param>
    /// <param name="isHost">Tells whether there is a host of that name.</param>
    public static IReadOnlyList<string> Problems(TraineeDiagnosis diagnosis, Scenario world, Func<string, bool> isHost)
    {
        var problems = new List<string>();
        if (diagnosis is { Host: null, Nodes: null, Fault: null, Layer: null, Certificate: null })
        {
            problems.Add("Give at least one of --host, --nodes, --fault, --layer and --certificate.");
        }

        foreach (var (name, _) in ((string, string?)[])[.. Texts(diagnosis).Where(text => text.Value is not null && string.IsNullOrWhiteSpace(text.Value))])
        {
            problems.Add($"--{name} is empty: leave it out if you do not know it yet.");
        }

        if (problems.Count > 0)
        {
            return problems;
        }

        if (diagnosis.Host is { } host && !isHost(host.TrimEnd('.')))
        {
            problems.Add($"--host: there is no host '{host}' here; learn status shows the customer's hosts.");
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
            problems.Add(CheckVocabulary.FaultsOf(word) is { Count: > 1 } alike
                ? $"--fault: '{word}' is what can be seen from outside. Several faults look like this; find out which it is: {string.Join(", ", alike)}."
                : $"--fault: unknown fault '{word}'; {(nearest is null ? "learn faults shows all faults." : $"did you mean '{nearest}'?")}");
        }

        if (diagnosis.Certificate is { } certificate && CertificateNames.Find(world, certificate) is null)
        {
            problems.Add($"--certificate: unknown certificate '{certificate}': give the common name or the whole subject.");
        }

        return problems;
    }

    /// <summary>The same diagnosis with the catalogue's word for the fault, where it was given as <c>check</c> prints it.</summary>
    public static TraineeDiagnosis InOwnWords(TraineeDiagnosis diagnosis) =>
        diagnosis.Fault is { } said && CheckVocabulary.FaultsOf(said) is [var word] ? diagnosis with { Fault = word } : diagnosis;

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

        return new DiagnosisFit { Aspects = aspects, Given = Given(diagnosis), NodesRight = right, NodesWrong = named.Count - right, NodesAll = fault.Nodes.Count };
    }

    /// <summary>The fault that a diagnosis fits best, by what it gives; of those that have been diagnosed already, only where no other is as near.</summary>
    public static CaseFault BestFault(TraineeDiagnosis diagnosis, IReadOnlyList<TraineeDiagnosis> earlier, IReadOnlyList<CaseFault> faults, Scenario world)
    {
        var known = Known(earlier, faults, world);
        return faults.Select((fault, index) => (fault, IsDone: known[index].Values.All(share => share == 1)))
            .OrderBy(one => one.IsDone)
            .Select(one => one.fault)
            .MaxBy(fault => Fit(diagnosis, fault, world).QualityOfGiven)!;
    }

    /// <summary>
    /// What several diagnoses say of each fault together: for each field that is asked, the best that was said of it. A diagnosis counts
    /// for the fault that it fits best, by what it gives.
    /// </summary>
    public static IReadOnlyList<IReadOnlyDictionary<Aspect, double>> Known(IReadOnlyList<TraineeDiagnosis> diagnoses, IReadOnlyList<CaseFault> faults, Scenario world)
    {
        var known = faults.Select(fault => Fit(new TraineeDiagnosis(), fault, world).Aspects.ToDictionary(aspect => aspect.Key, _ => 0.0)).ToList();
        foreach (var diagnosis in diagnoses)
        {
            var fits = faults.Select(fault => Fit(diagnosis, fault, world)).ToList();
            var best = fits.Max(fit => fit.QualityOfGiven);
            for (var index = 0; index < faults.Count; index++)
            {
                foreach (var (aspect, share) in fits[index].Aspects.Where(_ => best > 0 && fits[index].QualityOfGiven == best))
                {
                    known[index][aspect] = Math.Max(known[index][aspect], share);
                }
            }
        }

        return known;
    }

    /// <summary>How many diagnoses say something that is not so of the fault that they fit best.</summary>
    public static int Wrong(IReadOnlyList<TraineeDiagnosis> diagnoses, IReadOnlyList<CaseFault> faults, Scenario world) =>
        faults.Count == 0 ? 0 : diagnoses.Where((diagnosis, index) => Fit(diagnosis, BestFault(diagnosis, [.. diagnoses.Take(index)], faults, world), world).IsWrong).Count();

    private static HashSet<Aspect> Given(TraineeDiagnosis diagnosis)
    {
        var given = Texts(diagnosis).Where(text => text.Value is not null).Select(text => Enum.Parse<Aspect>(text.Name, ignoreCase: true)).ToHashSet();
        if (diagnosis.Layer is not null)
        {
            given.Add(Aspect.Layer);
        }

        return given;
    }

    private static (string Name, string? Value)[] Texts(TraineeDiagnosis diagnosis) =>
        [("host", diagnosis.Host), ("nodes", diagnosis.Nodes), ("fault", diagnosis.Fault), ("certificate", diagnosis.Certificate)];

    private static double Share(IReadOnlyList<string> answers, string? given) => given is not null && answers.Contains(given, StringComparer.OrdinalIgnoreCase) ? 1 : 0;
}

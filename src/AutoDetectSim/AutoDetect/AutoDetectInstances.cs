using System.Globalization;
using AutoDetectSim.Protocols.Randomness;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.AutoDetect;

/// <summary>The instances behind AutoDetect's name; calls go to them in turn.</summary>
internal sealed class AutoDetectInstances
{
    private readonly AutoDetectInstanceDefinition[] _instances;

    /// <param name="definition">Names the instances, or says how many there are.</param>
    /// <param name="edition">In whose manner instances without a name are named.</param>
    /// <param name="seed">Where the names of pods are drawn from.</param>
    public AutoDetectInstances(AutoDetectDefinition definition, Edition edition, int seed)
    {
        _instances = definition.Instances.Count > 0
            ? [.. definition.Instances]
            : [.. Names(Math.Max(1, definition.Replicas), edition, seed).Select(name => new AutoDetectInstanceDefinition { Name = name })];
    }

    /// <summary>The instance that serves call number <paramref name="number"/>, counted from 0.</summary>
    public AutoDetectInstanceDefinition ForCall(long number) => _instances[number % _instances.Length];

    private static IEnumerable<string> Names(int count, Edition edition, int seed)
    {
        if (edition == Edition.Node2021)
        {
            return Enumerable.Range(1, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"prod5-autodetect-{i}"));
        }

        var values = new Seed(seed).Stream(-1);
        var deployment = "autodetect-deployment-" + values.NextPodSuffix(10) + "-";
        var names = new string[count];
        for (var i = 0; i < count; i++)
        {
            names[i] = deployment + values.NextPodSuffix(5);
        }

        return names;
    }
}

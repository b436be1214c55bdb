using System.Text.Json.Serialization;
using AutoDetectSim.Scenarios;
using AutoDetectSim.Training.Lessons;

namespace AutoDetectSim.Training.Progress;

/// <summary>A trainee's diagnosis of one fault, as complete as the trainee makes it.</summary>
internal sealed record TraineeDiagnosis
{
    /// <summary>The host at which it shows.</summary>
    public string? Host { get; init; }

    /// <summary>The nodes that have it, as the trainee wrote them.</summary>
    public string? Nodes { get; init; }

    /// <summary>The fault's word.</summary>
    public string? Fault { get; init; }

    /// <summary>The part of the world.</summary>
    [JsonConverter(typeof(CamelCaseEnumConverter<FaultLayer>))]
    public FaultLayer? Layer { get; init; }

    /// <summary>The certificate that is missing or wrong.</summary>
    public string? Certificate { get; init; }
}

/// <summary>One field of a diagnosis, compared with the truth.</summary>
internal enum Aspect
{
    /// <summary>The host.</summary>
    Host,

    /// <summary>The nodes.</summary>
    Nodes,

    /// <summary>The fault's word.</summary>
    Fault,

    /// <summary>The layer.</summary>
    Layer,

    /// <summary>The certificate.</summary>
    Certificate,
}

/// <summary>How a diagnosis fits one fault.</summary>
internal sealed record DiagnosisFit
{
    /// <summary>Each field that is asked, with its score from 0 to 1; a field that is left out scores 0.</summary>
    public required IReadOnlyDictionary<Aspect, double> Aspects { get; init; }

    /// <summary>The fields that the diagnosis gives, asked or not.</summary>
    public required IReadOnlySet<Aspect> Given { get; init; }

    /// <summary>How many of the nodes that were named have the fault.</summary>
    public int NodesRight { get; init; }

    /// <summary>How many of the nodes that were named do not have it.</summary>
    public int NodesWrong { get; init; }

    /// <summary>How many nodes have it.</summary>
    public int NodesAll { get; init; }

    /// <summary>How right all of it is, from 0 to 1: the mean.</summary>
    public double Quality => Aspects.Count == 0 ? 1 : Aspects.Values.Average();

    /// <summary>How right that is which the diagnosis gives, from 0 to 1; 0 if it gives nothing that is asked.</summary>
    public double QualityOfGiven => Aspects.Where(aspect => Given.Contains(aspect.Key)).Select(aspect => aspect.Value).DefaultIfEmpty(0).Average();

    /// <summary>Whether all that is asked for is right.</summary>
    public bool IsRight => Aspects.Values.All(share => share == 1);

    /// <summary>Whether it says something that is not so. What it leaves out does not count, and neither does what is not asked.</summary>
    public bool IsWrong => Aspects.Any(aspect => Given.Contains(aspect.Key) && (aspect.Key == Aspect.Nodes ? NodesWrong > 0 : aspect.Value == 0));
}

using System.Net;
using AutoDetectSim.Diagnosis.Checking.Connecting;
using AutoDetectSim.Diagnosis.Checking.Grouping;

namespace AutoDetectSim.Diagnosis.Checking;

/// <summary>
/// Two source addresses met different nodes. Asks each of them again and again, in an order that no turn of a load balancer repeats: a sticky
/// balancer gives each its own node every time. By chance, with whatever shares, that happens in less than 1% of all trials: with the shares a and
/// b of the two nodes it is (ab)^4, and ab is at most 1/4.
/// </summary>
/// <param name="node">The node that the first source has met.</param>
/// <param name="source">The first source; null for this computer.</param>
/// <param name="otherNode">The node that the other source has met.</param>
/// <param name="otherSource">The other source; null for this computer.</param>
internal sealed class StickinessTrial(string node, IPAddress? source, string otherNode, IPAddress? otherSource)
{
    /// <summary>Whether each connection comes from the other source.</summary>
    private static readonly bool[] IsOther = [true, true, false, true, false, false, true, false];

    private readonly List<Observation> _observations = [];
    private bool _isRefuted;

    /// <summary>The connections of the trial.</summary>
    public IReadOnlyList<Observation> Observations => _observations;

    /// <summary>Whether more connections change nothing.</summary>
    public bool IsDecided => _isRefuted || IsSticky;

    /// <summary>Whether both sources kept their nodes throughout.</summary>
    public bool IsSticky => !_isRefuted && _observations.Count >= IsOther.Length;

    /// <summary>The source of the next connection.</summary>
    public IPAddress? Next => IsOther[_observations.Count] ? otherSource : source;

    /// <summary>Adds the connection that was made from <see cref="Next"/>.</summary>
    public void Add(Observation observation)
    {
        var expected = IsOther[_observations.Count] ? otherNode : node;
        _observations.Add(observation);
        _isRefuted |= NodeFingerprint.Of(observation)?.Name != expected;
    }
}

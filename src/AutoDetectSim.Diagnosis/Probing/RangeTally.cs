using System.Globalization;
using System.Net;
using AutoDetectSim.AutoDetect;
using AutoDetectSim.Protocols.Node;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Diagnosis.Probing;

/// <summary>Counts detections by the published range that they come from: a firewall may know one and not the other.</summary>
internal sealed class RangeTally
{
    private readonly Dictionary<IPNetwork, (int Attempts, int Successes, SortedDictionary<string, int> Errors)> _ranges = [];

    /// <summary>The ranges that detections came from.</summary>
    public IReadOnlyList<RangeResult> Results =>
    [
        .. _ranges.OrderBy(range => range.Key.ToString(), StringComparer.Ordinal).Select(range => new RangeResult
        {
            Range = range.Key.ToString(),
            Attempts = range.Value.Attempts,
            Successes = range.Value.Successes,
            Errors = range.Value.Errors,
        }),
    ];

    /// <summary>Names the ranges from which connections are not let in; null where none was shut out.</summary>
    public string? Warning
    {
        get
        {
            var shut = Results.Where(IsShutOut).ToList();
            var others = Results.Except(shut).ToList();
            return shut.Count == 0 ? null : string.Create(
                CultureInfo.InvariantCulture,
                $"No detection from AutoDetect's published {(shut.Count == 1 ? "range" : "ranges")} {string.Join(" and ", shut.Select(range => $"{range.Range} ({range.Attempts})"))} succeeded ({string.Join(", ", shut.SelectMany(range => range.Errors.Keys).Distinct(StringComparer.Ordinal))}){(others.Count == 0 ? "" : $", while {string.Join(" and ", others.Select(range => $"{range.Successes} of {range.Attempts} from {range.Range}"))} did")}: check the firewall for {string.Join(" and ", shut.Select(range => range.Range))}.");
        }
    }

    /// <summary>Adds a detection.</summary>
    public void Add(Detection? detection, bool success, string? error)
    {
        if (detection is null || SourceRanges.OfAutoDetect.FirstOrDefault(range => range.Contains(detection.Caller.Address)) is not { PrefixLength: > 0 } network)
        {
            return;
        }

        var (attempts, successes, errors) = _ranges.TryGetValue(network, out var known) ? known : (0, 0, new SortedDictionary<string, int>(StringComparer.Ordinal));
        if (error is not null)
        {
            errors[error] = errors.GetValueOrDefault(error) + 1;
        }

        _ranges[network] = (attempts + 1, successes + (success ? 1 : 0), errors);
    }

    private static bool IsShutOut(RangeResult range) =>
        range.Successes == 0 && range.Errors.Count > 0 && range.Errors.Keys.All(code => code is NodeErrors.TimedOut or NodeErrors.ConnectionRefused);
}

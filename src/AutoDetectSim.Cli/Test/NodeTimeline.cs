using System.Globalization;
using AutoDetectSim.Diagnosis.Probing;

namespace AutoDetectSim.Cli.Test;

/// <summary>Detections in order, a line each: the nodes that were met, the error, and what the phone shows.</summary>
internal static class NodeTimeline
{
    /// <summary>Writes the lines.</summary>
    /// <param name="attempts">The detections that were kept, the first ones.</param>
    /// <param name="made">How many detections were made.</param>
    public static IReadOnlyList<string> Of(IReadOnlyList<DetectionAttempt> attempts, int made)
    {
        var lines = attempts.OrderBy(attempt => attempt.Number).Select(Line).ToList();
        if (made > lines.Count)
        {
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"and {made - lines.Count} more"));
        }

        return lines;
    }

    private static string Line(DetectionAttempt attempt)
    {
        var nodes = attempt.Nodes.Count == 0 ? "no node" : string.Join(", ", attempt.Nodes.Select(node => node.Value is null ? node.Key : $"{node.Key} ({node.Value})"));
        var error = attempt.Error is { } code && !attempt.Nodes.Values.Contains(code, StringComparer.Ordinal) ? $"{code}, " : "";
        return string.Create(CultureInfo.InvariantCulture, $"{attempt.Number}. {nodes}: {error}HTTP {attempt.Answer.StatusCode}, {attempt.Outcome}");
    }
}

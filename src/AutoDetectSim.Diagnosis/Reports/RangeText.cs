using AutoDetectSim.Diagnosis.Checking;
using AutoDetectSim.Protocols.Node;

namespace AutoDetectSim.Diagnosis.Reports;

/// <summary>What AutoDetect's published ranges met, in sentences.</summary>
internal static class RangeText
{
    /// <summary>A sentence per host that shuts ranges out.</summary>
    public static IEnumerable<string> Blocked(CheckResult result) => result.Ranges.Where(range => range.IsBlocked)
        .GroupBy(range => (range.Host, range.Code))
        .Select(group => $"AutoDetect's connections to {group.Key.Host} from {Row(group)} {Fate(group.Key.Code)}, although others come through.");

    /// <summary>A task per host that shuts ranges out.</summary>
    public static IEnumerable<string> Tasks(CheckResult result) => result.Ranges.Where(range => range.IsBlocked)
        .GroupBy(range => range.Host, StringComparer.OrdinalIgnoreCase)
        .Select(group => $"{group.Key}: let connections from AutoDetect's published {(group.Count() == 1 ? "range" : "ranges")} {Row(group)} to port 443 through the firewall.");

    private static string Row(IEnumerable<PublishedRange> ranges) => string.Join(" and ", ranges.Select(range => range.Range));

    private static string Fate(string? code) => code switch
    {
        NodeErrors.TimedOut => "time out (ETIMEDOUT)",
        NodeErrors.ConnectionRefused => "are refused (ECONNREFUSED)",
        _ => $"fail ({code})",
    };
}

/// <summary>One of AutoDetect's published ranges: <c>OK</c> or the code that connections from it end with.</summary>
internal sealed record RangeDocument(string Host, string Range, string? Code, bool IsBlocked)
{
    /// <summary>The document of a range that was tried.</summary>
    public static RangeDocument From(PublishedRange range) => new(range.Host, range.Range.ToString(), range.Code, range.IsBlocked);
}

using System.Globalization;
using System.Text.RegularExpressions;
using AutoDetectSim.Evidence.Calls;
using AutoDetectSim.Evidence.Envelope;

namespace AutoDetectSim.Evidence.Forms;

/// <summary>The path that s_client built, from the lines that begin with <c>depth=</c>.</summary>
internal static partial class SClientPath
{
    /// <summary>One step for each depth, from the server's own certificate upwards.</summary>
    public static IReadOnlyList<PathStep> Read(IReadOnlyList<EvidenceLine> lines)
    {
        var steps = new SortedDictionary<int, PathStep>();
        for (var index = 0; index < lines.Count; index++)
        {
            if (Depth().Match(lines[index].Text) is not { Success: true } match)
            {
                continue;
            }

            var name = match.Groups["name"].Value;
            (DateTimeOffset? Before, DateTimeOffset? After) bounds = default;
            for (var next = index + 1; next < lines.Count && next < index + 6 && !Depth().IsMatch(lines[next].Text) && !IsOther(lines[next].Text); next++)
            {
                var text = lines[next].Text;
                if (text.StartsWith("notAfter=", StringComparison.Ordinal))
                {
                    bounds.After = EvidenceTime.Parse(text[9..]);
                }
                else if (text.StartsWith("notBefore=", StringComparison.Ordinal))
                {
                    bounds.Before = EvidenceTime.Parse(text[10..]);
                }
                else if (next == index + 1 && !text.StartsWith("verify", StringComparison.Ordinal))
                {
                    name += " " + text;
                }
            }

            var depth = int.Parse(match.Groups["depth"].Value, CultureInfo.InvariantCulture);
            var known = steps.GetValueOrDefault(depth);
            steps[depth] = new PathStep(depth, EvidenceName.Parse(name) ?? known?.Subject, bounds.Before ?? known?.NotBefore, bounds.After ?? known?.NotAfter);
        }

        return [.. steps.Values];
    }

    /// <summary>What the path says of the validity of certificates of which only names were listed.</summary>
    public static IReadOnlyList<SentCertificate> Complete(IReadOnlyList<SentCertificate> sent, IReadOnlyList<PathStep> steps)
    {
        var bounds = steps.Where(step => step.NotBefore is not null || step.NotAfter is not null).ToList();
        return bounds.Count == 0 ? sent : [.. sent.Select(certificate =>
            certificate.Der is null && bounds.Find(step => step.Subject is not null && step.Subject.Equals(certificate.Subject)) is { } step
                ? certificate with { NotBefore = certificate.NotBefore ?? step.NotBefore, NotAfter = certificate.NotAfter ?? step.NotAfter }
                : certificate)];
    }

    private static bool IsOther(string text) => text == "---" || text.StartsWith("CONNECT", StringComparison.Ordinal);

    [GeneratedRegex("^depth=(?<depth>[0-9]{1,3}) (?<name>.*)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Depth();
}

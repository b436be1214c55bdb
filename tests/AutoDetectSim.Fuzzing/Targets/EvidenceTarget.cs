using System.Text;
using AutoDetectSim.Diagnosis.Capture;
using AutoDetectSim.Evidence;
using AutoDetectSim.Evidence.Calls;
using AutoDetectSim.Evidence.Envelope;
using AutoDetectSim.Diagnosis.Capture.Observations;

namespace AutoDetectSim.Fuzzing.Targets;

/// <summary>Files for <c>capture --from</c>: refused, or read without inventing a host.</summary>
internal static class EvidenceTarget
{
    private static readonly EvidenceQuestion Question = new() { SavedAt = new DateTimeOffset(2026, 12, 1, 12, 0, 0, TimeSpan.Zero) };

    public static void Read(ReadOnlySpan<byte> input)
    {
        try
        {
            var text = EvidenceBytes.Decode(input);
            var calls = EvidenceReader.Parse(text, "fuzz").Calls;
            var world = EvidenceWorld.Make(calls, Question).World;
            foreach (var host in world.Hosts.Where(host => !IsNamed(host.Host, text, calls)))
            {
                throw new FuzzException($"Nothing names {host.Host}.");
            }

            _ = new ScenarioReproduction(world).Make();
        }
        catch (EvidenceException exception) when (exception.Message.Length > 10)
        {
            // Refused in words.
        }
    }

    /// <summary>A host is in the text itself, or in a certificate of it, or is the autodiscover name of a wildcard or a domain in it.</summary>
    private static bool IsNamed(string host, string text, IReadOnlyList<EvidenceCall> calls)
    {
        if (text.Contains(host, StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        var source = EvidenceDocument.Parse(text, "x").Source;
        var plain = string.Concat(source.Where(character => character is not (' ' or '>' or '|' or '\t' or '\n')));
        return IsIn(host) || (host.StartsWith("autodiscover.", StringComparison.Ordinal) && IsIn(host[13..]))

            // Names beyond ASCII and escapes in JSON read otherwise than they are written.
            || (host.Contains("xn--", StringComparison.Ordinal) && !source.All(char.IsAscii) && host.Split('.').Where(label => !label.StartsWith("xn--", StringComparison.Ordinal)).All(IsIn))
            || (source.Contains('\\', StringComparison.Ordinal) && calls.Any(call => call.Host == host || call.ServerName == host));

        bool IsIn(string name) => plain.Contains(name, StringComparison.OrdinalIgnoreCase)
            || calls.SelectMany(call => call.Sent).Where(certificate => certificate.Der is not null).Any(certificate => Encoding.Latin1.GetString(certificate.Der!.Value.Span).Contains(name, StringComparison.OrdinalIgnoreCase));
    }
}

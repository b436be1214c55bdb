using AutoDetectSim.Protocols.Node;

namespace AutoDetectSim.Diagnosis.Capture.Observations;

/// <summary>Calls that were limited to one version of TLS say which versions a server accepts; that such a call failed is not a fault of the server.</summary>
internal static class VersionTrials
{
    private static readonly string[] Usual = ["1.2", "1.3"];

    public static List<PlacedCall> Apply(List<PlacedCall> calls)
    {
        var rejected = calls.Where(IsRejection).ToList();
        var others = calls.Except(rejected).ToList();
        if (rejected.Count == 0 || !others.Exists(call => call.IsConnection))
        {
            return calls;
        }

        var refused = rejected.SelectMany(call => call.Call.OfferedVersions).ToHashSet(StringComparer.Ordinal);
        var accepted = others.Where(call => call.Call.Sent.Count > 0).SelectMany(call => call.Call.OfferedVersions).ToHashSet(StringComparer.Ordinal);
        var usual = accepted.Overlaps(["1.0", "1.1"]) && refused.Contains("1.2") ? [] : Usual;
        List<string> known = [.. usual.Union(accepted, StringComparer.Ordinal).Except(refused, StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return known.Count == 0 ? calls : [.. others.Select(call => call.Call.Sent.Count > 0 && call.Call.TlsVersions.Count == 0 ? call.With(call.Call with { TlsVersions = known }) : call)];
    }

    private static bool IsRejection(PlacedCall placed) =>
        placed.Call is { OfferedVersions.Count: > 0, Sent.Count: 0, Failure: { Code: NodeErrors.ProtocolError, Alert: null or "protocol_version" or "handshake_failure" } };
}

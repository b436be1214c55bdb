namespace AutoDetectSim.Diagnosis.Capture.Observations;

/// <summary>
/// Calls of curl that stopped at the chain, and do not show it, beside calls of the same host whose chain was accepted: the same program trusts the
/// authority, and so the issuer was missing. Each stays a call, so that nodes keep their shares.
/// </summary>
internal static class VerdictsAlone
{
    private const string LeafSignature = "UNABLE_TO_VERIFY_LEAF_SIGNATURE";

    public static IReadOnlyList<PlacedCall> Apply(IReadOnlyList<PlacedCall> calls)
    {
        var accepted = calls.Where(call => call is { Unused: null, Host: not null, Call: { Sent.Count: > 1, Verdict.Passed: true } }).DistinctBy(call => call.Host, StringComparer.OrdinalIgnoreCase).ToDictionary(call => call.Host!, call => call.Call.Sent[0], StringComparer.OrdinalIgnoreCase);
        return [.. calls.Select(call => IsOfMissingIssuer(call) && call.Host is { } host && accepted.TryGetValue(host, out var own)
            ? call.With(call.Call with { Sent = [own], IsListKnown = false })
                .Guess($"nothing says what was sent; by \"{call.Call.Verdict!.Words}\", and as another call was accepted, it is the server's own certificate alone")
            : call)];
    }

    private static bool IsOfMissingIssuer(PlacedCall call) =>
        call.IsVerdictAlone && call.Call.Verdict is { Passed: false, IsFirstError: true } verdict && verdict.Codes.Contains(LeafSignature, StringComparer.Ordinal);
}

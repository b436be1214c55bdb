namespace AutoDetectSim.Diagnosis.Capture.Observations;

/// <summary>Makes the connections of a host of its calls. Each call stays one, so that nodes keep their shares; answers without a chain join those of the same node.</summary>
internal static class CallJoiner
{
    public static List<CapturedConnection> Join(List<PlacedCall> calls)
    {
        var chains = calls.Where(call => call.IsConnection).Select(ToConnection).ToList();
        var answers = calls.Where(call => !call.IsConnection && call.Call.Answers.Count > 0).Select(ToConnection).ToList();
        if (chains.Count == 0)
        {
            return answers;
        }

        // Where nothing shows a chain, an answer is a connection that was not refused.
        if (chains.TrueForAll(chain => chain.ErrorCode is not null && !chain.DemandsClientCertificate))
        {
            return [.. chains, .. answers];
        }

        var isOne = chains.DistinctBy(chain => (chain.Node, chain.ChainKey)).Count() == 1;
        return
        [
            .. chains.Select(chain =>
            {
                var own = answers.Where(answer => chain.Node is null || answer.Node is null || string.Equals(answer.Node, chain.Node, StringComparison.OrdinalIgnoreCase)).ToList();
                return chain with
                {
                    Node = chain.Node ?? (isOne ? own.Select(answer => answer.Node).FirstOrDefault(node => node is not null) : null),
                    Answers = chain.ErrorCode is null ? [.. chain.Answers, .. own.SelectMany(answer => answer.Answers)] : chain.Answers,
                };
            }),
        ];
    }

    private static CapturedConnection ToConnection(PlacedCall placed)
    {
        var call = placed.Call;
        var failed = call.Failure is not null;
        return new CapturedConnection
        {
            Host = placed.Host,
            Node = call.Node,
            Sent = failed ? [] : call.Sent,
            Presented = failed || call.Sent.Count == 0 || call.Sent[0].Der is null ? [] : [.. call.Sent.Where(certificate => certificate.Der is not null).Select(certificate => certificate.Der!.Value)],
            ReachedAnchor = call.Verdict?.ReachedAnchor,
            TlsVersions = call.Failure?.OnlyVersions is { Count: > 0 } only ? only : call.TlsVersions,
            ErrorCode = call.Failure?.Code,
            DemandsClientCertificate = call.DemandsClientCertificate,
            Answers = call.Answers,
            Call = call,
        };
    }
}

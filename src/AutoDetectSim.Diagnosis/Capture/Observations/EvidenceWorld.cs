using System.Globalization;
using AutoDetectSim.Evidence;
using AutoDetectSim.Evidence.Calls;

namespace AutoDetectSim.Diagnosis.Capture.Observations;

/// <summary>Puts together what several calls of several files say about one organization.</summary>
internal sealed class EvidenceWorld
{
    private readonly List<string> _guesses = [];
    private readonly List<string> _remarks = [];
    private readonly List<string> _problems = [];

    private EvidenceWorld()
    {
    }

    /// <summary>Makes a world of calls.</summary>
    /// <exception cref="EvidenceException">There is not enough, or something essential is damaged.</exception>
    public static EvidenceObservations Make(IReadOnlyList<EvidenceCall> calls, EvidenceQuestion question) => new EvidenceWorld().MakeWorld(calls, question);

    private EvidenceObservations MakeWorld(IReadOnlyList<EvidenceCall> calls, EvidenceQuestion question)
    {
        var placed = VerdictsAlone.Apply(ChainFiller.Fill(CallPlacer.Place(calls, question)));
        var taken = placed.Select(Describe).ToList();
        foreach (var call in placed)
        {
            _guesses.AddRange(call.Call.Guesses.Select(guess => $"{call.Call.Place}: {guess}"));
            _remarks.AddRange(call.Call.Remarks.Select(remark => $"{call.Call.Place}: {remark}"));
        }

        var used = placed.Where(call => call.Unused is null).ToList();
        foreach (var call in used.Where(call => call.Host is null))
        {
            _problems.Add($"{call.Call.Place}: nothing says which host this is about. Name it: autodetectsim capture HOST --from FILE");
        }

        used = [.. used.Where(call => call.Host is not null).Select(Repair).OfType<PlacedCall>()];
        var hosts = used.GroupBy(call => call.Host!, StringComparer.OrdinalIgnoreCase).Select(group => MakeHost(group.Key, [.. group])).OfType<CapturedHost>().ToList();
        if (hosts.Count == 0 && _problems.Count == 0)
        {
            var unused = placed.FirstOrDefault(call => call.Unused is not null);
            _problems.Add(unused is null
                ? "the evidence tells of no connection"
                : $"{unused.Call.Place}: {unused.Unused}. Nothing is left that says what AutoDetect meets; ask for: {Refusal.Command(unused.Host ?? question.Host)}");
        }

        if (_problems.Count > 0)
        {
            throw new EvidenceException(string.Join(Environment.NewLine, _problems.Select(problem => problem.TrimEnd('.') + ".")));
        }

        if (used.Find(call => call.Call.Verdict is { Passed: true, HasOwnTrust: true }) is { } own && question.Anchors is null
            && !used.Exists(call => call.Call.Verdict is { Passed: true, HasOwnTrust: false }))
        {
            _guesses.Add($"{own.Call.Place}: \"{own.Call.Verdict!.Words}\" depends on the roots that the command names; AutoDetect is assumed to trust them too");
        }

        var at = TimeOf(used, question);
        var first = hosts.Find(known => known.Host.StartsWith("autodiscover.", StringComparison.Ordinal))?.Host ?? hosts[0].Host;
        return new EvidenceObservations
        {
            World = new CapturedWorld
            {
                Host = question.Host ?? first,
                At = at,
                Email = question.Email,
                Hosts = hosts,
                Anchors = question.Anchors is null ? null : [.. question.Anchors.Certificates.Select(anchor => anchor.Der)],
                IsEvidence = true,
                AutoDetectAnswers = [.. placed.Select(call => call.Call).Where(call => call.IsOfAutoDetect)],
            },
            Taken = taken,
            Guesses = _guesses,
            Remarks = _remarks,
            HasVerdict = used.Exists(call => call.Call.Verdict is not null || call.Call.Failure is not null || call.Call.Answers.Count > 0),
        };
    }

    private static string Describe(PlacedCall placed)
    {
        var call = placed.Call;
        var parts = new List<string>();
        if (call.Sent.Count > 0)
        {
            parts.Add(call is { IsListKnown: false } && call.Sent.Count - call.Concluded == 1 ? "the server's own certificate" : string.Create(CultureInfo.InvariantCulture, $"chain of {call.Sent.Count - call.Concluded}"));
        }

        if (call.Verdict is { } verdict)
        {
            parts.Add(verdict.Words);
        }

        if (call.DemandsClientCertificate)
        {
            parts.Add("a client certificate is demanded");
        }

        if (call.Failure is { } failure)
        {
            parts.Add($"{failure.Code} ({(failure.Words.Length > 120 ? failure.Words[..120] + "..." : failure.Words)})");
        }

        parts.AddRange(call.Answers.Select(answer => string.Create(CultureInfo.InvariantCulture, $"HTTP {answer.StatusCode} of {answer.Path.Split('?')[0]}")));
        var where = placed.Host ?? call.Host ?? (call.IsOfAutoDetect ? "AutoDetect" : "a host without a name");
        var use = call.IsOfAutoDetect ? $" ({call.AutoDetectError ?? "no error"}: compared with detections in the lab)" : placed.Unused is null ? "" : $" (not used: {placed.Unused})";
        var port = call.Port is { } number && number != 443 ? string.Create(CultureInfo.InvariantCulture, $":{number}") : "";
        return $"{call.Place}: {call.Form}, {where}{port}{(call.SendsServerName == false ? " without SNI" : "")}: {string.Join(", ", parts)}{use}";
    }

    /// <summary>A damaged certificate keeps its place; where its names are known and it is not the server's own, it is made up by them.</summary>
    private PlacedCall? Repair(PlacedCall placed)
    {
        var sent = new List<SentCertificate>();
        foreach (var (certificate, index) in placed.Call.Sent.Select((certificate, index) => (certificate, index)))
        {
            if (certificate.Damage is not { } damage || certificate.Der is not null)
            {
                sent.Add(certificate);
                continue;
            }

            var name = certificate.Subject is { } subject ? $" ({subject.ToRecipe()})" : "";
            var sentence = string.Create(CultureInfo.InvariantCulture, $"{placed.Call.Origin}, line {certificate.Line}: certificate {index}{(index == 0 ? ", the server's own," : "")}{name} {damage}");
            if (index == 0 || certificate.Subject is null)
            {
                _problems.Add($"{sentence}. Ask for the output again, unchanged: {Refusal.Command(placed.Host)}");
                return null;
            }

            _guesses.Add(sentence + "; it is made up from its names");
            sent.Add(certificate with { Damage = null });
        }

        return placed.With(placed.Call with { Sent = sent });
    }

    private CapturedHost? MakeHost(string host, List<PlacedCall> calls)
    {
        var (named, bare) = SplitByServerName(host, calls);
        named = VersionTrials.Apply(named);
        var connections = CallJoiner.Join(named);
        foreach (var alone in named.Where(call => call.IsVerdictAlone && !connections.Exists(connection => connection.Chain.Count > 0)))
        {
            _problems.Add($"{alone.Call.Place}: {alone.Call.Verdict!.Words}, so that nothing says what {host} sends. Ask for: {Refusal.Command(host)}");
        }

        foreach (var deviation in named.Select(call => call.Call.Failure?.Deviation).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            _guesses.Add(deviation);
        }

        return connections.Count == 0 ? null : new CapturedHost
        {
            Host = host,
            Port = 443,
            Connections = connections,
            WithoutServerName = bare,
            Verdicts = [.. named.Where(call => call.IsVerdictAlone).Select(call => call.Call)],
        };
    }

    /// <summary>AutoDetect sends the host's name in SNI: what servers send without it counts where nothing else is there and the certificate is for the host.</summary>
    private (List<PlacedCall> Named, IReadOnlyList<ReadOnlyMemory<byte>> Bare) SplitByServerName(string host, List<PlacedCall> calls)
    {
        var bare = calls.Where(call => call.Call is { SendsServerName: false, Sent.Count: > 0 }).ToList();
        if (bare.Count == 0)
        {
            return (calls, []);
        }

        if (calls.Exists(call => call.Call.SendsServerName != false && call.IsConnection))
        {
            var sent = bare[^1].Call.Sent.Where(certificate => certificate.Der is not null).Select(certificate => certificate.Der!.Value).ToList();
            _remarks.Add($"{bare[^1].Call.Place}: {host} was asked without SNI there; AutoDetect sends it, and does not meet that certificate");
            return ([.. calls.Except(bare)], bare[^1].Call.Sent[0].Der is null ? [] : sent);
        }

        if (bare.Exists(call => CallPlacer.Covers(call.Call, host)))
        {
            _guesses.Add($"{bare[0].Call.Place}: {host} was asked without SNI, which AutoDetect sends; the same answer is assumed");
            return (calls, []);
        }

        _problems.Add($"{bare[0].Call.Place}: {host} was asked without SNI, and the certificate that came is for another name. AutoDetect sends SNI, so that it may meet another one. Ask for: {Refusal.Command(host)}");
        return ([], []);
    }

    private DateTimeOffset TimeOf(List<PlacedCall> used, EvidenceQuestion question)
    {
        var timed = used.Where(call => call.Call.At is not null).OrderBy(call => call.Call.At).ToList();
        if (timed.Count == 0 && used.Max(call => call.Call.MailedAt) is { } mailed)
        {
            _guesses.Add(string.Create(CultureInfo.InvariantCulture, $"nothing says when the evidence was made; the date of the mail is taken: {mailed.UtcDateTime:yyyy-MM-dd HH:mm} UTC"));
            return mailed;
        }

        if (timed.Count == 0)
        {
            _guesses.Add(string.Create(CultureInfo.InvariantCulture, $"nothing says when the evidence was made; the time at which the file was saved is taken: {question.SavedAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC"));
            return question.SavedAt;
        }

        var last = timed[^1].Call;
        _remarks.Add(string.Create(CultureInfo.InvariantCulture, $"the scenario is judged as of {last.At!.Value.UtcDateTime:yyyy-MM-dd HH:mm} UTC ({last.AtBasis}): all validity in it is relative to that time"));
        if (last.At.Value - timed[0].Call.At!.Value > TimeSpan.FromDays(2))
        {
            _remarks.Add(string.Create(CultureInfo.InvariantCulture, $"the evidence was made over a longer time, from {timed[0].Call.At!.Value.UtcDateTime:yyyy-MM-dd} on; what was changed meanwhile counts as several nodes"));
        }

        return last.At.Value;
    }
}

using System.Globalization;
using System.Text.RegularExpressions;
using AutoDetectSim.Evidence.Calls;
using AutoDetectSim.Evidence.Envelope;
using AutoDetectSim.Protocols.Node;

namespace AutoDetectSim.Evidence.Forms;

/// <summary>Reads the output of one call of s_client.</summary>
internal static partial class SClientCall
{
    public static EvidenceCall? Parse(IReadOnlyList<EvidenceLine> lines, SClientCommand? command, bool isQuiet)
    {
        var steps = SClientPath.Read(lines);
        var (sent, isListKnown) = SClientList.Read(lines);
        var isAgain = lines.Any(line => line.Text.StartsWith("New, TLSv1", StringComparison.Ordinal) && !line.Text.Contains("(NONE)", StringComparison.Ordinal));
        if ((isQuiet || isAgain) && sent.Count == 0 && steps is [{ Depth: 0 } own, ..])
        {
            // -quiet, standard error alone, and every connection of -reconnect but the first name the certificates of the path.
            (sent, isListKnown) = ([new SentCertificate { Subject = own.Subject, Line = lines[0].Number }], false);
        }

        sent = SClientPath.Complete(sent, steps);
        if (!lines.Any(line => line.Text == "Certificate chain") && sent.Count == 1)
        {
            // Of an output that was cut down to PEM, -showcerts says whether that is all that was sent.
            isListKnown = command is { ShowsAll: true, IsFiltered: false } && isListKnown;
        }

        var hasNoCipher = lines.Any(line => line.Text.Contains("Cipher is (NONE)", StringComparison.Ordinal));
        var isDone = sent.Count > 0 && !hasNoCipher;
        var failure = HandshakeFailures.Find(lines, isDone);
        var verdict = sent.Count > 0 ? Verdict(lines, command, steps) : null;
        if (sent.Count == 0 && failure is null && !hasNoCipher && command is not null && lines.Count < 4 && lines.Any(line => line.Text.StartsWith("CONNECTED(", StringComparison.Ordinal)))
        {
            failure = new CallFailure(NodeErrors.TimedOut, Scenarios.TransportFault.Silent, lines[0].Text, lines[0].Number) { Deviation = $"line {lines[0].Number}: the output ends after the connection was made; that the server said nothing more is assumed" };
        }

        if (sent.Count == 0 && failure is null && !(hasNoCipher && lines.Any(line => line.Text.StartsWith("CONNECTED(", StringComparison.Ordinal))))
        {
            return null;
        }

        if (failure is null && sent.Count == 0)
        {
            failure = new CallFailure(NodeErrors.ProtocolError, Scenarios.TransportFault.Alert, "no certificate came, and nothing says why", lines[0].Number) { Alert = "handshake_failure", Deviation = $"line {lines[0].Number}: nothing says why the handshake failed; an alert is assumed" };
        }

        if (failure is null && sent.Count > 0 && hasNoCipher)
        {
            var error = lines.FirstOrDefault(line => line.Text.Contains(":error:", StringComparison.Ordinal)) ?? lines[0];
            failure = new CallFailure(NodeErrors.ProtocolError, Scenarios.TransportFault.Alert, error.Text, error.Number) { Alert = "handshake_failure", Deviation = $"line {error.Number}: the handshake failed after the certificates; the lab's node sends an alert instead" };
        }

        // With a demand for a client certificate a failure after the chain is the server's answer to having got none.
        var isAsked = lines.Any(line => Asked().IsMatch(line.Text));
        var demands = failure?.Alert == "certificate_required" || (isAsked && sent.Count > 0 && (hasNoCipher || failure?.Alert is "handshake_failure" or "bad_certificate" or "no_certificate" or "access_denied"));
        var answers = HttpHead.Read(lines);
        var isOld = lines.Any(line => OldList().IsMatch(line.Text));
        var sends = command is null ? (bool?)null : !command.HasNoServerName && (command.ServerName is not null || !isOld);
        var at = StartTime(lines);
        var remarks = new List<string>();
        var guesses = new List<string>();
        if (isAsked && !demands && sent.Count > 0)
        {
            var goesOn = answers.Count > 0 || lines.Any(line => WentOn().IsMatch(line.Text));
            (command?.HasClientCertificate == true || !goesOn ? guesses : remarks).Add(command?.HasClientCertificate == true
                ? "the server asks for a client certificate, and got one; what it does without one this call does not show"
                : goesOn ? ClientCertificateDemand.GoesOn : ClientCertificateDemand.Unknown(command?.Host));
        }

        if (command?.Proxy is { } proxy)
        {
            remarks.Add($"the call went through the proxy {proxy}, which may have put its own certificates in place of the server's");
        }

        if (command is { HasNoServerName: false, ServerName: null, StartTls: null } && sends == false)
        {
            remarks.Add("an s_client of OpenSSL 1.0 or LibreSSL sends no name (SNI) unless -servername is given");
        }

        return new EvidenceCall
        {
            Form = "openssl s_client",
            Line = command is { Line: > 0 } ? command.Line : lines[0].Number,
            Host = command?.Host,
            Port = command?.Port,
            ServerName = command?.ServerName,
            SendsServerName = sends,
            Protocol = command?.StartTls ?? Banner(lines),
            At = at,
            AtBasis = at is null ? null : "Start Time",
            Sent = sent,
            IsListKnown = isListKnown,
            Path = steps,
            Verdict = verdict,
            Failure = demands ? null : failure,
            DemandsClientCertificate = demands,
            OfferedVersions = command?.Offered ?? [],
            TlsVersions = command is { Offered.Count: > 0 } || sent.Count == 0 ? []
                : demands && !isOld && lines.Any(line => line.Text.StartsWith("New, TLSv1.2,", StringComparison.Ordinal)) ? ["1.2"] // A client of 1.1.1 or later would have agreed on 1.3.
                : NegotiatedVersion.Only(lines),
            Answers = answers,
            Node = answers.SelectMany(answer => answer.Values("X-FEServer")).FirstOrDefault(),
            Remarks = remarks,
            Guesses = guesses,
        };
    }

    private static EvidenceVerdict? Verdict(IReadOnlyList<EvidenceLine> lines, SClientCommand? command, IReadOnlyList<PathStep> steps)
    {
        var hasOwnTrust = command?.HasOwnTrust ?? false;
        var trail = lines.Select(line => TrailError().Match(line.Text)).Where(match => match.Success).Select(match => int.Parse(match.Groups["code"].Value, CultureInfo.InvariantCulture)).ToList();
        foreach (var line in lines.Reverse())
        {
            if (ReturnCode().Match(line.Text) is { Success: true } code)
            {
                return Anchored(VerdictCodes.Of(int.Parse(code.Groups["code"].Value, CultureInfo.InvariantCulture), line.Text, line.Number, hasOwnTrust));
            }
        }

        var last = lines.LastOrDefault(line => line.Text.StartsWith("Verification", StringComparison.Ordinal) && VerdictCodes.Find(line.Text) is not null);
        if (last is not null)
        {
            return Anchored(VerdictCodes.Of(VerdictCodes.Find(last.Text)!.Value, last.Text, last.Number, hasOwnTrust));
        }

        // Standard error alone: the last error is the result, and none is none.
        var path = lines.LastOrDefault(line => TrailError().IsMatch(line.Text)) ?? (steps.Count > 0 ? lines.LastOrDefault(line => line.Text.StartsWith("verify return:1", StringComparison.Ordinal)) : null);
        return path is null ? null : Anchored(VerdictCodes.Of(trail.Count > 0 ? trail[^1] : 0, trail.Count > 0 ? path.Text : "no verify error", path.Number, hasOwnTrust));

        // A later error hides an earlier one that no trust anchor was found.
        EvidenceVerdict Anchored(EvidenceVerdict verdict) => verdict.Passed || !trail.Exists(code => code is 2 or 18 or 19 or 20) ? verdict : verdict with { ReachedAnchor = false };
    }

    private static DateTimeOffset? StartTime(IReadOnlyList<EvidenceLine> lines) => lines
        .Where(line => line.Text.StartsWith("Start Time:", StringComparison.Ordinal))
        .Select(line => EvidenceTime.FromSeconds(line.Text[11..].Trim()))
        .FirstOrDefault(time => time is not null);

    /// <summary>A server of another protocol greets first.</summary>
    private static string? Banner(IReadOnlyList<EvidenceLine> lines) => lines.Select(line => line.Text).Select(text =>
        text.StartsWith("* OK ", StringComparison.Ordinal) ? "imap"
        : text.StartsWith("+OK ", StringComparison.Ordinal) ? "pop3"
        : Greeting().IsMatch(text) ? "smtp"
        : null).FirstOrDefault(protocol => protocol is not null);

    [GeneratedRegex("^Verify return code: (?<code>[0-9]{1,4})( |$)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ReturnCode();

    [GeneratedRegex("^verify error:num=(?<code>[0-9]{1,4}):", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TrailError();

    [GeneratedRegex("^(Acceptable client certificate CA names|Client Certificate Types:|Requested Signature Algorithms:)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Asked();

    /// <summary>Before TLS 1.3 the handshake waits for the client's certificate; in 1.3 what comes after it shows that the server went on.</summary>
    [GeneratedRegex("^(Post-Handshake New Session Ticket arrived|New, TLSv1(\\.[0-2])?,|Protocol *: TLSv1(\\.[0-2])?$|Protocol version: TLSv1(\\.[0-2])?$)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex WentOn();

    [GeneratedRegex("^([0-9]{1,3} s|i):/[A-Za-z0-9.]+=", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OldList();

    [GeneratedRegex("^220[ -].*(SMTP|mail|Postfix|Exim)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Greeting();
}

using System.Globalization;
using System.Text.RegularExpressions;
using AutoDetectSim.Evidence.Calls;
using AutoDetectSim.Evidence.Envelope;
using AutoDetectSim.Protocols.Http;

namespace AutoDetectSim.Evidence.Forms;

/// <summary>Output of <c>curl -v</c>, and of <c>curl -i</c> below its command line: the connection, the certificate's names, the verdict, the answers.</summary>
internal sealed partial class CurlForm : IEvidenceForm
{
    /// <summary>A curl that is not to check certificates loads no roots: it finds none for any chain.</summary>
    private const string NotChecked = "with -k, curl loads no roots: that it found no issuer which it trusts says nothing about the chain. Ask for the same command without -k, or for openssl s_client";

    public bool Starts(EvidenceLine line) => Start().IsMatch(line.Text) || Command(line.Text) is not null;

    public bool Keeps(IReadOnlyList<EvidenceLine> region, EvidenceLine line) => HttpHead.IsStatusLine(line.Text);

    public IEnumerable<EvidenceCall> Read(IReadOnlyList<EvidenceLine> region)
    {
        var segment = new List<EvidenceLine>();
        Uri? url = null;
        var isOver = false;
        foreach (var line in region.SelectMany(Split))
        {
            var command = Command(line.Text);
            var isNext = isOver ? Begin().IsMatch(line.Text) : Refused().IsMatch(line.Text) && segment.Exists(known => HttpHead.IsStatusLine(known.Text)) && !segment.Exists(known => known.Text.StartsWith('*'));
            if (command is not null || isNext)
            {
                if (Parse(segment, url) is { } call)
                {
                    yield return call;
                }

                (segment, url, isOver) = ([], command ?? url, false);
            }

            segment.Add(line);
            isOver |= Over().IsMatch(line.Text);
        }

        if (Parse(segment, url) is { } last)
        {
            yield return last;
        }
    }

    /// <summary>curl goes on in the last line of a body that has no line break at its end.</summary>
    private static IEnumerable<EvidenceLine> Split(EvidenceLine line)
    {
        var glued = Glued().Match(line.Text);
        return glued.Success ? [line with { Text = line.Text[..glued.Index].TrimEnd() }, line with { Text = line.Text[glued.Index..] }] : [line];
    }

    private static EvidenceCall? Parse(List<EvidenceLine> lines, Uri? url)
    {
        // Through a proxy, the connection and the first answer are the proxy's; what it does not let through says nothing about the server.
        var tunnel = lines.Select(line => Tunnel().Match(line.Text)).FirstOrDefault(match => match.Success);
        if (tunnel is not null)
        {
            var last = lines.FindLastIndex(line => TunnelDone().IsMatch(line.Text));
            if (last < 0 || last == lines.Count - 1)
            {
                return null;
            }

            lines = lines.GetRange(last + 1, lines.Count - last - 1);
        }

        // What curl says about the connection stands between the fields of answers.
        var plain = lines.Where(line => !line.Text.StartsWith('*') && !line.Text.StartsWith("{ [", StringComparison.Ordinal) && !line.Text.StartsWith("} [", StringComparison.Ordinal))
            .Select(line => line with { Text = line.Text.StartsWith('<') ? line.Text[1..].Trim() : line.Text })
            .ToList();
        var answers = HttpHead.Read(plain, url?.PathAndQuery);
        var connected = tunnel ?? lines.Select(line => Connected().Match(line.Text)).LastOrDefault(match => match.Success);
        var host = connected is { Groups: var groups } ? groups["host"].Value : url?.IdnHost ?? lines.Select(line => Meant().Match(line.Text)).FirstOrDefault(match => match.Success)?.Groups["host"].Value;
        var port = connected is not null && int.TryParse(connected.Groups["port"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 65536 ? number : url?.Port;
        var sent = Certificate(lines, host);
        var verdict = Verdict(lines);
        var isAsked = lines.Exists(line => line.Text.Contains("(IN)", StringComparison.Ordinal) && line.Text.Contains("Request CERT", StringComparison.OrdinalIgnoreCase));
        var isDone = sent.Count > 0 || answers.Count > 0 || lines.Exists(line => line.Text.Contains("SSL connection using", StringComparison.Ordinal));
        var failure = verdict is { Passed: false } && !isDone ? null : HandshakeFailures.Find([.. lines.Where(line => line.Text.StartsWith('*') || line.Text.StartsWith("curl:", StringComparison.Ordinal))], isDone);
        if (sent.Count == 0 && verdict is null && failure is null && answers.Count == 0)
        {
            return null;
        }

        var at = HttpHead.DateOf(answers);
        var demands = failure?.Alert is "certificate_required" || (sent.Count > 0 && failure?.Alert is "bad_certificate" && isAsked);
        return new EvidenceCall
        {
            Form = "curl",
            Line = lines[0].Number,
            Host = CommandLine.Target(host).Host,
            Port = port,
            SendsServerName = true,
            At = at,
            AtBasis = at is null ? null : "the Date header",
            Sent = failure is null || demands ? sent : [],
            IsListKnown = sent.Count == 0,
            Guesses = isAsked && !demands && failure is null && answers.Count == 0 && sent.Count > 0 ? [ClientCertificateDemand.Unknown(url?.IdnHost)] : [],
            Remarks = [.. isAsked && !demands && answers.Count > 0 ? [ClientCertificateDemand.GoesOn] : (string[])[], .. sent.Count > 0 && verdict is null && lines.Exists(line => Unchecked().IsMatch(line.Text)) ? [NotChecked] : (string[])[]],
            Verdict = sent.Count > 0 || verdict is { Passed: false } ? verdict : null,
            TlsVersions = NegotiatedVersion.Only(lines),
            DemandsClientCertificate = demands,
            Failure = demands ? null : failure,
            Answers = answers,
            Node = answers.SelectMany(answer => answer.Values("X-FEServer")).FirstOrDefault(),
        };
    }

    /// <summary>curl names the server's own certificate, and does not say how many came with it.</summary>
    private static List<SentCertificate> Certificate(List<EvidenceLine> lines, string? host)
    {
        var subject = After("subject:");
        return subject.Text is null ? [] :
        [
            new SentCertificate
            {
                Subject = EvidenceName.Parse(subject.Text),
                Issuer = EvidenceName.Parse(After("issuer:").Text),
                NotBefore = EvidenceTime.Parse(After("start date:").Text),
                NotAfter = EvidenceTime.Parse(After("expire date:").Text),
                Hosts = host is not null && Matched().Match(After("subjectAltName:").Text ?? "") is { Success: true } name ? [.. new[] { host, name.Groups["name"].Value }.Select(known => known.ToLowerInvariant()).Where(IsPattern).Distinct(StringComparer.Ordinal)] : [],
                Line = subject.Line,
            },
        ];

        (string? Text, int Line) After(string title)
        {
            foreach (var line in lines)
            {
                var text = line.Text.TrimStart('*', ' ');
                if (text.StartsWith(title, StringComparison.Ordinal))
                {
                    return (text[title.Length..].Trim(), line.Number);
                }
            }

            return (null, 0);
        }
    }

    private static EvidenceVerdict? Verdict(List<EvidenceLine> lines)
    {
        foreach (var line in lines)
        {
            var text = line.Text.TrimStart('*', ' ');
            if (text.StartsWith("SSL certificate verify ok", StringComparison.OrdinalIgnoreCase) || text.StartsWith("SSL certificate verified via", StringComparison.Ordinal) || text.StartsWith("server certificate verification OK", StringComparison.Ordinal))
            {
                return VerdictCodes.Of(0, text, line.Number);
            }

            if (Unchecked().IsMatch(text) && VerdictCodes.Find(text.Replace(", continuing anyway", "", StringComparison.Ordinal)) is null or 2 or 19 or 20 or 21)
            {
                return null;
            }

            if (text.Contains("SSL certificate problem", StringComparison.Ordinal) || text.Contains("SSL certificate verify result", StringComparison.Ordinal))
            {
                return VerdictCodes.Find(text.TrimEnd('.')) is > 0 and var code
                    ? VerdictCodes.Of(code, text, line.Number) with { IsFirstError = true }
                    : new EvidenceVerdict { Passed = false, Words = text, Line = line.Number };
            }

            if (text.Contains("no alternative certificate subject name matches", StringComparison.Ordinal) || text.Contains("does not match target host name", StringComparison.Ordinal))
            {
                return VerdictCodes.Of(62, text, line.Number);
            }

            if (text.StartsWith("server certificate verification failed", StringComparison.Ordinal) || text.Contains("SEC_E_UNTRUSTED_ROOT", StringComparison.Ordinal) || text.Contains("CERT_E_UNTRUSTEDROOT", StringComparison.Ordinal) || text.Contains("CERT_TRUST_IS_PARTIAL_CHAIN", StringComparison.Ordinal) || text.Contains("SEC_ERROR_UNKNOWN_ISSUER", StringComparison.Ordinal) || text.Contains("SEC_ERROR_EXPIRED_CERTIFICATE", StringComparison.Ordinal) || text.Contains("SEC_E_CERT_EXPIRED", StringComparison.Ordinal) || text.Contains("SEC_E_WRONG_PRINCIPAL", StringComparison.Ordinal))
            {
                return new EvidenceVerdict { Passed = false, Words = text, Line = line.Number };
            }
        }

        return null;
    }

    private static bool IsPattern(string name) => Uri.CheckHostName(name.StartsWith("*.", StringComparison.Ordinal) ? name[2..] : name) == UriHostNameType.Dns;

    private static Uri? Command(string text) => CommandLine.After(text, "curl") is { } words
        ? words.Select(word => WebAddress.TryParse(word, out var uri) && uri.Scheme == Uri.UriSchemeHttps ? uri : null).FirstOrDefault(uri => uri is not null)
        : null;

    [GeneratedRegex(@"^(\*  ? ?(Trying |Host |Connected to |Could not resolve|Added |connect to |Uses proxy|SSL connection using|SSL certificate problem|Server certificate:)|curl: \([0-9]+\) )", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Start();

    [GeneratedRegex(@"^\*  ? ?(Trying |Host |Added |Could not resolve)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Begin();

    [GeneratedRegex(@"^(\* (Closing connection|shutting down connection|Connection #[0-9]+ to host)|curl: \([0-9]+\) )", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Over();

    [GeneratedRegex(@"^\* (Connected|Established connection) to (?<host>[A-Za-z0-9._-]{1,255}) \(([^)]{1,60}\) port (?<port>[0-9]{1,5})|[^)]{1,60}? port (?<port>[0-9]{1,5})\))", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Connected();

    [GeneratedRegex("match(ed|es) cert's \"(?<name>[^\"]{1,255})\"", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Matched();

    [GeneratedRegex("SSL certificate (verify result|verification failed|OpenSSL verify result).*, continuing anyway", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Unchecked();

    [GeneratedRegex(@"^(> CONNECT |\* Establish HTTP proxy tunnel to )(?<host>[A-Za-z0-9._-]{1,255}):(?<port>[0-9]{1,5})( |$)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Tunnel();

    [GeneratedRegex(@"^\* (CONNECT phase completed|CONNECT tunnel established|Proxy replied (OK|200) to CONNECT)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TunnelDone();

    [GeneratedRegex(@"(?<=[^ ])(\* (Connection #[0-9]+ to host [^ ]+ left intact|Closing connection.{0,20}|shutting down connection.{0,20})$|curl: \([0-9]+\) )", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Glued();

    /// <summary>A call that ended before any answer.</summary>
    [GeneratedRegex(@"^curl: \((6|7|28|35|51|60)\) ", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Refused();

    [GeneratedRegex(@"(resolve host:? '?|connect to (server )?|in connection to |Host )(?<host>[A-Za-z0-9._-]{1,255}\.[A-Za-z]{2,63})", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Meant();
}

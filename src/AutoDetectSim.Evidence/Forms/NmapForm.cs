using System.Globalization;
using System.Text.RegularExpressions;
using AutoDetectSim.Evidence.Calls;
using AutoDetectSim.Evidence.Envelope;
using AutoDetectSim.Protocols.Node;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Evidence.Forms;

/// <summary>Output of <c>nmap</c> with the scripts ssl-cert and ssl-enum-ciphers: the server's own certificate, and the versions that it accepts. The rest of the chain it does not show.</summary>
internal sealed partial class NmapForm : IEvidenceForm
{
    public bool Starts(EvidenceLine line) => Start().IsMatch(line.Text);

    public bool Keeps(IReadOnlyList<EvidenceLine> region, EvidenceLine line) => PemReader.Begins(line.Text) && region.Any(known => known.Text.StartsWith("ssl-cert:", StringComparison.Ordinal));

    public IEnumerable<EvidenceCall> Read(IReadOnlyList<EvidenceLine> region)
    {
        string? host = null;
        var at = region.Select(line => When().Match(line.Text)).Where(match => match.Success).Select(match => EvidenceTime.Parse(match.Groups["time"].Value)?.AddMinutes(1)).FirstOrDefault();
        for (var index = 0; index < region.Count; index++)
        {
            if (Report().Match(region[index].Text) is { Success: true } report)
            {
                host = CommandLine.Target(report.Groups["host"].Value).Host;
            }

            if (Port().Match(region[index].Text) is not { Success: true } port)
            {
                continue;
            }

            var end = index + 1;
            while (end < region.Count && !Port().IsMatch(region[end].Text) && !Report().IsMatch(region[end].Text))
            {
                end++;
            }

            if (ReadPort([.. region.Skip(index).Take(end - index)], port) is { } call)
            {
                yield return call with { Host = host, At = at, AtBasis = at is null ? null : "Starting Nmap" };
            }
        }
    }

    private static EvidenceCall? ReadPort(List<EvidenceLine> lines, Match port)
    {
        var call = new EvidenceCall
        {
            Form = "nmap",
            Line = lines[0].Number,
            Port = int.TryParse(port.Groups["port"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 65536 ? number : null,
            SendsServerName = true,
            Protocol = port.Groups["service"].Value switch
            {
                var service when service.Contains("smtp", StringComparison.Ordinal) => "smtp",
                var service when service.Contains("imap", StringComparison.Ordinal) => "imap",
                var service when service.Contains("pop3", StringComparison.Ordinal) => "pop3",
                _ => null,
            },
            TlsVersions = Versions(lines),
        };
        switch (port.Groups["state"].Value)
        {
            case "closed":
                return call with { Failure = new CallFailure(NodeErrors.ConnectionRefused, TransportFault.Refused, lines[0].Text, lines[0].Number) };
            case "filtered":
                return call with { Failure = new CallFailure(NodeErrors.TimedOut, TransportFault.Dropped, lines[0].Text, lines[0].Number) };
        }

        if (call.TlsVersions.Count > 0 && !call.TlsVersions.Any(version => version is "1.2" or "1.3") && !lines.Exists(line => line.Text.StartsWith("ssl-cert:", StringComparison.Ordinal)))
        {
            var words = "ssl-enum-ciphers: " + string.Join(", ", call.TlsVersions);
            return call with { Failure = new CallFailure(NodeErrors.ProtocolError, TransportFault.None, words, lines[0].Number) { OnlyVersions = call.TlsVersions } };
        }

        return lines.Find(line => line.Text.StartsWith("ssl-cert:", StringComparison.Ordinal)) is not { } start ? null : call with
        {
            Line = start.Number,
            Sent = [Certificate(lines, start)],
            IsListKnown = false,
            Remarks = ["nmap shows the server's own certificate alone, whatever else was sent; ask for " + Refusal.Command(null)],
        };
    }

    private static SentCertificate Certificate(List<EvidenceLine> lines, EvidenceLine start)
    {
        if (PemReader.Read(lines) is [var block, ..])
        {
            return SentCertificate.Of(block);
        }

        return new SentCertificate
        {
            Subject = EvidenceName.Parse(After("ssl-cert: Subject: ")),
            Issuer = EvidenceName.Parse(After("Issuer: ")),
            NotBefore = EvidenceTime.Parse(After("Not valid before: ")),
            NotAfter = EvidenceTime.Parse(After("Not valid after: ")),
            Hosts = [.. (After("Subject Alternative Name: ") ?? "").Split(',', StringSplitOptions.TrimEntries).Where(name => name.StartsWith("DNS:", StringComparison.Ordinal)).Select(name => name[4..].ToLowerInvariant()).Where(name => Uri.CheckHostName(name.Replace("*.", "", StringComparison.Ordinal)) == UriHostNameType.Dns)],
            HasEveryHost = After("Subject Alternative Name: ") is not null,
            Line = start.Number,
        };

        string? After(string title) => lines.Select(line => line.Text).FirstOrDefault(text => text.StartsWith(title.TrimEnd(), StringComparison.Ordinal))?[title.TrimEnd().Length..].Trim();
    }

    /// <summary>ssl-enum-ciphers lists every version that it could agree on.</summary>
    private static List<string> Versions(List<EvidenceLine> lines) =>
        lines.Exists(line => line.Text.StartsWith("ssl-enum-ciphers:", StringComparison.Ordinal))
            ? [.. lines.Select(line => Version().Match(line.Text)).Where(match => match.Success).Select(match => match.Groups["version"].Value).Distinct(StringComparer.Ordinal)]
            : [];

    [GeneratedRegex("^(Starting Nmap |# Nmap [0-9.A-Z]+ scan initiated |Nmap scan report for |ssl-cert: Subject)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Start();

    [GeneratedRegex("^Nmap scan report for (?<host>[A-Za-z0-9.:_-]{1,255})", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Report();

    [GeneratedRegex("^(?<port>[0-9]{1,5})/tcp +(?<state>open|closed|filtered)( +(?<service>[^ ]+))?", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Port();

    [GeneratedRegex(@"^(Starting Nmap .*|Scanned) at (?<time>[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}(:[0-9]{2})? ([A-Z]{2,5}|[+-][0-9]{2,4}))|^# Nmap [0-9.A-Z]+ scan initiated (?<time>\w{3} \w{3} +[0-9]{1,2} [0-9:]{8} [0-9]{4}) ", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex When();

    [GeneratedRegex("^TLSv(?<version>1\\.[0-3]): ?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Version();
}

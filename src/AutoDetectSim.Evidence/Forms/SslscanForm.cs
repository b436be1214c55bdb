using System.Globalization;
using System.Text.RegularExpressions;
using AutoDetectSim.Evidence.Calls;
using AutoDetectSim.Evidence.Envelope;
using AutoDetectSim.Protocols.Node;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Evidence.Forms;

/// <summary>
/// Output of <c>sslscan</c>, as text or --xml, with or without --show-certificate: the server's own certificate, and the versions that it accepts. Its "Verify Certificate"
/// is not a verdict: sslscan loads no roots, so every chain gets "unable to get local issuer certificate".
/// </summary>
internal sealed partial class SslscanForm : IEvidenceForm
{
    public bool Starts(EvidenceLine line) => Start().IsMatch(line.Text);

    public bool Keeps(IReadOnlyList<EvidenceLine> region, EvidenceLine line) => PemReader.Begins(line.Text) && !region.Any(known => PemReader.Begins(known.Text));

    public IEnumerable<EvidenceCall> Read(IReadOnlyList<EvidenceLine> region)
    {
        for (var index = 0; index < region.Count; index++)
        {
            if (Start().Match(region[index].Text) is { Success: true } start
                && ReadTarget([region[index], .. region.Skip(index + 1).TakeWhile(line => !Starts(line))], start) is { } call)
            {
                yield return call;
            }
        }
    }

    private static EvidenceCall? ReadTarget(List<EvidenceLine> lines, Match start)
    {
        var (host, _) = CommandLine.Target(start.Groups["host"].Value);
        var name = start.Groups["name"] is { Success: true } sni ? CommandLine.Target(sni.Value).Host : null;
        var versions = lines.Select(line => Enabled().Match(line.Text)).Where(match => match.Success).Select(match => match.Groups["version"].Value).Distinct(StringComparer.Ordinal).ToList();
        var call = new EvidenceCall
        {
            Form = "sslscan",
            Line = lines[0].Number,
            Host = host,
            Port = int.TryParse(start.Groups["port"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536 ? port : null,
            ServerName = string.Equals(name, host, StringComparison.OrdinalIgnoreCase) ? null : name,
            SendsServerName = name is not null,
            TlsVersions = versions,
        };
        if (Certificate(lines) is { } certificate)
        {
            return call with
            {
                Sent = [certificate],
                IsListKnown = false,
                Remarks = ["sslscan shows only the server's own certificate, and verifies no chain, because it loads no roots; ask for " + Refusal.Command(name ?? host)],
            };
        }

        return versions.Count == 0 || versions.Exists(version => version is "1.2" or "1.3") ? null : call with
        {
            Failure = new CallFailure(NodeErrors.ProtocolError, TransportFault.None, "sslscan: " + string.Join(", ", versions.Select(version => "TLSv" + version)), lines[0].Number) { OnlyVersions = versions },
        };
    }

    private static SentCertificate? Certificate(List<EvidenceLine> lines)
    {
        if (PemReader.Read(lines) is [var block, ..])
        {
            return SentCertificate.Of(block);
        }

        return After("Subject:") is not { } subject ? null : new SentCertificate
        {
            Subject = NameOf(subject),
            Issuer = After("Issuer:") is { } issuer ? NameOf(issuer) : null,
            NotBefore = EvidenceTime.Parse(After("Not valid before:")),
            NotAfter = EvidenceTime.Parse(After("Not valid after:")),
            Hosts = [.. (After("Altnames:") ?? "").Split(',', StringSplitOptions.TrimEntries).Where(name => name.StartsWith("DNS:", StringComparison.Ordinal)).Select(name => name[4..].ToLowerInvariant())
                .Where(name => Uri.CheckHostName(name.Replace("*.", "", StringComparison.Ordinal)) == UriHostNameType.Dns)],
            HasEveryHost = After("Altnames:") is not null,
            Line = lines.First(line => line.Text.StartsWith("Subject:", StringComparison.Ordinal)).Number,
        };

        string? After(string title) => lines.Select(line => line.Text).LastOrDefault(text => text.StartsWith(title, StringComparison.Ordinal))?[title.Length..].Trim() is { Length: > 0 } value ? value : null;
    }

    /// <summary>Without --show-certificate the common name stands alone.</summary>
    private static EvidenceName? NameOf(string text) => EvidenceName.Parse(text.Contains('=', StringComparison.Ordinal) ? text : "CN = " + text);

    [GeneratedRegex(@"^<ssltest host=""(?<host>[^""]{1,255})"" sniname=""(?<name>[^""]{1,255})"" port=""(?<port>[0-9]{1,5})""|^Testing SSL server (?<host>[A-Za-z0-9.:_\[\]-]{1,255}) on port (?<port>[0-9]{1,5})( using SNI name (?<name>[A-Za-z0-9.:_-]{1,255}))?", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Start();

    [GeneratedRegex("^TLSv(?<version>1\\.[0-3]) +enabled$|^<protocol type=\"tls\" version=\"(?<version>1\\.[0-3])\" enabled=\"1\"", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Enabled();
}

using System.Net;
using System.Text;
using AutoDetectSim.Certificates.Validation.Decoding;

namespace AutoDetectSim.Certificates.Validation.Hosts;

/// <summary>
/// Node.js' rule for whether a certificate is for a host (<c>tls.checkServerIdentity</c>). It differs from RFC 6125 in
/// places: the common name counts whenever subjectAltName has no DNS name, and before Node.js 22 nothing is converted for IDNA.
/// </summary>
internal static class ServerIdentity
{
    private const int LeastLabelsForWildcard = 3;

    private static readonly byte[] CommonName = [0x55, 0x04, 0x03];

    /// <summary>Whether the certificate is for the host.</summary>
    internal static bool Matches(DecodedCertificate certificate, string host, NodeVersion version = NodeVersion.Node20)
    {
        host = WithoutTrailingDot(host);

        // Node.js 24 and later ask the name as it was given whether it is an address, Node.js 22 its ASCII form, which an IPv6 address has none of.
        var isAddress = IpLiteral.IsAddress(host);
        if (version != NodeVersion.Node20)
        {
            host = version == NodeVersion.Node22 && isAddress && host.Contains(':', StringComparison.Ordinal) ? string.Empty : AsciiHost.Of(host);
            isAddress = version == NodeVersion.Node22 ? IpLiteral.IsAddress(host) : isAddress;
        }

        if (isAddress)
        {
            var wanted = IpLiteral.Canonicalize(host);
            return AddressesOf(certificate).Any(a => string.Equals(a, wanted, StringComparison.Ordinal));
        }

        var labels = Labels(host);
        var names = DnsNamesOf(certificate).ToList();
        return names.Count > 0
            ? names.Exists(n => MatchesPattern(labels, n))
            : CommonNamesOf(certificate, version).Any(n => MatchesPattern(labels, n));
    }

    /// <summary>The DNS names of subjectAltName as JavaScript sees them.</summary>
    internal static IEnumerable<string> DnsNamesOf(DecodedCertificate certificate) =>
        NamesOf(certificate, ExtensionGrammar.Dns).Select(static n => Encoding.Latin1.GetString(n.Content.Span));

    /// <summary>The IP addresses of subjectAltName in canonical form; null for one that is neither 4 nor 16 bytes long.</summary>
    internal static IEnumerable<string?> AddressesOf(DecodedCertificate certificate) =>
        NamesOf(certificate, ExtensionGrammar.IpAddress).Select(static n => n.Content.Length is 4 or 16 ? new IPAddress(n.Content.Span).ToString() : null);

    /// <summary>The common names of the subject as JavaScript sees them; none under Node.js 20 where any attribute of the subject is not a string.</summary>
    internal static IEnumerable<string> CommonNamesOf(DecodedCertificate certificate, NodeVersion version = NodeVersion.Node20) =>
        version != NodeVersion.Node20 || certificate.Subject.Attributes.All(static a => CanonicalString.HasText(a.Value.Tag))
            ? certificate.Subject.Attributes.Where(static a => a.Is(CommonName)).Select(static a => CanonicalString.Display(a.Value))
            : [];

    private static IEnumerable<DerValue> NamesOf(DecodedCertificate certificate, int alternative) =>
        certificate.Extensions.SubjectAltName?.Children.Where(n => n!.Alternative == alternative).Select(static n => n![0]!) ?? [];

    private static bool MatchesPattern(string[] host, string pattern)
    {
        if (pattern.Length == 0)
        {
            return false;
        }

        var labels = Labels(pattern);
        if (host.Length != labels.Length
            || labels.Contains(string.Empty, StringComparer.Ordinal)
            || pattern.AsSpan().ContainsAnyExceptInRange('\u0021', '\u007F')
            || !host.AsSpan(1).SequenceEqual(labels.AsSpan(1)))
        {
            return false;
        }

        var (first, wanted) = (host[0], labels[0]);
        var star = wanted.IndexOf('*', StringComparison.Ordinal);

        // An A-label is compared as it stands, also where it has a wildcard.
        if (star < 0 || wanted.Contains("xn--", StringComparison.Ordinal))
        {
            return string.Equals(first, wanted, StringComparison.Ordinal);
        }

        var suffix = wanted[(star + 1)..];
        return !suffix.Contains('*', StringComparison.Ordinal)
            && labels.Length >= LeastLabelsForWildcard
            && star + suffix.Length <= first.Length
            && first.StartsWith(wanted[..star], StringComparison.Ordinal)
            && first.EndsWith(suffix, StringComparison.Ordinal);
    }

    /// <summary>The labels with ASCII letters in lower case. A trailing dot is dropped, also from a host that has lost one before.</summary>
    private static string[] Labels(string name) =>
        string.Create(WithoutTrailingDot(name).Length, name, static (lower, original) =>
        {
            for (var i = 0; i < lower.Length; i++)
            {
                lower[i] = char.IsAsciiLetterUpper(original[i]) ? (char)(original[i] | 0x20) : original[i];
            }
        }).Split('.');

    private static string WithoutTrailingDot(string name) => name.EndsWith('.') ? name[..^1] : name;
}

using System.Text.RegularExpressions;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Diagnosis.Reports;

/// <summary>One-line changes of a scenario as sentences that a customer can act on.</summary>
internal static partial class ChangeText
{
    /// <summary>The sentence for a change.</summary>
    public static string Of(string change)
    {
        var colon = change.IndexOf(": ", StringComparison.Ordinal);
        if (colon < 0)
        {
            return change;
        }

        var (part, body) = (change[..colon], change[(colon + 2)..].Trim());
        var space = body.IndexOf(' ', StringComparison.Ordinal);
        var (word, rest) = space < 0 ? (body, "") : (body[..space], body[(space + 1)..].Trim());
        var place = Place(part);
        return (word, rest) switch
        {
            ("present", "complete") => $"{place}: present the certificate with its complete chain, the server's own certificate first.",
            ("install", _) => $"{place}: install the intermediate certificate {rest} in the computer's Intermediate Certification Authorities store.",
            ("{", _) when rest.Contains("certificate:", StringComparison.Ordinal) => $"{place}: bind another certificate, and present it with its complete chain.",
            ("renew", _) => $"Renew the certificate {Last(part)} and bind the new one.",
            ("allow", _) => $"{place}: let connections from {Ranges(rest)} through the firewall.",
            ("enable", "oauth") or ("auth", _) => $"{place}: offer modern authentication (OAuth) as the organization does.",
            ("oAuth", _) => $"{place}: repair OAuth (certificates, keys and principals of Exchange).",
            ("fault", "none") => $"{place}: repair the server or the device in front of it, for connections to be answered.",
            ("offline", _) => $"{place}: start the virtual directories and application pools that are offline.",
            ("tlsVersions", _) => $"{place}: enable TLS 1.2.",
            ("clientCertificate", _) => $"{place}: do not require client certificates.",
            ("preAuthentication", _) => $"{place}: pass AutoDiscover and ActiveSync through without pre-authentication.",
            ("challenges", _) => $"{place}: pass the WWW-Authenticate headers through unchanged.",
            ("backEnd", _) => $"{place}: use TLS to the servers as well (SSL bridging).",
            ("allowFrom" or "denyFrom", "default") => $"{place}: remove the firewall rule that keeps AutoDetect's addresses out.",
            ("persistence" or "backEndConnections", _) => $"{place}: correct how connections are kept on a server.",
            ("healthProbe", _) => $"{place}: let the health probe ask {rest}.",
            ("urlRewrite", _) => $"{place}: correct the URL rewrite rules of IIS.",
            ("build", _) => $"{place}: update Exchange.",
            ("up", _) => $"{place}: put the server back into service.",
            ("hosts", _) when rest.StartsWith('+') => $"{place}: serve the host name {rest[1..]}.",
            ("hosts", _) => $"Renew the certificate {Last(part)} with these names: {rest.Trim('[', ']').Replace("\"", "", StringComparison.Ordinal)}.",
            ("remove", _) when part.StartsWith("dns/", StringComparison.Ordinal) => $"Correct the DNS records of {Last(part)}.",
            (_, "default") => $"{place}: restore the default of {word}.",
            _ => $"{place}: set {body}.",
        };
    }

    private static string Place(string part)
    {
        part = Range().Replace(part, "${name}${first} to ${name}${last}");
        var slash = part.LastIndexOf('/');
        return slash < 0 ? $"On {part}" : $"On {part[(slash + 1)..]} ({part[..slash]})";
    }

    private static string Last(string part) => part[(part.LastIndexOf('/') + 1)..];

    private static string Ranges(string names) => string.Join(" and ", names.Split(',', StringSplitOptions.TrimEntries).Select(name => name switch
    {
        SourceRanges.AutoDetect => $"AutoDetect's ranges ({SourceRanges.TextOfAutoDetect})",
        SourceRanges.ExchangeOnline => "Exchange Online's published ranges",
        _ => name,
    }));

    [GeneratedRegex(@"(?<name>[^/,{]{0,40})\{(?<first>[0-9]{1,6})\.\.(?<last>[0-9]{1,6})\}", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Range();
}

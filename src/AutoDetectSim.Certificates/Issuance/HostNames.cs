using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace AutoDetectSim.Certificates.Issuance;

/// <summary>Host names as they go into subjectAltName (RFC 5280 4.2.1.6).</summary>
internal static class HostNames
{
    private static readonly IdnMapping Idn = new() { AllowUnassigned = false, UseStd3AsciiRules = false };

    /// <summary>What is wrong with a host, or null.</summary>
    public static string? Problem(string host)
    {
        if (TryParseAddress(host, out _))
        {
            return null;
        }

        if (string.IsNullOrWhiteSpace(host))
        {
            return "a host name is empty";
        }

        if (ToAscii(host) is not { } ascii)
        {
            return $"'{host}' is not a host name, wildcard or IP address";
        }

        if (ascii.Length > 253)
        {
            return $"'{host}' is longer than the 253 characters of a host name";
        }

        var labels = ascii.Split('.');
        if (labels.Any(label => label.Length is 0 or > 63))
        {
            return $"'{host}' has a label that is empty or longer than 63 characters";
        }

        return labels.All(label => label.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '*'))
            ? null
            : $"'{host}' has characters that no host name has (a host name, not a URL, is expected)";
    }

    public static bool IsAddress(string host) => TryParseAddress(host, out _);

    /// <param name="hosts">The hosts.</param>
    /// <param name="critical">Whether nothing else says whose the certificate is: its subject is empty.</param>
    public static X509Extension ToExtension(IReadOnlyList<string> hosts, bool critical)
    {
        var builder = new SubjectAlternativeNameBuilder();
        foreach (var host in hosts)
        {
            if (TryParseAddress(host, out var address))
            {
                builder.AddIpAddress(address);
            }
            else
            {
                builder.AddDnsName(ToAscii(host)!);
            }
        }

        return builder.Build(critical);
    }

    /// <summary>The host in A-labels, or null where it has none.</summary>
    public static string? ToAscii(string host)
    {
        if (host.All(char.IsAscii))
        {
            return host;
        }

        try
        {
            return Idn.GetAscii(host);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    // IPAddress.Parse also reads "1" and "0x7f.1", which nobody means as an address in a certificate.
    private static bool TryParseAddress(string host, out IPAddress address) =>
        IPAddress.TryParse(host, out address!)
        && (address.AddressFamily == AddressFamily.InterNetworkV6 || (host.Count(c => c == '.') == 3 && host.All(c => char.IsAsciiDigit(c) || c == '.')));
}

using System.Buffers;
using System.Globalization;
using System.Net;

namespace AutoDetectSim.Certificates.Validation.Hosts;

/// <summary>The ASCII form of a host name, as <c>domainToASCII</c> of Node.js gives it: punycode for other letters, nothing for what no URL can have as its host.</summary>
internal static class AsciiHost
{
    // The forbidden domain code points of the URL standard.
    private static readonly SearchValues<char> Forbidden = SearchValues.Create("\0\t\n\r #/:<>?@[\\]^|%");

    private static readonly SearchValues<char> HexadecimalDigits = SearchValues.Create("0123456789abcdef");

    private static readonly IdnMapping Idn = new() { AllowUnassigned = true };

    /// <summary>Converts a name; empty if it is not one.</summary>
    internal static string Of(string host)
    {
        if (IpLiteral.IsAddress(host))
        {
            // An IPv6 address has brackets in a URL; checkServerIdentity asks for addresses by their plain form.
            return host;
        }

        if (host.AsSpan().ContainsAny(Forbidden) || host.Any(char.IsControl))
        {
            return string.Empty;
        }

        try
        {
            var ascii = (host.All(char.IsAscii) ? host : Idn.GetAscii(host)).ToLowerInvariant();
            return !EndsInNumber(ascii) ? ascii : IPAddress.TryParse(WithoutDot(ascii), out var address) ? address.ToString() : string.Empty;
        }
        catch (ArgumentException)
        {
            return string.Empty;
        }
    }

    /// <summary>Whether the last label is a number, also an octal or hexadecimal one: the URL standard then takes the whole for an IPv4 address or for nothing.</summary>
    private static bool EndsInNumber(string host)
    {
        var whole = WithoutDot(host);
        var label = whole.AsSpan(whole.LastIndexOf('.') + 1);
        return label.Length > 0 && (!label.ContainsAnyExceptInRange('0', '9') || (label.StartsWith("0x") && label[2..].IndexOfAnyExcept(HexadecimalDigits) < 0));
    }

    private static string WithoutDot(string host) => host.EndsWith('.') ? host[..^1] : host;
}

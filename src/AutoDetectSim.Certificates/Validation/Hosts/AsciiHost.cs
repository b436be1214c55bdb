using System.Buffers;
using System.Buffers.Binary;
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

        if (host.Length > 2 && host[0] == '[' && host[^1] == ']')
        {
            return BracketedAddress(host[1..^1]);
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

    /// <summary>An IPv6 address as the URL standard writes it: in hexadecimal throughout, without the first of the longest runs of zeros; empty for anything else.</summary>
    private static string BracketedAddress(string inner)
    {
        if (!inner.Contains(':', StringComparison.Ordinal) || inner.Contains('%', StringComparison.Ordinal) || !IpLiteral.IsAddress(inner))
        {
            return string.Empty;
        }

        var bytes = IPAddress.Parse(inner).GetAddressBytes();
        var groups = Enumerable.Range(0, bytes.Length / 2).Select(index => BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(2 * index))).ToArray();
        var (start, length) = LongestZeros(groups);
        string Written(int from, int to) => string.Join(':', groups[from..to].Select(group => group.ToString("x", CultureInfo.InvariantCulture)));
        return length < 2 ? $"[{Written(0, groups.Length)}]" : $"[{Written(0, start)}::{Written(start + length, groups.Length)}]";
    }

    private static (int Start, int Length) LongestZeros(ReadOnlySpan<ushort> groups)
    {
        var best = (Start: 0, Length: 0);
        var run = 0;
        for (var index = 0; index < groups.Length; index++)
        {
            run = groups[index] == 0 ? run + 1 : 0;
            if (run > best.Length)
            {
                best = (index - run + 1, run);
            }
        }

        return best;
    }

    private static string WithoutDot(string host) => host.EndsWith('.') ? host[..^1] : host;
}

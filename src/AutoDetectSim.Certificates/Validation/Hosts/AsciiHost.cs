using System.Buffers;
using System.Globalization;

namespace AutoDetectSim.Certificates.Validation.Hosts;

/// <summary>The ASCII form of a host name, as <c>domainToASCII</c> of Node.js gives it: punycode for other letters, nothing for what no URL can have as its host.</summary>
internal static class AsciiHost
{
    // The forbidden domain code points of the URL standard.
    private static readonly SearchValues<char> Forbidden = SearchValues.Create("\0\t\n\r #/:<>?@[\\]^|%");

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
            return host.All(char.IsAscii) ? host.ToLowerInvariant() : Idn.GetAscii(host).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            return string.Empty;
        }
    }
}

using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace AutoDetectSim.Protocols.Http;

/// <summary>URLs of strangers. The framework takes some whose host cannot be turned into a name that DNS knows, and throws when that name is read.</summary>
internal static class WebAddress
{
    /// <summary>Reads an absolute URL whose host can be connected to.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out Uri? url)
    {
        if (Uri.TryCreate(text, UriKind.Absolute, out url) && IsUsable(url))
        {
            return true;
        }

        url = null;
        return false;
    }

    /// <summary>A host as DNS and HTTP have it: letters beyond ASCII in their ASCII form; null for what is not a host.</summary>
    public static string? AsciiHost(string host)
    {
        if (Uri.CheckHostName(host) == UriHostNameType.Unknown)
        {
            return null;
        }

        try
        {
            return Ascii.IsValid(host) ? host : new IdnMapping { UseStd3AsciiRules = true }.GetAscii(host);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Reads a URL that may be relative to another one.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, Uri relativeTo, [NotNullWhen(true)] out Uri? url)
    {
        if (Uri.TryCreate(relativeTo, text, out url) && IsUsable(url))
        {
            return true;
        }

        url = null;
        return false;
    }

    /// <summary>Whether a host can be connected to.</summary>
    public static bool IsUsable(Uri url)
    {
        try
        {
            _ = url.IdnHost;
            return true;
        }
        catch (UriFormatException)
        {
            return false;
        }
    }
}

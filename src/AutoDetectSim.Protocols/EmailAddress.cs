using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace AutoDetectSim.Protocols;

/// <summary>
/// An e-mail address as AutoDetect, Exchange and mail clients take it (RFC 5321 4.1.2, without quoted local parts and address
/// literals).
/// </summary>
internal sealed record EmailAddress
{
    /// <summary>RFC 5321 4.5.3.1.3 allows a path of 256 octets with its angle brackets.</summary>
    private const int MaximumLength = 254;

    private const int MaximumLocalPartLength = 64;

    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };

    private EmailAddress(string text, string localPart, string domain)
    {
        Text = text;
        LocalPart = localPart;
        Domain = domain;
    }

    /// <summary>The address as written.</summary>
    public string Text { get; }

    /// <summary>The part before the at sign.</summary>
    public string LocalPart { get; }

    /// <summary>The domain in lower case, an internationalized one in its ASCII form.</summary>
    public string Domain { get; }

    /// <summary>Reads an address; false when it is not valid.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out EmailAddress? address)
    {
        address = null;
        text = text?.Trim(' ', '\t');
        if (string.IsNullOrEmpty(text) || text.Length > MaximumLength)
        {
            return false;
        }

        var at = text.IndexOf('@', StringComparison.Ordinal);
        if (at is < 1 or > MaximumLocalPartLength || at == text.Length - 1 || !IsDotAtom(text.AsSpan(0, at)))
        {
            return false;
        }

        if (!TryReadDomain(text[(at + 1)..], out var domain))
        {
            return false;
        }

        address = new EmailAddress(text, text[..at], domain);
        return true;
    }

    /// <summary>
    /// An address as HTTP headers and DNS have it: a domain with letters beyond ASCII in its ASCII form. Null for what cannot be sent: control
    /// characters, or such letters elsewhere. What is not an address otherwise is sent as it is, to see what servers say to it.
    /// </summary>
    public static string? OnTheWire(string text)
    {
        if (text.Any(char.IsControl))
        {
            return null;
        }

        return Ascii.IsValid(text) ? text
            : TryParse(text, out var address) && Ascii.IsValid(address.LocalPart) ? $"{address.LocalPart}@{address.Domain}"
            : null;
    }

    /// <summary>The domain as written in a text that may not be an address by <see cref="TryParse"/>; null without an at sign.</summary>
    public static string? DomainOf(string text) => text.LastIndexOf('@') is >= 0 and var at ? text[(at + 1)..] : null;

    /// <summary>The local part of a text that may not be an address by <see cref="TryParse"/>; null without an at sign.</summary>
    public static string? LocalPartOf(string text) => text.LastIndexOf('@') is >= 0 and var at ? text[..at] : null;

    /// <inheritdoc/>
    public override string ToString() => Text;

    private static bool IsDotAtom(ReadOnlySpan<char> local)
    {
        if (local[0] == '.' || local[^1] == '.' || local.Contains("..", StringComparison.Ordinal))
        {
            return false;
        }

        foreach (var character in local)
        {
            // RFC 5322 atext and dot; RFC 6531 adds everything beyond ASCII that is no control character or separator.
            if (char.IsAsciiLetterOrDigit(character) || ".!#$%&'*+-/=?^_`{|}~".Contains(character, StringComparison.Ordinal))
            {
                continue;
            }

            if (character < 0x80 || char.IsControl(character) || char.IsWhiteSpace(character))
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryReadDomain(string text, [NotNullWhen(true)] out string? domain)
    {
        domain = null;
        if (IsLowerCaseHostName(text))
        {
            domain = text;
            return true;
        }

        try
        {
            var ascii = Idn.GetAscii(text).ToLowerInvariant();
            if (!IsLowerCaseHostName(ascii))
            {
                return false;
            }

            domain = ascii;
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>Letters, digits and inner hyphens in labels of 1 to 63 (RFC 1123 2.1), at least two labels.</summary>
    private static bool IsLowerCaseHostName(ReadOnlySpan<char> name)
    {
        if (name.Length > 253 || !name.Contains('.'))
        {
            return false;
        }

        foreach (var range in name.Split('.'))
        {
            var label = name[range];
            if (label.Length is 0 or > 63 || label[0] == '-' || label[^1] == '-')
            {
                return false;
            }

            foreach (var character in label)
            {
                if (!(char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character == '-'))
                {
                    return false;
                }
            }
        }

        return true;
    }
}

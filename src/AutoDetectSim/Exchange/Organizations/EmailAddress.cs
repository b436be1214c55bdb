using System.Diagnostics.CodeAnalysis;

namespace AutoDetectSim.Exchange.Organizations;

/// <summary>An SMTP address as AutoDiscover takes it: one local part, one host name (RFC 5321 section 4.1.2 without quoted strings).</summary>
internal sealed record EmailAddress
{
    // RFC 5321 section 4.5.3.1 and the erratum 1690 of RFC 3696.
    private const int MaximumLength = 254;
    private const int MaximumLocalLength = 64;

    private EmailAddress(string text, int at)
    {
        Text = text;
        Local = text[..at];
        Domain = text[(at + 1)..];
    }

    /// <summary>The address as written.</summary>
    public string Text { get; }

    /// <summary>The part before the @.</summary>
    public string Local { get; }

    /// <summary>The part after the @.</summary>
    public string Domain { get; }

    /// <summary>Reads an address; false for anything that cannot be the address of a mailbox.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out EmailAddress? address)
    {
        address = null;
        if (text is null or { Length: < 3 or > MaximumLength })
        {
            return false;
        }

        var at = text.IndexOf('@', StringComparison.Ordinal);
        if (at is < 1 or > MaximumLocalLength || at != text.LastIndexOf('@') || Uri.CheckHostName(text[(at + 1)..]) != UriHostNameType.Dns)
        {
            return false;
        }

        if (!text.AsSpan(0, at).ToString().All(IsLocalCharacter))
        {
            return false;
        }

        address = new EmailAddress(text, at);
        return true;
    }

    /// <inheritdoc />
    public override string ToString() => Text;

    // RFC 5322 atext and dots; above ASCII, letters and digits (RFC 6531).
    private static bool IsLocalCharacter(char character) =>
        char.IsAscii(character)
            ? char.IsAsciiLetterOrDigit(character) || "!#$%&'*+-/=?^_`{|}~.".Contains(character, StringComparison.Ordinal)
            : char.IsLetterOrDigit(character);
}

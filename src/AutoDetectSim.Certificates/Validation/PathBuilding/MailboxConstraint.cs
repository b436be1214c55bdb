using System.Globalization;
using System.Text;
using AutoDetectSim.Certificates.Validation.Decoding;

namespace AutoDetectSim.Certificates.Validation.PathBuilding;

/// <summary>Compares mailboxes with rfc822Name constraints (RFC 5280 4.2.1.10) and internationalised mailboxes with the same (RFC 8398 6).</summary>
internal static class MailboxConstraint
{
    private const byte At = (byte)'@';
    private const byte Dot = (byte)'.';
    private const int MaxDecodedHost = 253;

    internal static ValidationCode Match(ReadOnlySpan<byte> mailbox, ReadOnlySpan<byte> baseName)
    {
        var at = mailbox.LastIndexOf(At);
        var baseAt = baseName.LastIndexOf(At);
        if (at < 0)
        {
            return ValidationCode.UnsupportedNameSyntax;
        }

        if (baseAt < 0 && baseName.Length > 0 && baseName[0] == Dot)
        {
            return Verdict(mailbox.Length > baseName.Length && AsciiText.EndsWithIgnoreCase(mailbox, baseName));
        }

        if (baseAt > 0)
        {
            var local = mailbox[..at];
            var baseLocal = baseName[..baseAt];
            if (local.Length != baseLocal.Length)
            {
                return ValidationCode.PermittedViolation;
            }

            if (local.Contains((byte)0) || baseLocal.Contains((byte)0))
            {
                return ValidationCode.UnsupportedNameSyntax;
            }

            if (!local.SequenceEqual(baseLocal))
            {
                return ValidationCode.PermittedViolation;
            }
        }

        return Verdict(AsciiText.EqualsIgnoreCase(mailbox[(at + 1)..], baseName[(baseAt + 1)..]));
    }

    internal static ValidationCode MatchUtf8(DerValue mailbox, ReadOnlySpan<byte> baseName)
    {
        if (baseName.Contains((byte)0) || mailbox.Tag != DerTag.Utf8String)
        {
            return ValidationCode.UnsupportedNameSyntax;
        }

        var text = mailbox.Content.Span;
        var at = text.LastIndexOf(At);
        if (at < 0)
        {
            return ValidationCode.UnsupportedNameSyntax;
        }

        if (!TryDecodeLabels(baseName, out var decoded))
        {
            return ValidationCode.Unspecified;
        }

        if (baseName.Length == 0 || baseName[0] != Dot)
        {
            return Verdict(AsciiText.EqualsIgnoreCase(text[(at + 1)..], decoded));
        }

        // OpenSSL 3.0 puts a second dot before the one of the constraint, so that hardly anything matches; Node.js inherits that.
        byte[] suffix = [Dot, .. decoded];
        return Verdict(text.Length > suffix.Length && AsciiText.EndsWithIgnoreCase(text, suffix));
    }

    /// <summary>Turns the A-labels of a host name into U-labels.</summary>
    private static bool TryDecodeLabels(ReadOnlySpan<byte> host, out byte[] decoded)
    {
        decoded = [];
        var labels = Encoding.Latin1.GetString(host).Split('.');
        for (var i = 0; i < labels.Length; i++)
        {
            if (!labels[i].StartsWith("xn--", StringComparison.Ordinal))
            {
                continue;
            }

            try
            {
                labels[i] = new IdnMapping { AllowUnassigned = true }.GetUnicode(labels[i]);
            }
            catch (ArgumentException)
            {
                return false;
            }
        }

        decoded = Encoding.UTF8.GetBytes(string.Join('.', labels));
        return decoded.Length <= MaxDecodedHost;
    }

    private static ValidationCode Verdict(bool matches) => matches ? ValidationCode.Ok : ValidationCode.PermittedViolation;
}

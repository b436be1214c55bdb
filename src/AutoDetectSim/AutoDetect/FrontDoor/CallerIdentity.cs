using System.Diagnostics.CodeAnalysis;
using System.Text;
using AutoDetectSim.Protocols;
using Microsoft.AspNetCore.Http;

namespace AutoDetectSim.AutoDetect.FrontDoor;

/// <summary>
/// Whose account a call asks about: <c>x-email</c> ([SEED]), or Basic with the address alone ([S-PROBE]), or Basic with
/// the address as user name ([CAP2025]). The password is not looked at.
/// </summary>
internal static class CallerIdentity
{
    private const int MaximumCredentialsLength = 1024;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static bool TryRead(IHeaderDictionary headers, [NotNullWhen(true)] out EmailAddress? email, [NotNullWhen(false)] out string? problem)
    {
        email = null;
        problem = null;
        string? text;
        var header = headers["x-email"];
        if (header.Count > 1)
        {
            problem = "The x-email header is sent more than once.";
            return false;
        }

        if (header.Count == 1)
        {
            text = header[0];
        }
        else if (headers.Authorization is { Count: > 0 } authorization)
        {
            if (authorization.Count > 1 || !TryReadBasic(authorization[0], out text))
            {
                problem = "The Authorization header does not contain Basic credentials with an e-mail address.";
                return false;
            }
        }
        else
        {
            problem = "The call has no e-mail address: send it in x-email, or as the user name of Basic credentials.";
            return false;
        }

        if (!EmailAddress.TryParse(text, out email))
        {
            problem = "The address of the call is not an e-mail address.";
            return false;
        }

        return true;
    }

    private static bool TryReadBasic(string? credentials, [NotNullWhen(true)] out string? user)
    {
        const string Scheme = "Basic ";
        user = null;
        if (credentials is null || credentials.Length > MaximumCredentialsLength || !credentials.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var encoded = credentials.AsSpan(Scheme.Length).Trim(' ');
        Span<byte> bytes = stackalloc byte[MaximumCredentialsLength];
        if (!Convert.TryFromBase64Chars(encoded, bytes, out var length))
        {
            return false;
        }

        try
        {
            var text = StrictUtf8.GetString(bytes[..length]);
            var colon = text.IndexOf(':', StringComparison.Ordinal);
            user = colon < 0 ? text : text[..colon];
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}

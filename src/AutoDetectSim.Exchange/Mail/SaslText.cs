using System.Text;

namespace AutoDetectSim.Exchange.Mail;

/// <summary>The text of SASL messages (RFC 4422), which protocols send in base64.</summary>
internal static class SaslText
{
    /// <summary>The base64 of the questions of AUTH LOGIN.</summary>
    public const string AskUserName = "VXNlcm5hbWU6";

    public const string AskPassword = "UGFzc3dvcmQ6";

    /// <summary>Decodes a message; null if it is not base64.</summary>
    public static string? Decode(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : null;
    }

    /// <summary>User name and password of a message of PLAIN (RFC 4616); null if it is malformed.</summary>
    public static (string UserName, string Password)? ReadPlain(string text) =>
        Decode(text)?.Split('\0') is [_, var userName, var password] ? (userName, password) : null;
}

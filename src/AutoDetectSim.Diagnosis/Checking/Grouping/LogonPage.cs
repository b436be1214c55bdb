using AutoDetectSim.Protocols.Http;

namespace AutoDetectSim.Diagnosis.Checking.Grouping;

/// <summary>
/// Knows the answers of a device in front of Exchange that wants callers to log on first. Hybrid modern authentication supports
/// no such device ([HMADOC]): AutoDetect has nothing to log on with.
/// </summary>
internal static class LogonPage
{
    /// <summary>What the addresses of logon pages have in them: those of TMG, AD FS, BIG-IP and other gateways.</summary>
    private static readonly string[] Marks = ["logon", "login", "signin", "sign-in", "cookieauth", "adfs", "saml", "oauth2", "my.policy", "/auth"];

    /// <summary>Whether an answer is a page that asks for a password.</summary>
    public static bool IsForm(ObservedAnswer answer) => answer.StatusCode == 200
        && answer.Body.Contains("<input", StringComparison.OrdinalIgnoreCase)
        && (answer.Body.Contains("type=\"password\"", StringComparison.OrdinalIgnoreCase)
            || answer.Body.Contains("type='password'", StringComparison.OrdinalIgnoreCase)
            || answer.Body.Contains("type=password", StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether an address is that of a logon page.</summary>
    public static bool IsAddress(Uri address) =>
        Marks.Any(mark => address.AbsolutePath.Contains(mark, StringComparison.OrdinalIgnoreCase)) || address.Host.StartsWith("login.", StringComparison.OrdinalIgnoreCase);
}

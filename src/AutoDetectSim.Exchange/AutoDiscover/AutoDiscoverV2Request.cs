using System.Globalization;
using AutoDetectSim.Protocols;

namespace AutoDetectSim.Exchange.AutoDiscover;

/// <summary>
/// What an AutoDiscover V2 request asks, in either URL form: <c>autodiscover.json?Email=&amp;Protocol=&amp;RedirectCount=</c> or
/// <c>autodiscover.json/v1.0/EMAIL?Protocol=</c>.
/// </summary>
internal sealed record AutoDiscoverV2Request
{
    /// <summary>The path of the first form.</summary>
    public const string Path = "/autodiscover/autodiscover.json";

    private const string VersionedForm = Path + "/v1.0/";

    /// <summary>The address as sent, or null when there is none.</summary>
    public string? EmailText { get; private init; }

    /// <summary>The address, or null when <see cref="EmailText"/> is none.</summary>
    public EmailAddress? Email { get; private init; }

    /// <summary>The protocol in the casing of the request, or null.</summary>
    public string? Protocol { get; private init; }

    /// <summary>How many redirects the client says it has followed; 0 when absent or not a number.</summary>
    public int RedirectCount { get; private init; }

    /// <summary>Whether the client asks where the mailbox is ([CSSV2]).</summary>
    public bool WantsServerLocation { get; private init; }

    /// <summary>Reads a request whose path is <see cref="Path"/> or below.</summary>
    public static AutoDiscoverV2Request Read(ExchangeRequest request)
    {
        var email = request.Path.StartsWith(VersionedForm, StringComparison.OrdinalIgnoreCase)
            ? request.Path[VersionedForm.Length..]
            : request.Query("Email");
        return new AutoDiscoverV2Request
        {
            EmailText = string.IsNullOrEmpty(email) ? null : email,
            Email = EmailAddress.TryParse(email, out var address) ? address : null,
            Protocol = string.IsNullOrEmpty(request.Query("Protocol")) ? null : request.Query("Protocol"),
            RedirectCount = int.TryParse(request.Query("RedirectCount"), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 0,
            WantsServerLocation = string.Equals(request.Query("ServerLocation"), "true", StringComparison.OrdinalIgnoreCase),
        };
    }

    /// <summary>The first URL form at another host, as redirects carry it ([HMADOC], [O365ENUM]).</summary>
    public static string UrlAt(string host, string email, string protocol, string redirectCount) =>
        $"https://{host}{Path}?Email={Uri.EscapeDataString(email)}&Protocol={Uri.EscapeDataString(protocol)}&RedirectCount={redirectCount}";
}

using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace AutoDetectSim.Web.Hosting;

/// <summary>
/// Decides which requests the console answers. The printed link has a random token; whoever opens it gets a cookie that scripts cannot read and
/// that other sites cannot make the browser send. Every request must call the console by its own name, and must not come from another site.
/// </summary>
internal sealed class ConsoleGate
{
    /// <summary>The path of the printed link.</summary>
    public const string EnterPath = "/enter";

    private const int SecretBytes = 32;

    private readonly byte[] _token = Secret();
    private readonly byte[] _session = Secret();
    private readonly string[] _hosts;
    private readonly string _cookie;

    /// <param name="endPoint">Where the console listens; cookies do not tell ports apart, so the cookie's name does.</param>
    public ConsoleGate(IPEndPoint endPoint)
    {
        _hosts = [endPoint.ToString(), $"localhost:{endPoint.Port}"];
        _cookie = $"autodetectsim-{endPoint.Port}";
        Link = new Uri($"http://{endPoint}{EnterPath}?token={Encoding.ASCII.GetString(_token)}");
    }

    /// <summary>The link to print.</summary>
    public Uri Link { get; }

    /// <summary>Why a request is not answered: a status and a sentence; null if it is answered.</summary>
    public (int Status, string Sentence)? Refusal(HttpRequest request)
    {
        if (!_hosts.Contains(request.Host.Value, StringComparer.OrdinalIgnoreCase))
        {
            return (StatusCodes.Status421MisdirectedRequest, $"Use the address of this console, {_hosts[0]}.");
        }

        var isEntry = request.Path == EnterPath && HttpMethods.IsGet(request.Method);
        if (!isEntry && !IsOwnSite(request))
        {
            return (StatusCodes.Status403Forbidden, "This request comes from another site.");
        }

        if (isEntry)
        {
            return Matches(request.Query["token"], _token) ? null : (StatusCodes.Status401Unauthorized, "This link is not valid. Use the link that the console has printed.");
        }

        return Matches(request.Cookies[_cookie], _session) ? null : (StatusCodes.Status401Unauthorized, "Open the link that the console has printed in the terminal.");
    }

    /// <summary>Gives the browser its cookie.</summary>
    public void Admit(HttpResponse response) => response.Cookies.Append(
        _cookie, Encoding.ASCII.GetString(_session), new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = "/", IsEssential = true });

    /// <summary>Browsers send Origin with everything that may change something, and Sec-Fetch-Site with everything; a page of another site cannot withhold them.</summary>
    private bool IsOwnSite(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        return HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)
            ? (origin.Length == 0 || IsOwn(origin)) && (site.Length == 0 || site is "same-origin" or "none")
            : IsOwn(origin) && (site.Length == 0 || site is "same-origin");
    }

    private bool IsOwn(string origin) => _hosts.Any(host => string.Equals(origin, "http://" + host, StringComparison.OrdinalIgnoreCase));

    private static bool Matches(string? given, byte[] secret) => given is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), secret);

    private static byte[] Secret() => Encoding.ASCII.GetBytes(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes)));
}

using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace AutoDetectSim.Web.Hosting;

/// <summary>
/// Decides which requests the console answers. Each printed link has a random token; whoever opens it gets a cookie that scripts cannot read and
/// that other sites cannot make the browser send. Every request must call the console by its own name, and must not come from another site.
/// </summary>
internal sealed class ConsoleGate
{
    /// <summary>The path of the printed links.</summary>
    public const string EnterPath = "/enter";

    private const int SecretBytes = 32;

    private readonly (byte[] Token, byte[] Session)[] _doors;
    private readonly IReadOnlyList<string> _hosts;
    private readonly string _cookie;
    private readonly byte[]? _password;
    private readonly IReadOnlyList<IPNetwork>? _clients;

    /// <param name="hosts">What the console is called by, with the port; links have the first.</param>
    /// <param name="port">The port; cookies do not tell ports apart, so the cookie's name does.</param>
    /// <param name="doors">How many links there are, of which each opens something else.</param>
    /// <param name="settings">Whom the console lets in.</param>
    public ConsoleGate(IReadOnlyList<string> hosts, int port, int doors, ConsoleSettings settings)
    {
        _hosts = hosts;
        _cookie = $"autodetectsim-{port}";
        _doors = [.. Enumerable.Range(0, doors).Select(door => (door == 0 && settings.Token is { } token ? Encoding.ASCII.GetBytes(token) : Secret(), Secret()))];
        _password = settings.Password is { } password ? Hash(password) : null;
        _clients = settings.Clients;
    }

    /// <summary>Whether a password is asked for beside the link.</summary>
    public bool AsksForPassword => _password is not null;

    /// <summary>The link of a door.</summary>
    public Uri LinkOf(int door) => new($"http://{_hosts[0]}{EnterPath}?token={Encoding.ASCII.GetString(_doors[door].Token)}");

    /// <summary>Why a request is not answered: a status and a sentence; null if it is answered.</summary>
    public (int Status, string Sentence)? Refusal(HttpRequest request)
    {
        if (!IsClient(request.HttpContext.Connection.RemoteIpAddress))
        {
            return (StatusCodes.Status403Forbidden, "This console is not open to this computer.");
        }

        if (!_hosts.Contains(request.Host.Value, StringComparer.OrdinalIgnoreCase))
        {
            return (StatusCodes.Status421MisdirectedRequest, $"Use the address of this console, {_hosts[0]}.");
        }

        var isEntry = request.Path == EnterPath;
        if (!(isEntry && HttpMethods.IsGet(request.Method)) && !IsOwnSite(request))
        {
            return (StatusCodes.Status403Forbidden, "This request comes from another site.");
        }

        if (isEntry)
        {
            return Find(request.Query["token"], door => door.Token) is null ? (StatusCodes.Status401Unauthorized, "This link is not valid. Use the link that the console has printed.") : null;
        }

        return DoorOf(request) is null ? (StatusCodes.Status401Unauthorized, "Open the link that the console has printed in the terminal.") : null;
    }

    /// <summary>The door that a browser has come in by; null for one without a cookie.</summary>
    public int? DoorOf(HttpRequest request) => Find(request.Cookies[_cookie], door => door.Session);

    /// <summary>Whether this is the password; always where none is asked for.</summary>
    public bool IsPassword(string? given) => _password is null || (given is not null && CryptographicOperations.FixedTimeEquals(Hash(given), _password));

    /// <summary>Gives a browser that has opened a link its cookie.</summary>
    public void Admit(HttpContext context) => context.Response.Cookies.Append(
        _cookie,
        Encoding.ASCII.GetString(_doors[Find(context.Request.Query["token"], door => door.Token)!.Value].Session),
        new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = "/", IsEssential = true });

    private bool IsClient(IPAddress? address)
    {
        if (_clients is null)
        {
            return true;
        }

        var plain = address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
        return plain is not null && (IPAddress.IsLoopback(plain) || _clients.Any(network => network.Contains(plain)));
    }

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

    /// <summary>Compares with every door, that the time does not tell which one it was.</summary>
    private int? Find(string? given, Func<(byte[] Token, byte[] Session), byte[]> secret)
    {
        int? found = null;
        var bytes = Encoding.UTF8.GetBytes(given ?? string.Empty);
        for (var door = 0; door < _doors.Length; door++)
        {
            if (CryptographicOperations.FixedTimeEquals(bytes, secret(_doors[door])))
            {
                found = door;
            }
        }

        return found;
    }

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    private static byte[] Secret() => Encoding.ASCII.GetBytes(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes)));
}

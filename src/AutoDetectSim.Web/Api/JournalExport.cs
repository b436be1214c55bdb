using System.Globalization;
using System.Text;
using System.Text.Json;
using AutoDetectSim.Control;
using AutoDetectSim.Documents;
using Microsoft.AspNetCore.Http;

namespace AutoDetectSim.Web.Api;

/// <summary>Connections of a journal as files: JSON, HAR, or the commands that make the same calls.</summary>
internal static class JournalExport
{
    private static readonly JournalJson Indented = new(new JsonSerializerOptions(JournalJson.Default.Options) { WriteIndented = true });

    /// <summary>Headers that clients set themselves.</summary>
    private static readonly string[] OwnHeaders = ["Host", "Connection", "Content-Length", "Transfer-Encoding", "Proxy-Connection"];

    /// <summary>Renders connections.</summary>
    /// <exception cref="ControlException">The form is unknown.</exception>
    public static string Render(string form, IReadOnlyList<ConnectionDocument> connections, string gateway, string rootCertificate) => form switch
    {
        "json" => ReadableJson.Text(connections, Indented.IReadOnlyListConnectionDocument) + "\n",
        "har" => ReadableJson.Text(Har(connections), Indented.HarFile) + "\n",
        "curl" => Lines(connections, (request, secure) => Curl(request, secure, gateway, rootCertificate)),
        "powershell" => Lines(connections, (request, secure) => PowerShell(request, secure, gateway)),
        _ => throw new ControlException(StatusCodes.Status422UnprocessableEntity, [$"Unknown form '{form}'. Choose from: json, har, curl, powershell."]),
    };

    private static string Lines(IReadOnlyList<ConnectionDocument> connections, Func<RequestDocument, bool, string> line)
    {
        var text = new StringBuilder();
        foreach (var connection in connections)
        {
            foreach (var request in connection.Requests)
            {
                text.Append(line(request, IsSecure(connection))).Append('\n');
            }
        }

        return text.ToString();
    }

    private static string Curl(RequestDocument request, bool secure, string gateway, string rootCertificate)
    {
        var (method, url) = Target(request, secure);
        var text = new StringBuilder($"curl -i -x {gateway} --cacert {Posix(rootCertificate)}");
        if (method != "GET")
        {
            text.Append(method == "HEAD" ? " -I" : " -X " + Posix(method));
        }

        foreach (var header in Headers(request))
        {
            text.Append(" -H ").Append(Posix($"{header.Name}: {header.Value}"));
        }

        return text.Append(' ').Append(Posix(url)).ToString();
    }

    private static string PowerShell(RequestDocument request, bool secure, string gateway)
    {
        var (method, url) = Target(request, secure);
        var headers = string.Join("; ", Headers(request).Select(header => $"{Quoted(header.Name)}={Quoted(header.Value)}"));
        return $"Invoke-WebRequest -SkipCertificateCheck -SkipHeaderValidation -Proxy {gateway} -CustomMethod {Quoted(method)}{(headers.Length > 0 ? $" -Headers @{{{headers}}}" : "")} -Uri {Quoted(url)}";
    }

    private static HarFile Har(IReadOnlyList<ConnectionDocument> connections) => new(new HarLog
    {
        Entries =
        [
            .. connections.SelectMany(connection => connection.Requests.Select(request =>
            {
                var (method, url) = Target(request, IsSecure(connection));
                var version = request.Line[(request.Line.LastIndexOf(' ') + 1)..];
                return new HarEntry
                {
                    StartedDateTime = request.At - TimeSpan.FromMilliseconds(request.ElapsedMs),
                    Time = request.ElapsedMs,
                    ServerIPAddress = connection.Address.Split(':')[0],
                    Connection = connection.Connection.Number.ToString(CultureInfo.InvariantCulture),
                    Comment = $"{connection.Connection.VirtualIp}/{connection.Connection.Node}",
                    Request = new HarRequest { Method = method, Url = url, HttpVersion = version, Headers = request.Headers },
                    Response = new HarResponse { Status = request.Status ?? 0, HttpVersion = version, Headers = request.AnswerHeaders },
                    Timings = new HarTimings(0, request.ElapsedMs, 0),
                };
            })),
        ],
    });

    private static IEnumerable<HeaderDocument> Headers(RequestDocument request) =>
        request.Headers.Where(header => !header.Name.StartsWith(':') && !OwnHeaders.Contains(header.Name, StringComparer.OrdinalIgnoreCase));

    private static bool IsSecure(ConnectionDocument connection) => connection.Connection.TlsVersion is not null;

    private static (string Method, string Url) Target(RequestDocument request, bool secure)
    {
        var parts = request.Line.Split(' ');
        var target = parts.Length > 1 ? parts[1] : "/";
        return (parts[0], target.StartsWith('/') ? $"{(secure ? "https" : "http")}://{request.Host}{target}" : target);
    }

    /// <summary>A word that a POSIX shell takes as it is: names in requests come from strangers.</summary>
    private static string Posix(string word) => ShellQuote.Posix(Plain(word));

    private static string Quoted(string word) => ShellQuote.PowerShell(Plain(word));

    /// <summary>One line, whatever control characters a stranger sent.</summary>
    private static string Plain(string word) => string.Concat(word.Select(character => char.IsControl(character) ? ' ' : character));
}

/// <summary>A file in the HTTP Archive format 1.2.</summary>
internal sealed record HarFile(HarLog Log);

internal sealed record HarLog
{
    public string Version { get; } = "1.2";

    public HarCreator Creator { get; } = new("AutoDetectSim", "0.1.0");

    public required IReadOnlyList<HarEntry> Entries { get; init; }
}

internal sealed record HarCreator(string Name, string Version);

internal sealed record HarEntry
{
    public required DateTimeOffset StartedDateTime { get; init; }

    public required double Time { get; init; }

    public required HarRequest Request { get; init; }

    public required HarResponse Response { get; init; }

    public HarCache Cache { get; } = new();

    public required HarTimings Timings { get; init; }

    [System.Text.Json.Serialization.JsonPropertyName("serverIPAddress")]
    public required string ServerIPAddress { get; init; }

    public required string Connection { get; init; }

    public required string Comment { get; init; }
}

internal sealed record HarCache;

internal sealed record HarTimings(double Send, double Wait, double Receive);

internal sealed record HarRequest
{
    public required string Method { get; init; }

    public required string Url { get; init; }

    public required string HttpVersion { get; init; }

    public IReadOnlyList<HeaderDocument> Cookies { get; } = [];

    public required IReadOnlyList<HeaderDocument> Headers { get; init; }

    public IReadOnlyList<HeaderDocument> QueryString { get; } = [];

    public int HeadersSize { get; } = -1;

    public int BodySize { get; } = -1;
}

internal sealed record HarResponse
{
    public required int Status { get; init; }

    public string StatusText { get; } = string.Empty;

    public required string HttpVersion { get; init; }

    public IReadOnlyList<HeaderDocument> Cookies { get; } = [];

    public required IReadOnlyList<HeaderDocument> Headers { get; init; }

    public HarContent Content { get; } = new(0, "");

    [System.Text.Json.Serialization.JsonPropertyName("redirectURL")]
    public string RedirectUrl => Headers.FirstOrDefault(header => string.Equals(header.Name, "Location", StringComparison.OrdinalIgnoreCase))?.Value ?? string.Empty;

    public int HeadersSize { get; } = -1;

    public int BodySize { get; } = -1;
}

internal sealed record HarContent(long Size, string MimeType);

using System.Collections.Concurrent;
using System.Globalization;
using AutoDetectSim.Certificates.Clients;
using AutoDetectSim.Protocols.Http;

namespace AutoDetectSim.Protocols.Aia;

/// <summary>
/// Downloads issuers' certificates and revocation lists as path builders do (RFC 5280 4.2.2.1, 4.2.1.13): plain HTTP, redirects to plain HTTP only, with bounds on time, type
/// and size. What was asked once is not asked again.
/// </summary>
internal sealed class AiaClient(IAiaTransport transport, TimeSpan timeout) : IIssuerSource
{
    /// <summary>
    /// Maximum size of a response in bytes, as in Chrome
    /// (https://chromium.googlesource.com/chromium/src/+/main/net/cert_net/cert_net_fetcher_url_request.cc); Windows takes 100,000.
    /// </summary>
    public const int MaximumSize = 64 * 1024;

    private const int MaximumRedirects = 5;

    private static readonly string[] Types =
    [
        "application/pkix-cert", "application/x-x509-ca-cert", "application/pkcs7-mime", "application/x-pkcs7-certificates", "application/x-pkcs7-mime",
        "application/pem-certificate-chain", "application/x-pem-file", "application/octet-stream", "binary/octet-stream", "text/plain",
    ];

    private static readonly string[] ListTypes = ["application/pkix-crl", "application/x-pkcs7-crl", "application/octet-stream", "binary/octet-stream", "text/plain"];

    private readonly ConcurrentDictionary<string, Task<IssuerDownload>> _done = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Task<ListDownload>> _lists = new(StringComparer.Ordinal);

    /// <summary>
    /// How long Windows (https://learn.microsoft.com/windows/win32/seccrypto/certificatestatus-urlretrievaltimeout) and Chrome (as above) give a
    /// download.
    /// </summary>
    public static TimeSpan UsualTimeout { get; } = TimeSpan.FromSeconds(15);

    public Task<IssuerDownload> DownloadAsync(string url, CancellationToken cancellationToken) =>
        _done.GetOrAdd(url, static (url, asked) => asked.Client.GetAsync(url, asked.Token), (Client: this, Token: cancellationToken));

    public Task<ListDownload> DownloadListAsync(string url, CancellationToken cancellationToken) =>
        _lists.GetOrAdd(url, static (url, asked) => asked.Client.GetListAsync(url, asked.Token), (Client: this, Token: cancellationToken));

    /// <summary>Whether a body of this type may hold certificates or a revocation list; servers that do not know the type of a file send it as text or as nothing.</summary>
    public static bool MayBeWanted(string? mediaType) => MayHold(Types, mediaType) || MayHold(ListTypes, mediaType);

    private async Task<IssuerDownload> GetAsync(string url, CancellationToken cancellationToken)
    {
        var (content, problem, elapsed) = await FetchAsync(url, Types, "a certificate", cancellationToken);
        return problem is null && AiaContent.Read(content) is { Count: > 0 } certificates
            ? new IssuerDownload(url, certificates, null, elapsed)
            : new IssuerDownload(url, [], problem ?? "the response is not a certificate", elapsed);
    }

    private async Task<ListDownload> GetListAsync(string url, CancellationToken cancellationToken)
    {
        var (content, problem, elapsed) = await FetchAsync(url, ListTypes, "a revocation list", cancellationToken);
        return new ListDownload(content, problem, elapsed);
    }

    private async Task<(ReadOnlyMemory<byte> Content, string? Problem, TimeSpan Elapsed)> FetchAsync(string url, string[] types, string what, CancellationToken cancellationToken)
    {
        if (!WebAddress.TryParse(url, out var uri) || !IsPlainHttp(uri))
        {
            return (default, "not an http URL", TimeSpan.Zero);
        }

        var elapsed = TimeSpan.Zero;
        for (var hop = 0; ; hop++)
        {
            var response = await transport.GetAsync(uri, timeout - elapsed, cancellationToken);
            elapsed += response.Elapsed;
            if (elapsed >= timeout || response.Problem == AiaResponse.NoAnswer)
            {
                return Failed(string.Create(CultureInfo.InvariantCulture, $"no answer within {timeout.TotalSeconds:0.#} s"));
            }

            if (response is { StatusCode: 301 or 302 or 303 or 307 or 308, Location: { } location })
            {
                if (!IsPlainHttp(location))
                {
                    return Failed($"redirect to {location.Scheme}, and only http is followed");
                }

                if (hop == MaximumRedirects)
                {
                    return Failed($"more than {MaximumRedirects} redirects");
                }

                uri = location;
                continue;
            }

            return ProblemOf(response, types, what) is { } problem ? Failed(problem) : (response.Body, null, elapsed);
        }

        (ReadOnlyMemory<byte> Content, string? Problem, TimeSpan Elapsed) Failed(string problem) => (default, problem, elapsed);
    }

    private static bool MayHold(string[] types, string? mediaType) => mediaType is null || types.Contains(mediaType, StringComparer.OrdinalIgnoreCase);

    private static string? ProblemOf(AiaResponse response, string[] types, string what) => response switch
    {
        { Problem: { } problem } => problem,
        { StatusCode: not 200 } => string.Create(CultureInfo.InvariantCulture, $"HTTP {response.StatusCode}"),
        _ when !MayHold(types, response.MediaType) => $"{response.MediaType} is not {what}",
        { Body.Length: > MaximumSize } => $"more than {MaximumSize / 1024} KB",
        _ => null,
    };

    private static bool IsPlainHttp(Uri uri) => uri is { IsAbsoluteUri: true } && uri.Scheme == Uri.UriSchemeHttp && uri.Host.Length > 0;
}

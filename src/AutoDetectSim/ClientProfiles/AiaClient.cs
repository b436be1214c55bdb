using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using AutoDetectSim.Certificates.Validation.Decoding;
using AutoDetectSim.Network;
using Org.BouncyCastle.Cms;

namespace AutoDetectSim.ClientProfiles;

/// <summary>
/// Downloads issuers' certificates over plain HTTP as path builders do (RFC 5280 4.2.2.1): one GET, no redirect, a DER certificate,
/// a PEM certificate or a PKCS#7 bundle, with bounds on time and size. What was asked once is not asked again.
/// </summary>
internal sealed class AiaClient(ITransportDialer dialer, TimeProvider time, TimeSpan timeout) : IIssuerSource
{
    /// <summary>Bytes that are read at the most; certificates have two thousand or so, bundles a few times that.</summary>
    private const int MaximumSize = 64 * 1024;

    /// <summary>Certificates of a bundle that are used at the most.</summary>
    private const int MaximumCertificates = 16;

    private static readonly string[] Types =
    [
        "application/pkix-cert", "application/x-x509-ca-cert", "application/pkcs7-mime", "application/x-pkcs7-certificates",
        "application/pem-certificate-chain", "application/x-pem-file", "application/octet-stream", "binary/octet-stream",
    ];

    private readonly ConcurrentDictionary<string, Task<IssuerDownload>> _done = new(StringComparer.Ordinal);

    public Task<IssuerDownload> DownloadAsync(string url, CancellationToken cancellationToken) =>
        _done.GetOrAdd(url, static (url, asked) => asked.Client.GetAsync(url, asked.Token), (Client: this, Token: cancellationToken));

    private async Task<IssuerDownload> GetAsync(string url, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme != Uri.UriSchemeHttp || uri.Host.Length == 0)
        {
            return Failed(url, "not an http URL");
        }

        using var budget = new CancellationTokenSource(timeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(budget.Token, cancellationToken);
        try
        {
            using var handler = new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                UseProxy = false,
                MaxResponseHeadersLength = 16,
                ActivityHeadersPropagator = null,
                ConnectCallback = async (_, token) => await dialer.DialAsync(uri.Host, uri.Port, token),
            };
            using var invoker = new HttpMessageInvoker(handler);
            using var request = new HttpRequestMessage(HttpMethod.Get, uri);
            request.Headers.ConnectionClose = true;
            using var response = await invoker.SendAsync(request, linked.Token);
            if (response.StatusCode != HttpStatusCode.OK)
            {
                return Failed(url, $"HTTP {(int)response.StatusCode}");
            }

            var type = response.Content.Headers.ContentType?.MediaType;
            if (type is not null && !Types.Contains(type, StringComparer.OrdinalIgnoreCase))
            {
                return Failed(url, $"{type} is no certificate");
            }

            return await ReadAsync(url, response, linked.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Failed(url, $"no answer within {timeout.TotalSeconds:0.#} s");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or SocketException)
        {
            return Failed(url, (exception.InnerException ?? exception).Message);
        }
    }

    private static async Task<IssuerDownload> ReadAsync(string url, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var buffer = new byte[MaximumSize + 1];
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        if (length > MaximumSize)
        {
            return Failed(url, $"more than {MaximumSize / 1024} KB");
        }

        var certificates = Read(buffer.AsMemory(0, length));
        return certificates.Count == 0 ? Failed(url, "what came is no certificate") : new IssuerDownload(url, certificates, null);
    }

    private static IReadOnlyList<ReadOnlyMemory<byte>> Read(ReadOnlyMemory<byte> content)
    {
        if (IsCertificate(content))
        {
            return [content.ToArray()];
        }

        var text = System.Text.Encoding.Latin1.GetString(content.Span);
        if (PemEncoding.TryFind(text, out var block))
        {
            content = Convert.FromBase64String(text[block.Base64Data]);
            if (IsCertificate(content))
            {
                return [content];
            }
        }

        try
        {
            return [.. new CmsSignedData(content.ToArray()).GetCertificates().EnumerateMatches(null)
                .Take(MaximumCertificates)
                .Select(certificate => (ReadOnlyMemory<byte>)certificate.GetEncoded())
                .Where(IsCertificate)];
        }
        catch (Exception exception) when (exception is CmsException or IOException or ArgumentException or InvalidCastException or NullReferenceException or InvalidOperationException)
        {
            // The bundle's decoder has no one type of exception for hostile input.
            return [];
        }
    }

    private static bool IsCertificate(ReadOnlyMemory<byte> der) =>
        DecodedCertificate.TryDecode(der, out var consumed, out _) is not null && consumed == der.Length;

    private static IssuerDownload Failed(string url, string problem) => new(url, [], problem);
}

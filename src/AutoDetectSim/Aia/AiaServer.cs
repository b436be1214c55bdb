using System.Globalization;
using System.Net;
using System.Text;
using AutoDetectSim.Certificates.Issuance;
using AutoDetectSim.Network;
using AutoDetectSim.Scenarios;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace AutoDetectSim.Aia;

/// <summary>Answers for the certificates and revocation lists of the lab's authorities as the scenario says. Clients that do not wait receive the time instead.</summary>
internal sealed class AiaServer(AiaServerDefinition definition, LabPki pki, TimeProvider time)
{
    private const string CertificateType = "application/pkix-cert";
    private const int LargeBody = 1024 * 1024;

    /// <summary>The maximum duration of an endless response.</summary>
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromMinutes(2);

    private static readonly byte[] Page = Encoding.UTF8.GetBytes(
        "<!DOCTYPE html><html><head><title>Internet access</title></head><body><h1>Please sign in</h1><p>Accept the terms of use to go on.</p></body></html>");

    private readonly Dictionary<string, string> _urls = pki.AiaUrls.Concat(pki.CrlUrls)
        .Where(url => Uri.TryCreate(url, UriKind.Absolute, out _))
        .DistinctBy(Canonical, StringComparer.OrdinalIgnoreCase)
        .ToDictionary(Canonical, url => url, StringComparer.OrdinalIgnoreCase);

    /// <summary>The server's locations according to the certificates: names by port, and each address.</summary>
    public IReadOnlyList<AiaPlace> Places { get; } =
    [
        .. pki.AiaUrls.Concat(pki.CrlUrls).Select(url => new Uri(url))
            .GroupBy(url => (Address: IPAddress.TryParse(url.Host, out var address) ? address : null, url.Port))
            .Select(group => new AiaPlace(group.Key.Address, group.Key.Port, [.. group.Select(url => url.Host).Distinct(StringComparer.OrdinalIgnoreCase)])),
    ];

    /// <summary>Whether nothing can be downloaded, which makes the server refuse connections.</summary>
    public bool IsOff { get; } = definition.Answer == AiaAnswer.Off && definition.Authorities.All(authority => authority.Answer == AiaAnswer.Off);

    /// <summary>Answers one request.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        var url = _urls.GetValueOrDefault(Asked(context.Request), "");
        if (pki.TryGetByAiaUrl(url, out var certificate))
        {
            await AnswerAsync(context, certificate, definition.For(certificate.Name));
        }
        else if (pki.TryGetRevocationList(url, out var list))
        {
            await SendAsync(context, "application/pkix-crl", list);
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
    }

    private async Task AnswerAsync(HttpContext context, IssuedCertificate certificate, AiaAuthorityDefinition authority)
    {
        switch (authority.Answer)
        {
            case AiaAnswer.Off:
                context.Abort();
                return;
            case AiaAnswer.Slow:
                await WaitAsync(context, authority.Delay ?? definition.Delay);
                await SendAsync(context, CertificateType, certificate.Der);
                return;
            case AiaAnswer.WrongCertificate:
                await SendAsync(context, CertificateType, pki.Get($"{certificate.Name} (other key)").Der);
                return;
            case AiaAnswer.WrongType:
                await SendAsync(context, "text/html; charset=utf-8", Page);
                return;
            case AiaAnswer.Damaged:
                await SendAsync(context, CertificateType, certificate.Der[..(certificate.Der.Length / 2)]);
                return;
            case AiaAnswer.TooLarge:
                await SendAsync(context, CertificateType, new byte[LargeBody]);
                return;
            case AiaAnswer.Endless:
                await DripAsync(context, certificate.Der);
                return;
            case AiaAnswer.HttpError:
                context.Response.StatusCode = authority.Status ?? definition.Status;
                return;
            case AiaAnswer.RedirectLoop:
                context.Response.Redirect(pki.AiaUrlOf(certificate.Name)!);
                return;
            default:
                await SendAsync(context, CertificateType, certificate.Der);
                return;
        }
    }

    /// <summary>What a client asked for, straight or through the gateway.</summary>
    private static string Asked(HttpRequest request)
    {
        var target = request.HttpContext.Features.Get<IHttpRequestFeature>()!.RawTarget;
        var url = target.StartsWith('/') ? $"http://{request.Host.Value}{target}" : target;
        return Uri.TryCreate(url, UriKind.Absolute, out _) ? Canonical(url) : "";
    }

    private static string Canonical(string url) => new Uri(url).GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped);

    private Task WaitAsync(HttpContext context, TimeSpan delay)
    {
        if (context.Features.Get<LabConnection>() is { IsSimulated: true } connection)
        {
            connection.AddWait(delay);
            return Task.CompletedTask;
        }

        return Task.Delay(delay, time, context.RequestAborted);
    }

    private async Task DripAsync(HttpContext context, ReadOnlyMemory<byte> content)
    {
        var connection = context.Features.Get<LabConnection>();
        context.Response.ContentType = CertificateType;
        var started = time.GetTimestamp();
        for (var sent = 0; time.GetElapsedTime(started) < LongestAnswer; sent++)
        {
            await context.Response.Body.WriteAsync(content.Slice(sent % content.Length, 1), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            if (connection is { IsSimulated: true })
            {
                connection.Stall();
            }

            await Task.Delay(TimeSpan.FromSeconds(1), time, context.RequestAborted);
        }

        context.Abort();
    }

    private static async Task SendAsync(HttpContext context, string type, ReadOnlyMemory<byte> content)
    {
        context.Response.ContentType = type;
        context.Response.ContentLength = content.Length;
        await context.Response.Body.WriteAsync(content, context.RequestAborted);
    }
}

/// <summary>A location of the AIA server.</summary>
/// <param name="Address">The address that certificates name, or null where they name hosts.</param>
/// <param name="Port">The port.</param>
/// <param name="Hosts">The hosts, or the address as text.</param>
internal sealed record AiaPlace(IPAddress? Address, int Port, IReadOnlyList<string> Hosts)
{
    /// <summary>The name of its virtual IP: <c>aia</c>, with what is unusual about the place behind it.</summary>
    public string Name => string.Join('-', new[] { "aia", Address?.ToString(), Port == 80 ? null : Port.ToString(CultureInfo.InvariantCulture) }.OfType<string>());
}

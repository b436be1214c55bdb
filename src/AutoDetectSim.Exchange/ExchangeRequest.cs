using System.Text;
using AutoDetectSim.Exchange.Connections;
using AutoDetectSim.Exchange.Organizations;
using AutoDetectSim.Network.Journal;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace AutoDetectSim.Exchange;

/// <summary>One request to an Exchange server, with what every interface needs to know about it.</summary>
internal sealed class ExchangeRequest
{
    /// <summary>The largest body that is read, in bytes.</summary>
    public const int MaximumBodySize = 256 * 1024;

    public ExchangeRequest(HttpContext context, ExchangeNode node, ReadOnlyMemory<byte>? serverCertificate = null)
    {
        Context = context;
        Node = node;
        ServerCertificate = serverCertificate;
        Connection = node.Connections.For(context);
        Path = context.Request.Path.Value ?? "/";
        Host = context.Request.Host.Host;
        Authorization = RequestAuthorization.Read(context.Request.Headers.Authorization);
    }

    /// <summary>The request as ASP.NET Core has it.</summary>
    public HttpContext Context { get; }

    /// <summary>What it leaves in the server's logs.</summary>
    public ServerTrace Trace { get; } = new();

    /// <summary>The server that answers.</summary>
    public ExchangeNode Node { get; }

    /// <summary>The certificate of the TLS connection that the server itself has, which is not the client's if a proxy terminates TLS; null without TLS.</summary>
    public ReadOnlyMemory<byte>? ServerCertificate { get; }

    /// <summary>The connection on which the request arrives at the server.</summary>
    public ConnectionLogon Connection { get; }

    /// <summary>The decoded path; Exchange compares paths without regard to case.</summary>
    public string Path { get; }

    /// <summary>The host name that the client asked for, without port; empty when it sent none.</summary>
    public string Host { get; }

    /// <summary>What the client says about who it is.</summary>
    public RequestAuthorization Authorization { get; }

    /// <summary>Whether the path is that of <paramref name="folder"/> or below it.</summary>
    public bool IsBelow(string folder) =>
        Path.StartsWith(folder, StringComparison.OrdinalIgnoreCase) && (Path.Length == folder.Length || Path[folder.Length] == '/');

    /// <summary>The whole body, once <see cref="TryReadBodyAsync"/> has read it.</summary>
    public ReadOnlyMemory<byte> Body { get; private set; }

    /// <summary>
    /// Reads the body and makes it readable again for later handlers. A body that is malformed or larger than
    /// <see cref="MaximumBodySize"/> is answered with its 4xx, and the result is false.
    /// </summary>
    public async ValueTask<bool> TryReadBodyAsync()
    {
        try
        {
            Body = await ReadBodyAsync();
            return true;
        }
        catch (BadHttpRequestException exception)
        {
            Context.Response.StatusCode = exception.StatusCode;
            // What is left of the body is not worth reading.
            Context.Response.Headers.Connection = "close";
            return false;
        }
    }

    private async Task<ReadOnlyMemory<byte>> ReadBodyAsync()
    {
        var http = Context.Request;
        if (Context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false })
        {
            return default;
        }

        if (http.ContentLength > MaximumBodySize)
        {
            throw TooLarge();
        }

        var buffer = new MemoryStream();
        var part = new byte[8192];
        while (await http.Body.ReadAsync(part, Context.RequestAborted) is > 0 and var length)
        {
            if (buffer.Length + length > MaximumBodySize)
            {
                throw TooLarge();
            }

            buffer.Write(part, 0, length);
        }

        buffer.Position = 0;
        http.Body = buffer;
        return buffer.ToArray();
    }

    private static BadHttpRequestException TooLarge() => new("The request body is too large.", StatusCodes.Status413PayloadTooLarge);

    /// <summary>The first value of a query parameter, its name compared without regard to case; null when it is absent.</summary>
    public string? Query(string name) => Context.Request.Query.TryGetValue(name, out var values) ? values[0] : null;
}

/// <summary>The scheme and credentials of an Authorization header.</summary>
internal sealed record RequestAuthorization
{
    private static readonly string[] IntegratedSchemes = ["NTLM", "Negotiate"];

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The scheme as written, or the empty string.</summary>
    public string Scheme { get; private init; } = "";

    /// <summary>User name of Basic credentials, or null.</summary>
    public string? UserName { get; private init; }

    /// <summary>Password of Basic credentials, or null.</summary>
    public string? Password { get; private init; }

    /// <summary>The Bearer token; empty for the empty bearer of a challenge ([HMAEAS]), null when there is no Bearer.</summary>
    public string? Token { get; private init; }

    /// <summary>The bytes after NTLM or Negotiate, or null.</summary>
    public ReadOnlyMemory<byte>? SecurityToken { get; private init; }

    /// <summary>Whether the scheme is Negotiate, which wraps what it carries.</summary>
    public bool IsNegotiate => Scheme is "Negotiate";

    /// <summary>Whether the client sent a Bearer without a token, to learn where to get one.</summary>
    public bool IsEmptyBearer => Token is "";

    /// <summary>Reads the header; whatever cannot be read counts as no credentials.</summary>
    public static RequestAuthorization Read(string? header)
    {
        var text = header?.Trim() ?? "";
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        var scheme = space < 0 ? text : text[..space];
        var rest = space < 0 ? "" : text[(space + 1)..].Trim();
        if (string.Equals(scheme, "Bearer", StringComparison.OrdinalIgnoreCase))
        {
            return new RequestAuthorization { Scheme = scheme, Token = rest };
        }

        if (Array.Find(IntegratedSchemes, known => string.Equals(scheme, known, StringComparison.OrdinalIgnoreCase)) is { } integrated)
        {
            return new RequestAuthorization { Scheme = integrated, SecurityToken = DecodeBase64(rest) };
        }

        if (string.Equals(scheme, "Basic", StringComparison.OrdinalIgnoreCase) && DecodeBasic(rest) is { } decoded)
        {
            var colon = decoded.IndexOf(':', StringComparison.Ordinal);
            return new RequestAuthorization
            {
                Scheme = scheme,
                UserName = colon < 0 ? decoded : decoded[..colon],
                Password = colon < 0 ? null : decoded[(colon + 1)..],
            };
        }

        return new RequestAuthorization { Scheme = scheme };
    }

    private static string? DecodeBasic(string text)
    {
        try
        {
            return DecodeBase64(text) is { } bytes ? StrictUtf8.GetString(bytes.Span) : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static ReadOnlyMemory<byte>? DecodeBase64(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? bytes.AsMemory(0, length) : null;
    }
}

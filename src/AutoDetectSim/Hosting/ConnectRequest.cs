using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core.Internal.Http;
using BadHttpRequestException = Microsoft.AspNetCore.Http.BadHttpRequestException;

namespace AutoDetectSim.Hosting;

/// <summary>A CONNECT request (RFC 9110 9.3.6), read with Kestrel's parser.</summary>
internal sealed record ConnectRequest(string Host, int Port, IPAddress? Source)
{
    // RFC 9110 5.6.2.
    private static readonly SearchValues<byte> TokenCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    /// <summary>
    /// Reads a request head. Returns false while the head is not complete. A head that is complete and wrong gives true and
    /// no request.
    /// </summary>
    public static bool TryParse(ReadOnlySequence<byte> buffer, out ConnectRequest? request, out SequencePosition consumed)
    {
        request = null;
        var reader = new SequenceReader<byte>(buffer);
        consumed = buffer.Start;
        var handler = new Handler();
        try
        {
            var parser = new HttpParser<Handler>();
            if (!parser.ParseRequestLine(handler, ref reader) || !parser.ParseHeaders(handler, ref reader))
            {
                return false;
            }
        }
        catch (BadHttpRequestException)
        {
            consumed = buffer.End;
            return true;
        }

        consumed = reader.Position;
        if (!handler.IsMalformed && TryParseAuthority(handler.Target, out var host, out var port))
        {
            request = new ConnectRequest(host, port, Gateway.SourceAddress(handler.ProxyAuthorization));
        }

        return true;
    }

    private static bool TryParseAuthority(string authority, [NotNullWhen(true)] out string? host, out int port)
    {
        var colon = authority.LastIndexOf(':');
        host = null;
        port = 0;
        if (colon <= 0
            || !int.TryParse(authority.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port)
            || port is < 1 or > 65535)
        {
            return false;
        }

        host = authority[..colon].Trim('[', ']');
        return Uri.CheckHostName(host) != UriHostNameType.Unknown;
    }

    private sealed class Handler : IHttpRequestLineHandler, IHttpHeadersHandler
    {
        public string Target { get; private set; } = "";

        public string ProxyAuthorization { get; private set; } = "";

        /// <summary>Whether a header name is not a token; the parser leaves that to its caller.</summary>
        public bool IsMalformed { get; private set; }

        public void OnStartLine(HttpVersionAndMethod versionAndMethod, TargetOffsetPathLength targetPath, Span<byte> startLine) =>
            Target = Encoding.Latin1.GetString(startLine[targetPath.Offset..]).Split(' ')[0];

        public void OnHeader(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
        {
            IsMalformed |= name.ContainsAnyExcept(TokenCharacters);
            if (Encoding.Latin1.GetString(name).Equals("Proxy-Authorization", StringComparison.OrdinalIgnoreCase))
            {
                ProxyAuthorization = Encoding.Latin1.GetString(value);
            }
        }

        public void OnHeadersComplete(bool endStream)
        {
        }

        public void OnStaticIndexedHeader(int index)
        {
        }

        public void OnStaticIndexedHeader(int index, ReadOnlySpan<byte> value)
        {
        }
    }
}

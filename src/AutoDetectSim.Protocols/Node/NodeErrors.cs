using System.Collections.Frozen;
using System.Globalization;
using AutoDetectSim.Certificates.Validation;
using AutoDetectSim.Certificates.Validation.Diagnosis;
using AutoDetectSim.Tls;

namespace AutoDetectSim.Protocols.Node;

/// <summary>
/// Every code that a Node.js client, and so X-AutoDv2-Error, can give, and no other ([NODE20]). The codes of certificates are
/// those of <see cref="ValidationCode"/>, the codes of TLS alerts those of <see cref="OfAlert"/>; all others are constants here.
/// </summary>
internal static class NodeErrors
{
    /// <summary>Given instead of a code where nothing failed; not one of <see cref="All"/>.</summary>
    public const string Ok = ValidationCodes.OkName;

    /// <summary>A host outside the lab was asked for through the lab's gateway.</summary>
    public const string AccessDenied = "EACCES";

    /// <summary>The chosen source address does not belong to this machine.</summary>
    public const string AddressNotAvailable = "EADDRNOTAVAIL";

    /// <summary>The name server failed or did not answer.</summary>
    public const string NameServerFailure = "EAI_AGAIN";

    /// <summary>The port is closed.</summary>
    public const string ConnectionRefused = "ECONNREFUSED";

    /// <summary>The connection ended too early.</summary>
    public const string ConnectionReset = "ECONNRESET";

    /// <summary>No route to the host.</summary>
    public const string HostUnreachable = "EHOSTUNREACH";

    /// <summary>No route to the network.</summary>
    public const string NetworkUnreachable = "ENETUNREACH";

    /// <summary>The name has no address.</summary>
    public const string NameNotFound = "ENOTFOUND";

    /// <summary>The TLS handshake failed.</summary>
    public const string ProtocolError = "EPROTO";

    /// <summary>The request ran out of time.</summary>
    public const string TimedOut = "ETIMEDOUT";

    /// <summary>ActiveSync's 401 has no authorization_uri ([RUSTEAS]).</summary>
    public const string MissingAuthorizationUrl = "missing authorization URL";

    /// <summary>An answer of the 400 range where AutoDiscover's or ActiveSync's was expected.</summary>
    public const string BadRequest = "ERR_BAD_REQUEST";

    /// <summary>An answer of another range than 200 and 400, or one that cannot be read.</summary>
    public const string BadResponse = "ERR_BAD_RESPONSE";

    /// <summary>More redirects than AutoDetect follows.</summary>
    public const string TooManyRedirects = "ERR_FR_TOO_MANY_REDIRECTS";

    /// <summary>An address that cannot be used as an https URL.</summary>
    public const string InvalidUrl = "ERR_INVALID_URL";

    /// <summary>An address that is not https.</summary>
    public const string InvalidProtocol = "ERR_INVALID_PROTOCOL";

    /// <summary>llhttp: the answer is not HTTP.</summary>
    public const string HttpInvalidConstant = "HPE_INVALID_CONSTANT";

    /// <summary>llhttp: the status line has no valid version.</summary>
    public const string HttpInvalidVersion = "HPE_INVALID_VERSION";

    /// <summary>llhttp: the status is not three digits.</summary>
    public const string HttpInvalidStatus = "HPE_INVALID_STATUS";

    /// <summary>llhttp: a header holds a forbidden character.</summary>
    public const string HttpInvalidHeaderToken = "HPE_INVALID_HEADER_TOKEN";

    /// <summary>llhttp: a space precedes the first header.</summary>
    public const string HttpUnexpectedSpace = "HPE_UNEXPECTED_SPACE";

    /// <summary>llhttp: the head is too long.</summary>
    public const string HttpHeaderOverflow = "HPE_HEADER_OVERFLOW";

    /// <summary>llhttp: Content-Length cannot be used.</summary>
    public const string HttpInvalidContentLength = "HPE_INVALID_CONTENT_LENGTH";

    /// <summary>llhttp: Content-Length is there twice.</summary>
    public const string HttpUnexpectedContentLength = "HPE_UNEXPECTED_CONTENT_LENGTH";

    /// <summary>llhttp: Transfer-Encoding beside Content-Length.</summary>
    public const string HttpInvalidTransferEncoding = "HPE_INVALID_TRANSFER_ENCODING";

    /// <summary>llhttp: the size of a chunk is missing or impossible.</summary>
    public const string HttpInvalidChunkSize = "HPE_INVALID_CHUNK_SIZE";

    /// <summary>llhttp: the chunk extensions are too long.</summary>
    public const string HttpChunkExtensionsOverflow = "HPE_CHUNK_EXTENSIONS_OVERFLOW";

    /// <summary>llhttp: a line ends with LF alone.</summary>
    public const string HttpCrExpected = "HPE_CR_EXPECTED";

    /// <summary>llhttp: a CR without LF in a header.</summary>
    public const string HttpLfExpected = "HPE_LF_EXPECTED";

    /// <summary>llhttp: a CR, a chunk or a chunk extension breaks the rules.</summary>
    public const string HttpStrict = "HPE_STRICT";

    /// <summary>llhttp: bytes follow after an answer that ends the connection.</summary>
    public const string HttpClosedConnection = "HPE_CLOSED_CONNECTION";

    private static readonly Dictionary<string, string> NetworkAndService = new(StringComparer.Ordinal)
    {
        [AccessDenied] = "The lab's gateway connects to hosts of the lab only.",
        [AddressNotAvailable] = "The source address does not belong to this machine.",
        [NameServerFailure] = "The DNS server of the domain did not answer properly.",
        [ConnectionRefused] = "The host refuses connections on its port.",
        [ConnectionReset] = "The host, or something in front of it, broke the connection.",
        [HostUnreachable] = "There is no route to the host.",
        [NetworkUnreachable] = "There is no route to the network of the host.",
        [NameNotFound] = "The host has no DNS record.",
        [ProtocolError] = "The TLS handshake failed before certificates were judged: no common protocol version, an alert, or no TLS at all.",
        [TimedOut] = "The host did not answer in time.",
        [MissingAuthorizationUrl] = "ActiveSync answered the empty Bearer challenge without authorization_uri.",
        [BadRequest] = "The server answered with a status of the 400 range where AutoDiscover's answer or ActiveSync's challenge was expected.",
        [BadResponse] = "The server answered with something that is neither AutoDiscover's answer nor ActiveSync's challenge.",
        [TooManyRedirects] = "AutoDiscover redirects without end.",
        [InvalidUrl] = "AutoDiscover gave an ActiveSync address, or a redirect, that is not a valid https URL.",
        [InvalidProtocol] = "AutoDiscover gave an ActiveSync address, or a redirect, that is not https.",
    };

    private static readonly Dictionary<string, string> HttpParser = new(StringComparer.Ordinal)
    {
        [HttpInvalidConstant] = "The server's answer is not HTTP, or goes on after its end.",
        [HttpInvalidVersion] = "The server's answer has a status line without a version of HTTP.",
        [HttpInvalidStatus] = "The server's answer has a status that is not three digits.",
        [HttpInvalidHeaderToken] = "The server's answer has a header with a forbidden character: a space in front of the colon, or a control character.",
        [HttpUnexpectedSpace] = "The server's answer has a space in front of its first header.",
        [HttpHeaderOverflow] = "The server's answer has more than 16 KB of headers.",
        [HttpInvalidContentLength] = "The server's answer has a Content-Length that is not a number, or one beside Transfer-Encoding.",
        [HttpUnexpectedContentLength] = "The server's answer has two Content-Length headers.",
        [HttpInvalidTransferEncoding] = "The server's answer has both Content-Length and Transfer-Encoding.",
        [HttpInvalidChunkSize] = "The server's answer has a chunk without a valid size.",
        [HttpChunkExtensionsOverflow] = "The server's answer has more than 16 KB of chunk extensions.",
        [HttpCrExpected] = "The server's answer ends lines with LF alone instead of CR LF.",
        [HttpLfExpected] = "The server's answer has a CR without LF in a header.",
        [HttpStrict] = "The server's answer has a CR without LF, or a chunk that is longer than its size.",
        [HttpClosedConnection] = "The server's answer goes on after its end, although it said Connection: close.",
    };

    private static readonly FrozenDictionary<string, string> Table = Certificates()
        .Concat(Enum.GetValues<TlsAlertDescription>().Where(alert => alert != TlsAlertDescription.CloseNotify).Select(alert => KeyValuePair.Create(OfAlert(alert), $"The server ended the connection with the TLS alert {alert.ToRfcName()}.")))
        .Concat(NetworkAndService).Concat(HttpParser)
        .ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Every code, in ordinal order.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Table.Keys.Order(StringComparer.Ordinal)];

    /// <summary>What a code means, in one sentence.</summary>
    /// <returns>Null for a text that is not one of <see cref="All"/>.</returns>
    public static string? Describe(string code) => Table.GetValueOrDefault(code);

    /// <summary>Whether llhttp, Node's HTTP parser, refused the answer.</summary>
    public static bool IsOfHttpParser(string code) => HttpParser.ContainsKey(code);

    /// <summary>The code of an HTTP status that is not the expected one.</summary>
    public static string OfStatus(int status) => status is >= 400 and < 500 ? BadRequest : BadResponse;

    /// <summary>
    /// The code of an alert that comes once the client's handshake is over: OpenSSL's reason in capitals, where it is
    /// <see cref="ProtocolError"/> during the handshake, and for a number that is not registered.
    /// </summary>
    public static string OfAlert(TlsAlertDescription alert)
    {
        if (alert == TlsAlertDescription.CloseNotify)
        {
            return ConnectionReset;
        }

        if (!Enum.IsDefined(alert))
        {
            return ProtocolError;
        }

        // OpenSSL names an alert after the protocol version that brought it, and writes one of them in another way than the RFC.
        var version = (int)alert switch
        {
            10 or 20 or 30 or (>= 40 and <= 47) => "SSLV3_ALERT_",
            109 or 116 => "TLSV13_ALERT_",
            >= 110 and <= 114 => "TLSV1_",
            _ => "TLSV1_ALERT_",
        };
        var name = alert == TlsAlertDescription.UserCanceled ? "USER_CANCELLED" : alert.ToRfcName().ToUpper(CultureInfo.InvariantCulture);
        return "ERR_SSL_" + version + name;
    }

    private static IEnumerable<KeyValuePair<string, string>> Certificates() => Enum.GetValues<ValidationCode>()
        .Where(code => code != ValidationCode.Ok)
        .Select(code => code.NodeName())
        .Distinct(StringComparer.Ordinal)
        .Select(name => KeyValuePair.Create(name, ExplanationWriter.Brief(ValidationCodes.FromNodeName(name)!.Value)));
}

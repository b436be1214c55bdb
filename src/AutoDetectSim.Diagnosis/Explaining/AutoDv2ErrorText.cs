namespace AutoDetectSim.Diagnosis.Explaining;

/// <summary>Says what a value of X-AutoDv2-Error means.</summary>
internal static class AutoDv2ErrorText
{
    public static string Of(string code) => code switch
    {
        "ENOTFOUND" => "The AutoDiscover host has no DNS record.",
        "EAI_AGAIN" => "The DNS server of the domain did not answer properly.",
        "ECONNREFUSED" => "The host refuses connections on its port.",
        "ECONNRESET" => "The host, or something in front of it, broke the connection.",
        "ETIMEDOUT" => "The host did not answer in time: a firewall that does not let AutoDetect's addresses in looks like this.",
        "EPROTO" => "The TLS handshake failed before certificates were judged: no common protocol version, an alert, or no TLS at all.",
        "missing authorization URL" => "ActiveSync answered the empty Bearer challenge without authorization_uri: hybrid modern authentication is not offered there.",
        "UNABLE_TO_VERIFY_LEAF_SIGNATURE" => "The server presented its own certificate and no intermediate that issued it. AutoDetect keeps no intermediates and fetches none.",
        "UNABLE_TO_GET_ISSUER_CERT_LOCALLY" => "The server presented intermediates, but they lead to no authority that AutoDetect trusts.",
        "SELF_SIGNED_CERT_IN_CHAIN" => "The server presented a root that AutoDetect does not trust.",
        "DEPTH_ZERO_SELF_SIGNED_CERT" => "The server's certificate is self-signed.",
        "CERT_HAS_EXPIRED" => "The server's certificate, or one above it, has expired.",
        "CERT_NOT_YET_VALID" => "The server's certificate, or one above it, is not valid yet.",
        "ERR_TLS_CERT_ALTNAME_INVALID" => "The server's certificate is for other host names.",
        "ERR_BAD_REQUEST" => "The server answered with a status of the 400 range where AutoDiscover's answer or ActiveSync's challenge was expected.",
        "ERR_BAD_RESPONSE" => "The server answered with something that is neither AutoDiscover's answer nor ActiveSync's challenge.",
        "ERR_FR_TOO_MANY_REDIRECTS" => "AutoDiscover redirects without an end.",
        "ERR_INVALID_URL" or "ERR_INVALID_PROTOCOL" => "AutoDiscover gave an ActiveSync address, or a redirect, that is no https address.",
        "HPE_INVALID_CONSTANT" => "The server's answer is no HTTP, or goes on after its end.",
        "HPE_INVALID_VERSION" => "The server's answer has a status line without a version of HTTP.",
        "HPE_INVALID_STATUS" => "The server's answer has a status that is not three digits.",
        "HPE_CR_EXPECTED" => "The server's answer ends lines with LF alone instead of CR LF.",
        "HPE_LF_EXPECTED" or "HPE_STRICT" => "The server's answer has a CR without LF, or a chunk that is longer than its size.",
        "HPE_INVALID_HEADER_TOKEN" => "The server's answer has a header with a character that may not be there: a space in front of the colon, a control character.",
        "HPE_UNEXPECTED_SPACE" => "The server's answer has a space in front of its first header.",
        "HPE_HEADER_OVERFLOW" => "The server's answer has more than 16 KB of headers.",
        "HPE_INVALID_CONTENT_LENGTH" => "The server's answer has a Content-Length that is no number, or one beside Transfer-Encoding.",
        "HPE_UNEXPECTED_CONTENT_LENGTH" => "The server's answer has two Content-Length headers.",
        "HPE_INVALID_TRANSFER_ENCODING" => "The server's answer has both Content-Length and Transfer-Encoding.",
        "HPE_INVALID_CHUNK_SIZE" => "The server's answer has a chunk without a size.",
        "HPE_CHUNK_EXTENSIONS_OVERFLOW" => "The server's answer has more than 16 KB of chunk extensions.",
        "HPE_CLOSED_CONNECTION" => "The server's answer goes on after its end, although it said Connection: close.",
        _ when code.StartsWith("HPE_", StringComparison.Ordinal) => $"The server's answer is not the HTTP that Node.js accepts ({code}).",
        _ => $"The step failed with {code}, as Node.js calls it.",
    };
}

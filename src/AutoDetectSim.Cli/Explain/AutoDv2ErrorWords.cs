namespace AutoDetectSim.Cli.Explain;

/// <summary>Says what a value of X-AutoDv2-Error means.</summary>
internal static class AutoDv2ErrorWords
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
        _ when code.StartsWith("HPE_", StringComparison.Ordinal) => $"The server's answer is not HTTP ({code}).",
        _ => $"The step failed with {code}, as Node.js calls it.",
    };
}

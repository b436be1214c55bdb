namespace AutoDetectSim.Protocols.Node;

/// <summary>
/// Values of X-AutoDv2-Error for faults above TLS. Faults of the network and of certificates have the codes of
/// <see cref="NodeError"/>.
/// </summary>
internal static class AutoDetectErrors
{
    /// <summary>ActiveSync's 401 has no authorization_uri ([RUSTEAS]).</summary>
    public const string MissingAuthorizationUrl = "missing authorization URL";

    /// <summary>An answer of the 400 range where AutoDiscover's or ActiveSync's was expected.</summary>
    public const string BadRequest = "ERR_BAD_REQUEST";

    /// <summary>An answer of another range than 200 and 400, or one that cannot be read.</summary>
    public const string BadResponse = "ERR_BAD_RESPONSE";

    /// <summary>More redirects than AutoDetect follows.</summary>
    public const string TooManyRedirects = "ERR_FR_TOO_MANY_REDIRECTS";

    /// <summary>An address that is not an absolute URL.</summary>
    public const string InvalidUrl = "ERR_INVALID_URL";

    /// <summary>An address that is not https.</summary>
    public const string InvalidProtocol = "ERR_INVALID_PROTOCOL";

    /// <summary>The code of an HTTP status that is not the expected one.</summary>
    public static string OfStatus(int status) => status is >= 400 and < 500 ? BadRequest : BadResponse;
}

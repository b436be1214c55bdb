namespace AutoDetectSim.Protocols.Http;

/// <summary>Makes the HTTP handlers of calls to a server whose address is known: they go there and nowhere else.</summary>
internal static class PlainHandler
{
    private const int MaximumHeadKilobytes = 64;

    /// <summary>A handler that follows no redirect, uses no proxy of the environment and keeps no cookies.</summary>
    public static SocketsHttpHandler Create() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        MaxResponseHeadersLength = MaximumHeadKilobytes,
        ActivityHeadersPropagator = null,
    };
}

namespace AutoDetectSim.Hosting;

/// <summary>The environment variables by which programs of many languages find a proxy and the roots that they trust.</summary>
internal static class ProgramVariables
{
    /// <summary>Names of the variables with the URL of the proxy.</summary>
    public static IReadOnlyList<string> Proxy { get; } = ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"];

    /// <summary>Names of the variables with the hosts that are reached without the proxy.</summary>
    public static IReadOnlyList<string> Exemptions { get; } = ["NO_PROXY", "no_proxy"];

    /// <summary>Names of the variables with a PEM file of roots: for OpenSSL, Go and .NET on Linux; curl; Node.js; Python's requests; Deno.</summary>
    public static IReadOnlyList<string> Roots { get; } = ["SSL_CERT_FILE", "CURL_CA_BUNDLE", "NODE_EXTRA_CA_CERTS", "REQUESTS_CA_BUNDLE", "DENO_CERT"];

    /// <summary>The variable that makes Node.js 24 and later follow the proxy's, with the value 1.</summary>
    public const string NodeProxy = "NODE_USE_ENV_PROXY";
}

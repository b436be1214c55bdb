namespace AutoDetectSim.Testing.Transport;

/// <summary>The environment variables by which programs of many languages find a lab, and trust its roots.</summary>
internal static class ToolVariables
{
    private static readonly string[] ProxyVariables = ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"];

    // OpenSSL, Go and .NET on Linux; curl; Node.js; Python's requests; Deno.
    private static readonly string[] RootVariables = ["SSL_CERT_FILE", "CURL_CA_BUNDLE", "NODE_EXTRA_CA_CERTS", "REQUESTS_CA_BUNDLE", "DENO_CERT"];

    public static IReadOnlyDictionary<string, string> Of(Lab lab, string rootFile)
    {
        var gateway = lab.Gateway.GetLeftPart(UriPartial.Authority);
        var variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["NO_PROXY"] = "",
            ["no_proxy"] = "",

            // Node.js 24 and later follow HTTPS_PROXY when they are asked to.
            ["NODE_USE_ENV_PROXY"] = "1",
            ["AUTODETECTSIM_GATEWAY"] = gateway,
            ["AUTODETECTSIM_ROOT"] = rootFile,
            ["AUTODETECTSIM_DETECT_URL"] = lab.DetectUrl.ToString(),
            ["AUTODETECTSIM_SCENARIO"] = lab.Scenario.Name,
        };
        foreach (var name in ProxyVariables)
        {
            variables[name] = gateway;
        }

        foreach (var name in RootVariables)
        {
            variables[name] = rootFile;
        }

        return variables;
    }
}

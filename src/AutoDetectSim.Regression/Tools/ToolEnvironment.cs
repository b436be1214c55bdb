using AutoDetectSim.Hosting;
using AutoDetectSim.Regression.Adapters;

namespace AutoDetectSim.Regression.Tools;

/// <summary>The environment variables by which programs of many languages find a lab, and trust its roots.</summary>
internal static class ToolEnvironment
{
    private const string JavaOptions = "JAVA_TOOL_OPTIONS";

    private static readonly string[] JavaSchemes = ["https", "http"];

    /// <summary>The variables of one run; null for one that is taken away.</summary>
    /// <param name="adapter">How the tool reaches the lab, and what variables it asks for itself.</param>
    /// <param name="placeholders">The lab's values.</param>
    /// <param name="emptyFolder">A folder without certificates: OpenSSL then uses only those of the root file.</param>
    /// <exception cref="PlaceholderException">A variable of the adapter needs what the lab has not.</exception>
    public static IReadOnlyDictionary<string, string?> Create(AdapterDefinition adapter, Placeholders placeholders, string emptyFolder)
    {
        var variables = new Dictionary<string, string?>(placeholders.Variables(), StringComparer.Ordinal);
        var proxy = adapter.Route == ToolRoute.Gateway ? placeholders[Placeholders.Gateway] : null;
        foreach (var name in ProgramVariables.Proxy)
        {
            variables[name] = proxy;
        }

        foreach (var name in ProgramVariables.Exemptions)
        {
            variables[name] = string.Empty;
        }

        foreach (var name in ProgramVariables.Roots)
        {
            variables[name] = placeholders[Placeholders.Root];
        }

        variables["SSL_CERT_DIR"] = emptyFolder;
        variables[ProgramVariables.NodeProxy] = proxy is null ? null : "1";
        variables[JavaOptions] = JavaOptionsFor(placeholders, proxy);
        foreach (var (name, value) in adapter.Environment)
        {
            variables[name] = placeholders.Fill(value);
        }

        return variables;
    }

    private static string JavaOptionsFor(Placeholders placeholders, string? proxy)
    {
        List<string> options = [Environment.GetEnvironmentVariable(JavaOptions) ?? string.Empty];
        if (proxy is not null)
        {
            var url = new Uri(proxy);
            options.AddRange(JavaSchemes.Select(scheme => $"-D{scheme}.proxyHost={url.Host} -D{scheme}.proxyPort={url.Port}"));
        }

        options.Add($"-Djavax.net.ssl.trustStore={placeholders[Placeholders.TrustStore]} -Djavax.net.ssl.trustStoreType=PKCS12 -Djavax.net.ssl.trustStorePassword=");
        return string.Join(' ', options).Trim();
    }
}

using System.Globalization;

namespace AutoDetectSim.Scenarios.Servers;

/// <summary>Lines for the configuration of real servers, the same wherever they are printed.</summary>
internal static class ServerLines
{
    /// <summary>A server of nginx, which presents the file of its certificates as it is.</summary>
    /// <param name="names">Host names, with spaces between them.</param>
    /// <param name="chain">Path of the certificates, the server's first.</param>
    /// <param name="key">Path of the private key.</param>
    public static IReadOnlyList<string> Nginx(string names, string chain, string key) =>
    [
        "server {",
        "    listen 443 ssl;",
        $"    server_name {names};",
        $"    ssl_certificate     {chain};",
        $"    ssl_certificate_key {key};",
        "}",
    ];

    /// <summary>HAProxy, which presents the certificates in the file of the key.</summary>
    /// <param name="chain">Path of the certificates, the server's first.</param>
    /// <param name="key">Path of the private key.</param>
    /// <param name="bundle">Path of the file with both.</param>
    public static IReadOnlyList<string> HaProxy(string chain, string key, string bundle) =>
    [
        $"cat {chain} {key} > {bundle}",
        "",
        $"bind :443 ssl crt {bundle}",
    ];

    /// <summary>PowerShell that imports a certificate with its key on Windows.</summary>
    /// <param name="file">Path of the PFX file.</param>
    public static IReadOnlyList<string> ImportPfx(string file) =>
    [
        "$password = Read-Host -AsSecureString 'PFX password'",
        $@"Import-PfxCertificate -FilePath {file} -CertStoreLocation Cert:\LocalMachine\My -Password $password",
    ];

    /// <summary>The installation of a certificate on F5 BIG-IP.</summary>
    /// <param name="name">What the certificate is called there.</param>
    /// <param name="file">Path of the certificate.</param>
    public static string F5Certificate(string name, string file) => $"tmsh install sys crypto cert {name} from-local-file {file}";

    /// <summary>The member <c>cert-key-chain</c> of a client SSL profile of F5 BIG-IP.</summary>
    /// <param name="entry">The name of the entry.</param>
    /// <param name="name">The name of certificate and key.</param>
    /// <param name="chain">The name of the certificates that are presented after the server's, or null.</param>
    public static string F5Chain(string entry, string name, string? chain) =>
        string.Create(CultureInfo.InvariantCulture, $"cert-key-chain replace-all-with {{ {entry} {{ cert {name} key {name}{(chain is null ? "" : $" chain {chain}")} }} }}");
}

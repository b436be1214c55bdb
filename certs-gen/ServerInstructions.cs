using System.Globalization;
using System.Text;
using AutoDetectSim.Certificates.Issuance;
using AutoDetectSim.Scenarios.Servers;

namespace AutoDetectSim.CertsGen;

/// <summary>Lines for the configuration of real servers.</summary>
internal static class ServerInstructions
{
    public static void Write(StringBuilder text, PkiFolder folder, IReadOnlyList<ServerFiles> servers)
    {
        var (server, chain, path) = servers.FirstOrDefault(candidate => candidate.Shape != ChainShape.Complete) ?? servers[0];
        var hosts = string.Join(' ', server.Hosts);
        var host = server.Hosts.Count == 0 ? "mail.contoso.com" : server.Hosts[0];
        var name = path.Split('/')[^1];
        var hasMore = chain.Certificates.Count > 1;

        text.Append(CultureInfo.InvariantCulture, $"## The same fault on a real server\n\nThe lines are for `{name}`; for another server, use its folder instead.");
        text.Append(folder.Keys ? "" : " They need `key.pem`, so run certs-gen with `--keys`.");
        text.Append(" In nginx, HAProxy and F5 lines, `/etc/lab-pki` is the copy of this folder.\n\n");
        text.Append(CultureInfo.InvariantCulture, $$"""
            ### nginx

            nginx presents `chain.pem` as it is. Leave `ssl_trusted_certificate` and `ssl_client_certificate` out: where the file holds one certificate, OpenSSL would complete the chain from them.

            ```nginx
            {{Lines(ServerLines.Nginx(hosts.Length == 0 ? "_" : hosts, $"/etc/lab-pki/{path}/chain.pem", $"/etc/lab-pki/{path}/key.pem"))}}
            ```

            ### HAProxy

            HAProxy presents the certificates in the file of the key. Do not set `issuers-chain-path` and `ca-file`: HAProxy would complete the chain from them.

            ```
            {{Lines(ServerLines.HaProxy($"{path}/chain.pem", $"{path}/key.pem", $"/etc/lab-pki/{name}-haproxy.pem"))}}
            ```

            ### IIS and Exchange

            {{(folder.PfxPassword is null ? "This needs `server.pfx`: run certs-gen with `--pfx`." : folder.PfxPassword.Length == 0 ? "The PFX has an empty password." : "The password is the one passed to certs-gen.")}} In PowerShell as administrator:

            ```powershell
            {{Lines(ServerLines.ImportPfx(path.Replace('/', '\\') + @"\server.pfx"))}}
            New-WebBinding -Name 'Default Web Site' -Protocol https -Port 443 -HostHeader {{host}} -SslFlags 1
            (Get-WebBinding -Name 'Default Web Site' -Protocol https -HostHeader {{host}}).AddSslCertificate('{{chain.Leaf.Certificate.Thumbprint}}', 'My')
            ```

            Windows does not present a list that it is given. It builds one from `Cert:\LocalMachine\CA`, leaves the root out, and may download what is missing (AIA). So a missing, wrong or expired intermediate is made in that store (`Get-ChildItem Cert:\LocalMachine\CA`, remove or import there, then `iisreset`), a faulty leaf is made by the PFX, and wrongOrder, containsAnchor, extraCertificates and duplicates cannot be made with IIS at all.

            ### F5 BIG-IP

            ```
            tmsh install sys crypto key {{name}} from-local-file /etc/lab-pki/{{path}}/key.pem
            {{ServerLines.F5Certificate(name, $"/etc/lab-pki/{path}/certificate.pem")}}

            """);
        if (hasMore)
        {
            text.Append(CultureInfo.InvariantCulture, $"{ServerLines.F5Certificate(name + "-chain", $"/etc/lab-pki/{path}/after-first.pem")}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $$"""
            tmsh create ltm profile client-ssl {{name}} defaults-from clientssl {{ServerLines.F5Chain("lab", name, hasMore ? name + "-chain" : null)}}
            ```

            ### What is really presented

            ```
            openssl s_client -connect SERVER:443 -servername {{host}} -showcerts -CAfile roots.pem </dev/null
            curl -v --cacert roots.pem --resolve {{host}}:443:SERVER_ADDRESS https://{{host}}/
            NODE_EXTRA_CA_CERTS=roots.pem node -e "fetch('https://{{host}}/').then(r => console.log(r.status), e => console.log(e.cause.code))"
            ```


            """);
    }

    private static string Lines(IReadOnlyList<string> lines) => string.Join('\n', lines);
}

using System.Globalization;
using System.Text;
using AutoDetectSim.Certificates.Issuance;

namespace AutoDetectSim.CertsGen;

/// <summary>Writes the README.md of a folder: what is what, and how to use it with real servers and clients.</summary>
internal static class ReadMe
{
    public static string Write(PkiFolder folder, IReadOnlyList<ServerFiles> servers, IReadOnlyList<AuthorityFiles> authorities)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# {OneLine(folder.Title)}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"A test PKI, created by certs-gen of AutoDetectSim on {folder.Pki.Start:yyyy-MM-dd HH:mm:ss} UTC. ");
        text.Append("It protects nothing: trust its roots only on test machines, and remove the trust afterwards.\n\n");
        WriteServers(text, folder, servers);
        WriteAuthorities(text, folder, authorities);
        if (servers.Count > 0)
        {
            ServerInstructions.Write(text, folder, servers);
        }

        TrustInstructions.Write(text, [.. authorities.Where(authority => authority.Recipe.Trusted)]);
        return text.ToString();
    }

    private static void WriteServers(StringBuilder text, PkiFolder folder, IReadOnlyList<ServerFiles> servers)
    {
        text.Append("## What each server presents\n\n");
        text.Append("`chain.pem` has exactly the certificates that the server sends, in wire order; `certificate.pem` is the certificate that the key belongs to, ");
        text.Append("and `after-first.pem` (if present) has the certificates after the first.");
        text.Append(folder.Keys ? " `key.pem` is the private key (PKCS #8, not encrypted)." : " This folder has no private keys; use `--keys` to write them.");
        text.Append(folder.Keys ? $" `{ServerConfigurations.NginxName}` and `{ServerConfigurations.HaProxyName}` run all of them in nginx and HAProxy on this computer; `{ServerConfigurations.BundleName}` is chain and key for HAProxy." : "");
        text.Append(folder.PfxPassword is null ? "" : " `server.pfx` has chain and key (PKCS #12).");
        text.Append(" A strict client trusts the roots and neither caches nor downloads intermediates, like Node.js.");
        text.Append("\n\n| server | hosts | presented, in wire order | shape | verdict of a strict client | valid until (UTC) |\n|---|---|---|---|---|---|\n");
        foreach (var entry in servers)
        {
            var (server, chain, path) = entry;
            var presents = string.Join(" > ", chain.Certificates.Select(certificate => Cell(certificate.Name)));
            text.Append(CultureInfo.InvariantCulture, $"| [{Cell(server.Name)}]({path}) | {string.Join("<br>", server.Hosts.Select(Cell))} | {presents} | {(entry.Shape is { } known ? ChainShapes.NameOf(known) : "custom")} | {entry.Verdict} | {chain.Leaf.Certificate.NotAfter.ToUniversalTime():yyyy-MM-dd HH:mm} |\n");
        }

        text.Append('\n');
        var unusual = servers.Where(server => !ReferenceEquals(server.Chain.Certificates[0], server.Chain.Leaf)).ToList();
        if (unusual.Count > 0)
        {
            text.Append("The first certificate that these servers present is not the one that their key belongs to, which real servers refuse to load: ");
            text.AppendJoin(", ", unusual.Select(server => Cell(server.Server.Name))).Append(".\n\n");
        }
    }

    private static void WriteAuthorities(StringBuilder text, PkiFolder folder, IReadOnlyList<AuthorityFiles> authorities)
    {
        text.Append("## Authorities\n\n");
        text.Append("`roots.pem` has every trusted root. Each authority is provided as PEM and as DER (`.cer`).\n\n");
        text.Append("| authority | subject | issuer | trusted | valid until (UTC) | publish at |\n|---|---|---|---|---|---|\n");
        foreach (var (recipe, certificate, path) in authorities)
        {
            var publish = new List<string>();
            if (folder.Pki.AiaUrlOf(recipe.Name) is { } aiaUrl)
            {
                publish.Add($"`.cer` at {aiaUrl}");
            }

            if (recipe.CrlUrl is { } crlUrl)
            {
                publish.Add($"`.crl` at {crlUrl}");
            }

            text.Append(CultureInfo.InvariantCulture, $"| [{Cell(recipe.Name)}]({path}.pem) | {Cell(certificate.Certificate.Subject)} | {Cell(recipe.Issuer ?? "itself")} | {(recipe.Trusted ? "yes" : "no")} | {certificate.Certificate.NotAfter.ToUniversalTime():yyyy-MM-dd HH:mm} | {string.Join("<br>", publish.Select(Cell))} |\n");
        }

        text.Append('\n');
    }

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string Cell(string text) => OneLine(text).Replace("|", "\\|", StringComparison.Ordinal);
}

using System.Globalization;
using System.Text;

namespace AutoDetectSim.CertsGen;

/// <summary>How to trust the roots, and how to stop.</summary>
internal static class TrustInstructions
{
    public static void Write(StringBuilder text, IReadOnlyList<AuthorityFiles> roots)
    {
        text.Append("## Trusting the roots on a test machine\n\n");
        if (roots.Count == 0)
        {
            text.Append("This PKI has no trusted authority.\n");
            return;
        }

        text.Append("""
            Clients that take a file need no change to the machine:

            | client | how |
            |---|---|
            | curl | `curl --cacert roots.pem https://...` |
            | Node.js | `NODE_EXTRA_CA_CERTS=roots.pem node ...` |
            | OpenSSL | `openssl s_client -CAfile roots.pem ...` |
            | Python requests | `REQUESTS_CA_BUNDLE=roots.pem python ...` |

            Others take it from a store. The lines in brackets remove it again.


            """);
        Windows(text, roots);
        MacOs(text, roots);
        Linux(text, roots);
        text.Append("""
            ### Firefox

            Settings, Privacy & Security, Certificates, View Certificates, Authorities, Import: choose the `.pem` of the root and tick "identify websites". (Delete or Distrust on the same page.) The serial numbers of a PKI come from its seed: before a new PKI of the same scenario is imported, delete the old one, its intermediates too, or Firefox reports SEC_ERROR_REUSED_ISSUER_AND_SERIAL; `--seed` with another number avoids it.

            """);
    }

    private static void Windows(StringBuilder text, IReadOnlyList<AuthorityFiles> roots)
    {
        text.Append("### Windows (PowerShell; the current user only)\n\n```powershell\n");
        foreach (var root in roots)
        {
            text.Append(CultureInfo.InvariantCulture, $"Import-Certificate -FilePath {root.Path.Replace('/', '\\')}.cer -CertStoreLocation Cert:\\CurrentUser\\Root\n");
            text.Append(CultureInfo.InvariantCulture, $"# [ Remove-Item Cert:\\CurrentUser\\Root\\{root.Certificate.Certificate.Thumbprint} ]\n");
        }

        text.Append("```\n\nWindows caches intermediates: remove those of this PKI from `Cert:\\CurrentUser\\CA` before testing a missing one.\n\n");
    }

    private static void MacOs(StringBuilder text, IReadOnlyList<AuthorityFiles> roots)
    {
        text.Append("### macOS\n\n```\n");
        foreach (var root in roots)
        {
            text.Append(CultureInfo.InvariantCulture, $"security add-trusted-cert -r trustRoot -k ~/Library/Keychains/login.keychain-db {root.Path}.pem\n");
            text.Append(CultureInfo.InvariantCulture, $"# [ security remove-trusted-cert {root.Path}.pem && security delete-certificate -Z {root.Certificate.Certificate.Thumbprint} ]\n");
        }

        text.Append("```\n\n");
    }

    private static void Linux(StringBuilder text, IReadOnlyList<AuthorityFiles> roots)
    {
        text.Append("### Linux\n\n```\n# Debian, Ubuntu\n");
        foreach (var root in roots)
        {
            var name = "lab-" + root.Path.Split('/')[^1];
            text.Append(CultureInfo.InvariantCulture, $"sudo cp {root.Path}.pem /usr/local/share/ca-certificates/{name}.crt && sudo update-ca-certificates\n");
            text.Append(CultureInfo.InvariantCulture, $"# [ sudo rm /usr/local/share/ca-certificates/{name}.crt && sudo update-ca-certificates --fresh ]\n");
        }

        text.Append("# Fedora, RHEL\n");
        foreach (var root in roots)
        {
            var name = "lab-" + root.Path.Split('/')[^1];
            text.Append(CultureInfo.InvariantCulture, $"sudo cp {root.Path}.pem /etc/pki/ca-trust/source/anchors/{name}.pem && sudo update-ca-trust\n");
            text.Append(CultureInfo.InvariantCulture, $"# [ sudo rm /etc/pki/ca-trust/source/anchors/{name}.pem && sudo update-ca-trust ]\n");
        }

        text.Append("```\n\n");
    }
}

using System.Text.RegularExpressions;
using AutoDetectSim.Evidence.Envelope;

namespace AutoDetectSim.Evidence;

/// <summary>Says why a file is of no use, and what to ask the customer for.</summary>
internal static partial class Refusal
{
    /// <summary>The command that shows most, for a host.</summary>
    public static string Command(string? host) => $"openssl s_client -connect {host ?? "HOST"}:443 -servername {host ?? "HOST"} -showcerts </dev/null";

    /// <summary>The command that shows most, for the host that a text names.</summary>
    public static string CommandFor(string text) => Command(HostOf(text));

    /// <summary>Stands in the words for the command that shows most.</summary>
    private const string Most = "{command}";

    private static readonly (string Sign, string Words)[] Recognized =
    [
        ("\"server_scan_results\"", "this is JSON of sslyze, but no server in it has a certificate or an error that says why; ask for: sslyze --json_out FILE HOST"),
        ("\"accepted_targets\"", "this is JSON of sslyze 2, but no server in it has a certificate; ask for: sslyze --json_out FILE HOST, with version 5 or later"),
        ("\"scanResult\"", "this is JSON of testssl.sh without a certificate; ask for: testssl.sh -S -p --jsonfile FILE HOST"),
        ("\"finding\"", "this is JSON of testssl.sh without a certificate; ask for: testssl.sh -S -p --jsonfile FILE HOST"),
        ("\"entries\"", "this is a HAR file without a request to AutoDiscover or ActiveSync; record https://autodiscover.DOMAIN/autodiscover/autodiscover.json and https://HOST/Microsoft-Server-ActiveSync"),
        ("Testing protocols via sockets", "this is what testssl.sh prints on the screen, without certificates; ask for: testssl.sh -S -p --jsonfile FILE HOST"),
        ("PRIVATE KEY-----", "this holds a private key and no certificate. Delete the file, and have the key replaced"),
        ("Temporary failure in name resolution", "the computer on which this was made could not reach a DNS server, which says nothing about the host; run the command again where names resolve"),
        ("CONNECT tunnel failed", "the proxy on the way did not let curl through, which says nothing about the server; ask for the same command past the proxy, with --noproxy \"*\""),
        ("from proxy after CONNECT", "the proxy on the way did not let curl through, which says nothing about the server; ask for the same command past the proxy, with --noproxy \"*\""),
        ("keytool error", "keytool got no certificate, and does not say why; ask for: " + Most),
        ("CertUtil: -", "this is what certutil prints about a certificate, without the certificate, and does not say what a server sends; ask for: " + Most),
        ("X509 Certificate:", "this is what certutil prints about a certificate, without the certificate, and does not say what a server sends; ask for: " + Most),
        ("Signature Algorithm:", "this is what openssl x509 prints about a certificate, without the certificate, and does not say what a server sends; ask for: " + Most),
        ("Nmap scan report", "nmap found the host and got no certificate from it, and does not say why; ask for: " + Most),
        ("remote server returned an error", "PowerShell says that there was an error, and not what the server answered; ask for: curl -v -H \"Authorization: Bearer\" https://HOST/Microsoft-Server-ActiveSync"),
        ("SSL connection could not be established", "PowerShell says that there was no connection, and not why; ask for: " + Most),
        ("at 0 depth lookup", "this is what openssl verify prints about a file, which does not say what a server sends; ask for: " + Most),
        ("Verify return code:", "this is only the verdict of openssl s_client, without what the server sent; ask for the whole output: " + Most),
        ("notAfter=", "this is what openssl x509 prints about the server's own certificate, which does not say what is sent with it; ask for: " + Most),
        ("\"certIds\"", "this is JSON of SSL Labs, which lists certificates that it downloaded together with those that the server sent; ask for: " + Most),
        ("Overall Rating", "this looks like a page of SSL Labs, without certificates; ask for: " + Most),
        ("SSL Report:", "this looks like a page of SSL Labs, without certificates; ask for: " + Most),
    ];

    /// <summary>Why nothing could be read from a file.</summary>
    public static string Of(EvidenceDocument document, bool isJson)
    {
        var text = document.Source.Length > 200_000 ? document.Source[..200_000] : document.Source;
        var words = Recognized.Where(known => text.Contains(known.Sign, StringComparison.OrdinalIgnoreCase)).Select(known => known.Words).FirstOrDefault();
        return words is not null && (isJson || !words.Contains("JSON", StringComparison.Ordinal) || text.Contains('{', StringComparison.Ordinal))
            ? $"{document.Name}: {words.Replace(Most, Command(HostOf(text)), StringComparison.Ordinal)}."
            : $"{document.Name}: nothing in it is known. Read are: output of openssl s_client, gnutls-cli, nmap (ssl-cert, also -oX), sslscan, curl -v or -i, keytool -printcert -rfc, Invoke-WebRequest and Test-HMAEAS.ps1; PEM certificates; JSON or CSV of testssl.sh; JSON of sslyze; HAR files. Ask for: {Command(HostOf(text))}";
    }

    /// <summary>The host of the first command line, or null.</summary>
    private static string? HostOf(string text) =>
        Connect().Match(text) is { Success: true } match ? match.Groups["host"].Value
        : Named().Match(text) is { Success: true } named ? named.Groups["host"].Value.ToLowerInvariant()
        : null;

    [GeneratedRegex(@"-connect[ =]+""?(?<host>(?=[A-Za-z0-9.-]*[A-Za-z])[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})+):443\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Connect();

    /// <summary>A host of a URL to Exchange, or what a scanner says that it looks at.</summary>
    [GeneratedRegex(@"(https://(?=(autodiscover|mail|owa|outlook|webmail|exchange|remote)\.|[^/ ]+/(autodiscover|owa|ews|Microsoft-Server-ActiveSync))|SSL Report: |Testing SSL server |connection to host |ComputerName *: )(?<host>(?=[A-Za-z0-9.-]*[A-Za-z])[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})+)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Named();
}

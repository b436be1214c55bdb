using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace AutoDetectSim.FunctionalTests.Support;

/// <summary>Programs that customers run against a server, with the text that they mail of it.</summary>
internal sealed partial class EvidenceTool
{
    private const string Address = "203.0.113.10";

    /// <summary>What each form of evidence can carry.</summary>
    public static readonly IReadOnlyList<EvidenceTool> All =
    [
        new() { Form = "s_client -showcerts", ShowsChain = true, ShowsCode = true },
        new() { Form = "s_client", ShowsChain = true, ShowsCode = true },
        new() { Form = "gnutls-cli", ShowsChain = true },
        new() { Form = "keytool -rfc", ShowsChain = true, HasNoVerdict = true, Calls = 1 },
        new() { Form = "curl -v" },
        new() { Form = "nmap -oN", HasNoVerdict = true, Calls = 1 },
        new() { Form = "nmap -oX", HasNoVerdict = true, Calls = 1 },
        new() { Form = "testssl.sh --jsonfile --csvfile", ShowsChain = true, Calls = 1, IsSlow = true },
        new() { Form = "testssl.sh --jsonfile-pretty", ShowsChain = true, Calls = 1, IsSlow = true },
    ];

    public required string Form { get; init; }

    /// <summary>Whether the form says how many certificates were sent, and by whom they are.</summary>
    public bool ShowsChain { get; init; }

    /// <summary>Whether it tells one reason for a rejection from another as Node.js does.</summary>
    public bool ShowsCode { get; init; }

    /// <summary>Whether it says nothing about trust.</summary>
    public bool HasNoVerdict { get; init; }

    /// <summary>Calls at most; slow programs are called once.</summary>
    public int Calls { get; init; } = 20;

    /// <summary>Whether a call takes so long that it is made in long runs alone.</summary>
    public bool IsSlow { get; init; }

    public override string ToString() => Form;

    /// <summary>What the program prints or writes about a host: a text, or one for each file that it writes.</summary>
    public async Task<IReadOnlyList<string>> CallAsync(string host, int port, string roots, TemporaryFolder directory)
    {
        var number = port.ToString(CultureInfo.InvariantCulture);
        var hosts = directory.Write("hosts", $"127.0.0.1 {host}\n");
        var options = Form.Split(' ').Where(word => word.StartsWith('-')).ToList();
        var files = options.ToDictionary(option => option, option => Path.Combine(directory.Path, "written" + option));
        foreach (var file in files.Values)
        {
            File.Delete(file);
        }

        string[] written = [.. options.SelectMany(option => (string[])[option, files[option]])];
        var (program, arguments, writes) = Form switch
        {
            "gnutls-cli" => ("gnutls-cli", (string[])["-p", number, "--print-cert", "--x509cafile", roots, "--sni-hostname", host, "127.0.0.1"], false),
            "testssl.sh --jsonfile --csvfile" or "testssl.sh --jsonfile-pretty" => ("testssl", ["-S", "--fast", "--nodns", "none", "--warnings", "batch", "--ip", "127.0.0.1", "--add-ca", roots, .. written, $"{host}:{number}"], true),
            "keytool -rfc" => ("keytool", ["-J-Djdk.net.hosts.file=" + hosts, "-printcert", "-rfc", "-sslserver", $"{host}:{number}"], false),
            "curl -v" => ("curl", ["-sSv", "--cacert", roots, "--resolve", $"{host}:{number}:127.0.0.1", "-H", "Authorization: Bearer", $"https://{host}:{number}/Microsoft-Server-ActiveSync"], false),
            "nmap -oN" or "nmap -oX" => ("nmap", ["-Pn", "-n", "-p", number, "-vv", "--script", "ssl-cert,ssl-enum-ciphers", "--script-args", "tls.servername=" + host, .. written, "127.0.0.1"], true),
            _ => ("openssl", ["s_client", "-connect", $"127.0.0.1:{number}", "-servername", host, "-CAfile", roots, .. Form.Contains("-showcerts", StringComparison.Ordinal) ? (string[])["-showcerts"] : []], false),
        };
        var result = await Tool.RunAsync(program, arguments, limit: TimeSpan.FromSeconds(IsSlow ? 600 : 60));
        if (writes)
        {
            return [.. files.Values.Select(file => File.Exists(file) ? AtHttps(File.ReadAllText(file).Replace("for localhost (127.0.0.1)", "for 127.0.0.1", StringComparison.Ordinal), host, number) + "\n" : "\n")];
        }

        return [AtHttps(new StringBuilder().Append(CultureInfo.InvariantCulture, $"$ {program} {string.Join(' ', arguments.Select(Quote))} </dev/null\n").Append(result.Error).Append(result.Output).Append('\n').ToString(), host, number)];
    }

    /// <summary>As it would read at the customer's: port 443 of the host, not a port of this computer.</summary>
    private static string AtHttps(string text, string host, string port) =>
        Regex.Replace(Loopback().Replace(text, match => match.Groups["report"].Success ? match.Groups["report"].Value + host : Address), $@"(?<![0-9A-Za-z+/]){port}(?![0-9A-Za-z+/])", "443", RegexOptions.None, TimeSpan.FromSeconds(5));

    private static string Quote(string argument) => argument.Contains(' ', StringComparison.Ordinal) ? $"\"{argument}\"" : argument;

    [GeneratedRegex(@"(?<report>Nmap scan report for )?127\.0\.0\.1", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Loopback();
}

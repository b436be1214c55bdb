using AutoDetectSim.Fuzzing.Targets;

namespace AutoDetectSim.Fuzzing;

/// <summary>Every parser of bytes that a stranger chooses.</summary>
internal static class FuzzTargets
{
    private const string Scenarios = "scenarios";
    private const string Evidence = "tests/AutoDetectSim.Diagnosis.Tests/Capture/Fixtures";

    private static readonly string[] Yaml =
    [
        "\n", "  ", "- ", ": ", "{ ", " }", "[", "]", "&a ", "*a", "!!binary ", "? ", "|\n", ">-\n", "%YAML 1.2\n", "---\n", "\t", "'", "\"", "~", "<<: *a\n", "ex{01..04}", "1/20", "99999999999", "-1", "1e400",
        "loadBalancers:\n", "perimeter:\n", "nodes:\n", "present: ", "missingIntermediate", "fault: ", "reset", "certificates:\n", "authorities:\n", "organizations:\n", "expect:\n", "remedy:\n", "errors: ", "hosts: ", "dns:\n",
    ];

    private static readonly string[] Der = ["\u0000", "0\u0082\u0000\u0000", "0\u0080", "\u0002\u0001\u0000", "\u0006\u0003U\u001d\u0011", "\u0003\u0002\u0000\u0000", "\u0017\r990101000000Z", "-----BEGIN CERTIFICATE-----\n", "-----END CERTIFICATE-----\n", "-----BEGIN PKCS7-----\n", "-----END PKCS7-----\n"];

    private static readonly string[] Json = ["{", "}", "[", "]", "\"", ":", ",", "null", "true", "1e999", "-1", "\\u0000", "\\ud800", "\\", "\"\":", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["];

    private static readonly string[] Http = ["\r\n", "\n", "\r", " ", "\t", ":", ",", "HTTP/1.1 200 OK\r\n", "Content-Length: 5\r\n", "Transfer-Encoding: chunked\r\n", "Connection: close\r\n", "0\r\n\r\n", "ffffffffffffffff\r\n", "CONNECT ", "[::1]:443", "Proxy-Authorization: Basic ", "101 ", "204 ", ";a=\"b\"", "\0"];

    private static readonly string[] Tls = ["\u0016\u0003\u0001\u0000", "\u0015\u0003\u0003\u0000\u0002\u0002", "\u0014\u0003\u0003\u0000\u0001\u0001", "\u0000", "\u0001", "\u0002", "\u000b", "\u000e", "\u0010", "\u0014"];

    /// <summary>The targets.</summary>
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new() { Name = "certificates", Reads = "list of a Certificate message", Read = CertificateTargets.Judge, Words = Der },
        new() { Name = "aia", Reads = "file at a caIssuers URL: DER, PEM, PKCS#7", Read = CertificateTargets.Download, Words = Der },
        new() { Name = "crl", Reads = "revocation list at a CRL distribution point", Read = CertificateTargets.Revocation, Words = [.. Der, "\n\u0001\u0004", "\u0006\u0003U\u001d\u0015", "\u0006\u0003U\u001d\u001c", "\u0001\u0001\u00ff"] },
        new() { Name = "verify", Reads = "file for verify --chain or a line for --batch", Read = VerifyTarget.Read, Words = [.. Der, .. Json, "CONNECTED(00000003)\n"], Usual = 200 },
        new() { Name = "scenario", Reads = "scenario file", Read = ScenarioTargets.Load, Samples = [Scenarios], SampleExtension = ".yaml", Words = Yaml, Usual = 150 },
        new() { Name = "change", Reads = "change line", Read = ScenarioTargets.Change, Words = [.. Yaml, "perimeter/ex*", "/", "install ", "allow ", "renew", "enable oauth", "clear", "remove", "default", "+", "autoDetect/cache"], Usual = 150 },
        new() { Name = "tls-server", Reads = "bytes of a TLS client", Read = TlsTargets.Serve, Words = Tls, Usual = 200 },
        new() { Name = "tls-client", Reads = "bytes of a TLS server", Read = TlsTargets.Connect, Words = Tls, Usual = 150 },
        new() { Name = "tls-tampered", Reads = "changes of bytes under way in a handshake", Read = TlsTargets.Tamper, Usual = 60 },
        new() { Name = "llhttp", Reads = "HTTP answer", Read = HttpTargets.Answer, Words = Http },
        new() { Name = "gateway", Reads = "CONNECT request, or a proxy's answer to one", Read = HttpTargets.Connect, Words = Http },
        new() { Name = "logon", Reads = "WWW-Authenticate, NTLM and SPNEGO tokens", Read = LogonTarget.Read, Words = ["Basic realm=\"", "Bearer ", "authorization_uri=\"", "NTLM ", "Negotiate ", ",", "\"", "\\", "=", "NTLMSSP\0"] },
        new() { Name = "autodiscover", Reads = "AutoDiscover answer: JSON, XML", Read = AutoDiscoverTarget.Read, Words = [.. Json, "<", ">", "</", "<!DOCTYPE a [", "<![CDATA[", "&amp;", "&#0;", "xmlns=\"", "<Url>", "\"Protocol\"", "\"Url\""] },
        new() { Name = "wbxml", Reads = "ActiveSync request or answer", Read = WbxmlTarget.Read, Words = ["\u0003\u0001j\u0000", "\u0000", "\u0001", "\u0003", "\u0044", "\u0045"] },
        new() { Name = "dns", Reads = "DNS query", Read = DnsTarget.Answer, Words = ["\u0000\u0001", "\u0000\u0000", "\u0004mail", "\u0007contoso", "\u0003com\u0000", "\u0000\u0005", "\u0000\u000f", "\u0000\u0021"] },
        new() { Name = "control", Reads = "JSON body for a control server", Read = ControlTarget.Read, Words = Json },
        new() { Name = "explain", Reads = "pasted headers", Read = ExplainTarget.Read, Words = [.. Json, "X-Debug-Support: ", "X-Feedback-Token: ", "X-AutoDv2-Error: ", "UNABLE_TO_VERIFY_LEAF_SIGNATURE", "> ", "\n", ".", "=", "Key : ", "Value : "], Usual = 200 },
        new()
        {
            Name = "evidence", Reads = "file for capture --from", Read = EvidenceTarget.Read, Samples = [Evidence], Usual = 150,
            Words =
            [
                "\n", "---", "> ", "| ", "-----BEGIN CERTIFICATE-----", "-----END CERTIFICATE-----", "Certificate chain", " 0 s:", "   i:", "CONNECTED(00000003)", "Verify return code: 21 (x)", "depth=9999999999 CN = a", "SSL alert number 999",
                "{", "[", "\"", "}", "]", "\\", "HTTP/1.1 401 x", "WWW-Authenticate: Bearer", "$ openssl s_client -connect", "s_client -connect [::1", "\0", "\uFEFF", "\u2028", "=3D", "Content-Transfer-Encoding: base64\n\n", "Key : Value", "443/tcp open",
                "Start Time: 99999999999999999999", "-1", "NaN", "errno=104", "Owner: ", "* Connected to a (b) port 99999999", "\u001B[", "999999999999",
            ],
        },
    ];

    /// <summary>A target by its name, or null.</summary>
    public static FuzzTarget? Find(string? name) => All.FirstOrDefault(target => target.Name == name);
}

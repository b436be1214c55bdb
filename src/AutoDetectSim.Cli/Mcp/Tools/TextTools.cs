using System.Text;
using AutoDetectSim.Certificates.Validation;
using AutoDetectSim.Cli.Mcp.Protocol;
using AutoDetectSim.Cli.Output;
using AutoDetectSim.Cli.Verify;
using AutoDetectSim.Evidence;
using AutoDetectSim.Diagnosis.Explaining;
using AutoDetectSim.Documents;
using AutoDetectSim.Web.Api;

namespace AutoDetectSim.Cli.Mcp.Tools;

/// <summary>Reads what a person pastes: evidence, certificates, headers and codes. No file is read or written.</summary>
internal static class TextTools
{
    private const string Pasted = "text";

    public static IReadOnlyList<ToolDefinition> All(LabShelf labs) =>
    [
        new(
            "capture_evidence",
            "Make a scenario from evidence",
            "Makes a scenario that reproduces what a pasted text shows: output of openssl s_client -showcerts, gnutls-cli, nmap, sslscan, curl -v, keytool, PowerShell, testssl.sh, sslyze, a HAR file, or a mail with any of these in it. Returns the YAML for start_lab, and the lines `read` (what was taken from where), `notes`, `assumed` (concluded, not read), `deviations` and `differences` (what the evidence says and a lab with the scenario does not show).",
            ToolEffect.Reads,
            [
                new ToolParameter("text", ParameterKind.Text, "Evidence as pasted.") { IsRequired = true, MaximumLength = Limits.LongText },
                new ToolParameter("host", ParameterKind.Text, "Host to assume where the text names none."),
                new ToolParameter("email", ParameterKind.Text, "An address of the organization."),
                new ToolParameter("anonymize", ParameterKind.Flag, "Replace the names of customers, people, servers and authorities, each always by the same."),
            ],
            CaptureAsync),
        new(
            "verify_chain",
            "Verify a certificate chain",
            "Judges presented certificates exactly as AutoDetect's Node.js does: no cached intermediates, no downloads. The same document as `verify --json`.",
            ToolEffect.Reads,
            [
                new ToolParameter("chain", ParameterKind.Text, "PEM certificates in the order in which the server sends them, or output of openssl s_client -showcerts.") { IsRequired = true, MaximumLength = Limits.LongText },
                new ToolParameter("roots", ParameterKind.Text, "PEM certificates of the trusted roots. Default: those of `lab`, otherwise none.") { MaximumLength = Limits.LongText },
                ToolBox.LabParameter with { Description = "Name of a lab whose roots are trusted." },
                new ToolParameter("host", ParameterKind.Text, "Host name or IP address that the client connects to. Default: names are not checked."),
                new ToolParameter("at", ParameterKind.Text, "Validation time (RFC 3339, for example 2026-11-23T12:00:00Z). Default: now."),
                new ToolParameter("node", ParameterKind.Text, "Version of Node.js that judges. Default: 20.") { Words = [.. VerifyCommand.Versions.Select(version => version.Word)] },
            ],
            (arguments, _) => Task.FromResult(Verify(arguments, labs))),
        new(
            "explain",
            "Explain a header or code",
            "Decodes a pasted X-Debug-Support or X-Feedback-Token header, whole response headers, or a code such as UNABLE_TO_VERIFY_LEAF_SIGNATURE, and explains what AutoDetect did. The same document as `explain --json`.",
            ToolEffect.Reads,
            [new ToolParameter("text", ParameterKind.Text, "Header value, response headers, or code.") { IsRequired = true, MaximumLength = 1024 * 1024 }],
            (arguments, _) => Task.FromResult(ReadableJson.Text(HeaderExplainer.Explain(HeaderText.Open(arguments.Required("text"))), ExplainJson.Default.ExplainedAnswer))),
    ];

    private static async Task<string> CaptureAsync(ToolArguments arguments, CancellationToken cancellationToken)
    {
        var wanted = new WantedEvidence([new EvidenceFile(Pasted, arguments.Required("text"), Base64: null)], arguments.Text("host")?.ToLowerInvariant(), arguments.Text("email"), arguments.Flag("anonymize"));
        return ReadableJson.Text(await EvidenceCapture.MakeAsync(wanted, TimeProvider.System.GetUtcNow(), cancellationToken), ScenarioJson.Default.EvidenceAnswer);
    }

    private static string Verify(ToolArguments arguments, LabShelf labs)
    {
        var at = TimeProvider.System.GetUtcNow();
        if (arguments.Text("at") is { } time && !BatchCase.TryReadTime(time, out at))
        {
            throw new InputException($"`at` takes an RFC 3339 time such as 2026-11-23T12:00:00Z, not '{time}'.");
        }

        var roots = arguments.Text("roots") ?? (arguments.Text("lab") is { } lab ? labs.Find(lab).RootCertificatesPem : string.Empty);
        var anchors = TrustAnchors.FromPem(roots);
        if (arguments.Text("roots") is not null && anchors.Count == 0)
        {
            throw new InputException("`roots` contains no PEM certificate (-----BEGIN CERTIFICATE-----).");
        }

        var request = new VerifyRequest { Chain = "chain", Roots = [], Host = arguments.Text("host"), At = at, Version = VerifyCommand.Versions.FirstOrDefault(version => version.Word == arguments.Text("node"), VerifyCommand.Versions[0]).Value };

        // A text that began with the byte of DER would be read as a binary file.
        var lists = CertificateFile.Parse(Encoding.UTF8.GetBytes("\n" + arguments.Required("chain")), request.Chain, password: null);
        return VerifyDocument.Of([.. lists.Select(list => VerifiedList.Judge(list, anchors, request))]).ToJson();
    }
}

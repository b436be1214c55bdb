using System.Globalization;
using AutoDetectSim.Certificates.Validation;
using AutoDetectSim.Cli.Output;
using Spectre.Console;
using ValidationResult = AutoDetectSim.Certificates.Validation.ValidationResult;

namespace AutoDetectSim.Cli.Verify;

/// <summary>A verdict for people: what was sent, the path that was built, where it stopped and why, and what would complete it.</summary>
internal static class VerifyReport
{
    /// <summary>Writes the verdicts on every list of a file.</summary>
    public static void Write(IReadOnlyList<VerifiedList> judged, TrustAnchors anchors)
    {
        var console = HumanConsole.Create();
        foreach (var (one, number) in judged.Select((one, index) => (one, index + 1)))
        {
            if (judged.Count > 1)
            {
                console.Heading(string.Create(CultureInfo.InvariantCulture, $"Connection {number} of {judged.Count}"), $"{(one.List.Host is null ? "" : $" to {one.List.Host}")}{(one.List.Line is null ? "" : $", line {one.List.Line}")}");
            }

            Write(console, one, anchors);
        }
    }

    private static void Write(IAnsiConsole console, VerifiedList judged, TrustAnchors anchors)
    {
        var (result, host) = (judged.Result, judged.Host);
        if (judged.List.Note is { } note)
        {
            console.Prose(note);
        }

        if (result.Presented.Count > 0)
        {
            console.Heading("Presented certificates");
            PresentedTable(judged, anchors).WriteTo(console);
        }

        if (result.Path.Count > 0)
        {
            WritePath(console, result);
        }

        var name = result.Code.OpenSslNumber() is { } number && !result.Accepted
            ? string.Create(CultureInfo.InvariantCulture, $" (OpenSSL {number}{OwnName(result)})")
            : string.Empty;
        console.Heading($"{(result.Accepted ? "Accepted" : "Rejected")}: {result.NodeCode}", name + Circumstances(judged), result.Accepted ? Color.Green : Color.Red);
        console.Prose(result.Explanation);
        WriteOrder(console, judged);
        if (judged.Findings.Count > 1)
        {
            console.Prose("All that is wrong:");
            foreach (var finding in judged.Findings)
            {
                console.Prose("- " + finding);
            }
        }

        if (host is null && judged.Purpose == CertificatePurpose.Server)
        {
            console.Prose("No host name was checked: give --host NAME.");
        }

        if (!result.Code.EndsHandshake())
        {
            console.Prose("SSL Labs: " + (result.ChainIssues.Count == 0 ? "no chain issues" : "chain issues: " + string.Join(", ", result.ChainIssues.Select(static i => i.Words()))));
        }

        if (result.MissingIssuer is { } missing)
        {
            WriteMissing(console, missing);
        }
    }

    private static void WriteOrder(IAnsiConsole console, VerifiedList judged)
    {
        if (judged is not { Order: { } order, InOrder: { } inOrder })
        {
            return;
        }

        console.Prose(order.IsUpsideDown
            ? "Your file is upside down. A server sends its own certificate first, then the issuer of each; yours comes last. The right order:"
            : "Your file is not in order. A server sends its own certificate first, then the issuer of each. The right order:");
        for (var index = 0; index < order.Subjects.Count; index++)
        {
            console.Prose(string.Create(CultureInfo.InvariantCulture, $"  {index + 1}. {Name(order.Subjects[index])} (now {order.Places[index] + 1}.)"));
        }

        console.Prose($"In that order the verdict is {inOrder.NodeCode}. --reorder FILE writes it.");
    }

    private static ReportTable PresentedTable(VerifiedList judged, TrustAnchors anchors)
    {
        var result = judged.Result;
        var table = new ReportTable("#", "Subject", "Issuer", "Valid", "Key", "Part");
        for (var i = 0; i < result.Presented.Count; i++)
        {
            var certificate = result.Presented[i];
            table.Add(
                i,
                Name(certificate.Subject),
                Name(certificate.Issuer),
                $"{Day(certificate.NotBefore)} to {Day(certificate.NotAfter)}",
                certificate.PublicKey,
                i == 0 ? $"{Words(judged.Purpose)} certificate" : PartOf(result, i, anchors));
        }

        return table;
    }

    private static string PartOf(ValidationResult result, int index, TrustAnchors anchors)
    {
        var certificate = result.Presented[index];
        var member = result.Path.FirstOrDefault(p => p.Origin == CertificateOrigin.Presented && p.Index == index);
        if (member is not null)
        {
            return string.Create(CultureInfo.InvariantCulture, $"depth {member.Depth} of the path");
        }

        if (certificate.SelfSigned)
        {
            var trusted = anchors.Certificates.Any(a => string.Equals(a.Sha256Fingerprint, certificate.Sha256Fingerprint, StringComparison.Ordinal));
            return trusted ? "root (trusted; not needed)" : "root (not trusted)";
        }

        return result.Code.EndsHandshake() ? "-" : "not needed";
    }

    /// <summary>The path from the server's certificate upwards, one step further in on each line.</summary>
    private static void WritePath(IAnsiConsole console, ValidationResult result)
    {
        console.Heading("Path");
        foreach (var (member, step) in result.Path.Select((member, step) => (member, step)))
        {
            var origin = member.Origin == CertificateOrigin.Anchor ? "trusted" : "sent";
            var errors = result.Trail.Where(e => Math.Min(e.Depth, result.Path.Count - 1) == member.Depth).Select(static e => e.Code.OpenSslName()).Distinct(StringComparer.Ordinal).ToList();
            var verdict = errors.Count == 0 ? string.Empty : ": " + string.Join(", ", errors);
            console.Prose(string.Create(CultureInfo.InvariantCulture, $"{new string(' ', 2 * (step + 1))}depth {member.Depth} ({origin} #{member.Index}) {Name(member.Certificate.Subject)}{verdict}"));
        }

        if (result.MissingIssuer is { } missing)
        {
            console.Prose($"{new string(' ', 2 * (result.Path.Count + 1))}stops here: {Name(missing.IssuerName)} was not sent and is not trusted");
        }
    }

    private static void WriteMissing(IAnsiConsole console, MissingIssuer missing)
    {
        console.Heading("Missing certificate");
        console.Prose($"  subject         {Name(missing.IssuerName)}");
        if (missing.AuthorityKeyIdentifier is { } key)
        {
            console.Prose($"  key identifier  {key}");
        }

        console.Prose($"  download        {missing.CaIssuersUrl ?? "no address (no AIA caIssuers): ask the issuer of the certificate"}");
    }

    /// <summary>OpenSSL's name if Node.js has no name for the result.</summary>
    private static string OwnName(ValidationResult result) =>
        string.Equals(result.Code.OpenSslName(), result.NodeCode, StringComparison.Ordinal) ? string.Empty : " " + result.Code.OpenSslName();

    private static string Circumstances(VerifiedList judged) =>
        string.Create(CultureInfo.InvariantCulture, $" {(judged.Purpose == CertificatePurpose.Client ? "as a client certificate" : "for " + (judged.Host ?? "any host"))} at {judged.At.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z");

    private static string Words(CertificatePurpose purpose) => purpose == CertificatePurpose.Client ? "client" : "server";

    private static string Name(string name) => name.Length == 0 ? "(empty)" : name;

    private static string Day(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "?";
}

using System.Text.Encodings.Web;
using System.Text.Json;
using AutoDetectSim.Certificates.Validation;

namespace AutoDetectSim.Cli.Verify;

/// <summary>A verdict as one JSON document.</summary>
internal sealed record VerifyDocument
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerOptions.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What Node.js reports: <c>OK</c> or a code.</summary>
    public required string Result { get; init; }

    public required bool Accepted { get; init; }

    /// <summary>OpenSSL's name of the result, which distinguishes results that Node.js calls UNSPECIFIED.</summary>
    public required string Openssl { get; init; }

    public required int? OpensslNumber { get; init; }

    public required int? Depth { get; init; }

    public required string? Subject { get; init; }

    public required string? Host { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string Explanation { get; init; }

    /// <summary>Every error in the order in which it was raised, as NAME@depth.</summary>
    public required IReadOnlyList<string> Trail { get; init; }

    /// <summary>SSL Labs' words.</summary>
    public required IReadOnlyList<string> ChainIssues { get; init; }

    public required MissingIssuer? MissingIssuer { get; init; }

    public required IReadOnlyList<PathMember> Path { get; init; }

    public required IReadOnlyList<Certificate> Presented { get; init; }

    /// <summary>All that is wrong, the verdict's reason first.</summary>
    public required IReadOnlyList<string> Findings { get; init; }

    /// <summary>Whose certificates they are: <c>server</c> or <c>client</c>.</summary>
    public string Purpose { get; init; } = "server";

    /// <summary>Whether a host name was checked.</summary>
    public required bool HostChecked { get; init; }

    /// <summary>Subjects in the right order, where the file has another one; otherwise null.</summary>
    public IReadOnlyList<string>? RightOrder { get; init; }

    /// <summary>What Node.js would report on the right order, where the file has another one; otherwise null.</summary>
    public string? ResultInRightOrder { get; init; }

    /// <summary>The host that a connection went to, where the file tells of several; otherwise null.</summary>
    public string? Connection { get; init; }

    /// <summary>Every connection of the file, where it tells of several; otherwise null.</summary>
    public IReadOnlyList<VerifyDocument>? Connections { get; init; }

    /// <summary>The document of a file: of several connections, the first that is rejected gives the verdict of the file.</summary>
    public static VerifyDocument Of(IReadOnlyList<VerifiedList> judged)
    {
        var documents = judged.Select(Of).ToList();
        var first = documents.Find(document => !document.Accepted) ?? documents[0];
        return documents.Count == 1 ? first : first with { Connections = documents };
    }

    private static VerifyDocument Of(VerifiedList judged) => Of(judged.Result, judged.Host, judged.At) with
    {
        Findings = judged.Findings,
        Purpose = judged.Purpose == CertificatePurpose.Client ? "client" : "server",
        RightOrder = judged.InOrder is null ? null : judged.Order!.Subjects,
        ResultInRightOrder = judged.InOrder?.NodeCode,
        Connection = judged.List.Host,
    };

    private static VerifyDocument Of(ValidationResult result, string? host, DateTimeOffset at) => new()
    {
        Findings = [],
        HostChecked = host is not null,
        Result = result.NodeCode,
        Accepted = result.Accepted,
        Openssl = result.Code.OpenSslName(),
        OpensslNumber = result.Code.OpenSslNumber(),
        Depth = result.Depth,
        Subject = result.Subject,
        Host = host,
        At = at,
        Explanation = result.Explanation,
        Trail = [.. result.Trail.Select(static e => e.ToString())],
        ChainIssues = [.. result.ChainIssues.Select(static i => i.Words())],
        MissingIssuer = result.MissingIssuer,
        Path = [.. result.Path.Select(static p => new PathMember(p.Depth, p.Origin == CertificateOrigin.Anchor ? "anchor" : "presented", p.Index, Certificate.Of(p.Certificate)))],
        Presented = [.. result.Presented.Select(Certificate.Of)],
    };

    public string ToJson() => JsonSerializer.Serialize(this, Options);

    internal sealed record PathMember(int Depth, string Origin, int Index, Certificate Certificate);

    internal sealed record Certificate(
        string Subject, string Issuer, string SerialNumber, DateTimeOffset? NotBefore, DateTimeOffset? NotAfter, string PublicKey, string SignatureAlgorithm, string Sha256Fingerprint, string? Defect)
    {
        public static Certificate Of(CertificateSummary summary) => new(
            summary.Subject, summary.Issuer, summary.SerialNumber, summary.NotBefore, summary.NotAfter, summary.PublicKey, summary.SignatureAlgorithm, summary.Sha256Fingerprint, summary.Defect);
    }
}

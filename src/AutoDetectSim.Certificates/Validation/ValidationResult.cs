using AutoDetectSim.Certificates.Validation.Diagnosis;

namespace AutoDetectSim.Certificates.Validation;

/// <summary>
/// The strict verdict on one presented chain. The verdict is there at once; the descriptions
/// (<see cref="Path"/>, <see cref="Explanation"/> and so on) are made when they are first asked for.
/// </summary>
public sealed record ValidationResult
{
    /// <summary><c>OK</c>, or the code that a Node.js client reports, for example <c>UNABLE_TO_VERIFY_LEAF_SIGNATURE</c>.</summary>
    public required string NodeCode { get; init; }

    /// <summary>The same verdict as a member of the closed set, which is finer than Node's names.</summary>
    public ValidationCode Code
    {
        get => field != ValidationCode.Ok ? field : ValidationCodes.FromNodeName(NodeCode) ?? ValidationCode.Unspecified;
        init;
    }

    /// <summary>The position in the path of the certificate that the verdict is about (0: the server's own), or null if the chain was accepted or the handshake failed.</summary>
    public int? Depth { get; init; }

    /// <summary>The RFC 4514 subject of the certificate that the verdict is about, or null.</summary>
    public string? Subject => Detail?.SubjectAt(Depth);

    /// <summary>Every error that was raised, in order, the last one being the verdict. Node reports the last error, not the first.</summary>
    public IReadOnlyList<ValidationEvent> Trail { get; init; } = [];

    /// <summary>The path that was built, the server's own certificate first; empty if the handshake failed.</summary>
    public IReadOnlyList<PathCertificate> Path => Detail?.Path ?? [];

    /// <summary>The presented list in wire order, as far as it could be read.</summary>
    public IReadOnlyList<CertificateSummary> Presented => Detail?.Presented ?? [];

    /// <summary>The verdict in words: the fault, its location, and how to fix it.</summary>
    public string Explanation => Detail?.Explanation ?? ExplanationWriter.Brief(Code);

    /// <summary>The certificate that would continue the path, or null if nothing is missing.</summary>
    public MissingIssuer? MissingIssuer => Detail?.MissingIssuer;

    /// <summary>What SSL Labs would say about the presented list; empty for none.</summary>
    public IReadOnlyList<ChainIssue> ChainIssues => Detail?.ChainIssues ?? [];

    /// <summary>Whether the chain was accepted.</summary>
    public bool Accepted => string.Equals(NodeCode, ValidationCodes.OkName, StringComparison.Ordinal);

    internal ValidationDetail? Detail { get; init; }
}

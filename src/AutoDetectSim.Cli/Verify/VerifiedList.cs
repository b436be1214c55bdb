using AutoDetectSim.Documents.Files;
using AutoDetectSim.Certificates.Validation;

namespace AutoDetectSim.Cli.Verify;

/// <summary>What <c>verify</c> is asked about one file.</summary>
internal sealed record VerifyRequest
{
    public required string Chain { get; init; }

    public required IReadOnlyList<string> Roots { get; init; }

    /// <summary>The host that a client connects to; null: no name is checked.</summary>
    public string? Host { get; init; }

    public required DateTimeOffset At { get; init; }

    public string? Password { get; init; }

    /// <summary>The file to write the certificates to in the right order, or null.</summary>
    public OutputFile? Reorder { get; init; }

    public bool Json { get; init; }

    /// <summary>The Node.js that judges.</summary>
    public NodeVersion Version { get; init; }

    /// <summary>Whose certificates they are.</summary>
    public CertificatePurpose Purpose { get; init; }
}

/// <summary>One list of presented certificates and the verdict on it.</summary>
/// <param name="List">The list.</param>
/// <param name="Host">The host for which it was judged, or null.</param>
/// <param name="At">The time for which it was judged.</param>
/// <param name="Result">The strict verdict.</param>
/// <param name="Order">The right order, or null where a certificate cannot be read.</param>
/// <param name="InOrder">The verdict on the right order; null where the order is right.</param>
/// <param name="Findings">All that is wrong, the verdict's reason first.</param>
/// <param name="Purpose">Whose certificates they are.</param>
internal sealed record VerifiedList(PresentedList List, string? Host, DateTimeOffset At, ValidationResult Result, ChainOrder? Order, ValidationResult? InOrder, IReadOnlyList<string> Findings, CertificatePurpose Purpose)
{
    /// <summary>Judges a list.</summary>
    public static VerifiedList Judge(PresentedList list, TrustAnchors anchors, VerifyRequest request)
    {
        var validator = new StrictPathValidator(request.Version, request.Purpose);
        var result = validator.Validate(list.Certificates, anchors, request.Host, request.At);
        var order = ChainOrder.Of(list.Certificates);
        var inOrder = order is { IsRight: false } ? validator.Validate(order.Right, anchors, request.Host, request.At) : null;
        return new VerifiedList(list, request.Host, request.At, result, order, inOrder, Verify.Findings.Of(result, list.Certificates, order, request.Host, request.At), request.Purpose);
    }
}

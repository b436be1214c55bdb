using AutoDetectSim.Certificates.Validation;

namespace AutoDetectSim.Diagnosis.Capture.Observations;

/// <summary>What is known beside the evidence.</summary>
internal sealed record EvidenceQuestion
{
    /// <summary>The host that calls mean which do not tell, or null.</summary>
    public string? Host { get; init; }

    /// <summary>A port that is forwarded to 443, or null.</summary>
    public int? Port { get; init; }

    /// <summary>An address of the organization, or null.</summary>
    public string? Email { get; init; }

    /// <summary>What clients trust, or null where nobody knows.</summary>
    public TrustAnchors? Anchors { get; init; }

    /// <summary>When the files were saved; counts where nothing in them tells a time.</summary>
    public required DateTimeOffset SavedAt { get; init; }
}

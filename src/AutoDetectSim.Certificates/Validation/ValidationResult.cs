namespace AutoDetectSim.Certificates.Validation;

/// <summary>The strict verdict on one presented chain.</summary>
public sealed record ValidationResult
{
    /// <summary><c>OK</c>, or the code that a Node.js client reports, for example <c>UNABLE_TO_VERIFY_LEAF_SIGNATURE</c>.</summary>
    public required string NodeCode { get; init; }

    /// <summary>Whether the chain was accepted.</summary>
    public bool Accepted => string.Equals(NodeCode, "OK", StringComparison.Ordinal);
}

using AutoDetectSim.Protocols.Node;

namespace AutoDetectSim.Evidence.Calls;

/// <summary>What the program that made the evidence thought of the chain.</summary>
internal sealed record EvidenceVerdict
{
    /// <summary>Whether the chain was accepted.</summary>
    public required bool Passed { get; init; }

    /// <summary>The codes of Node.js that mean the same; empty where the evidence does not tell one failure from another.</summary>
    public IReadOnlyList<string> Codes { get; init; } = [];

    /// <summary>The evidence's own words.</summary>
    public required string Words { get; init; }

    public int Line { get; init; }

    /// <summary>Whether the program found a trust anchor; null where it does not tell.</summary>
    public bool? ReachedAnchor { get; init; }

    /// <summary>Whether a roots file was given to the program, so that it trusts other authorities than most.</summary>
    public bool HasOwnTrust { get; init; }

    /// <summary>Whether the program stopped at the first error, where Node.js goes on and tells the last one.</summary>
    public bool IsFirstError { get; init; }

    /// <summary>Whether a verdict of the lab agrees.</summary>
    public bool Agrees(string labCode)
    {
        if (Passed)
        {
            // Programs that do not compare names find nothing wrong with another host's certificate.
            return labCode is NodeErrors.Ok or "ERR_TLS_CERT_ALTNAME_INVALID";
        }

        return labCode != NodeErrors.Ok && (Codes.Count == 0 || (IsFirstError && labCode is "CERT_HAS_EXPIRED" or "CERT_NOT_YET_VALID") || Codes.Contains(labCode, StringComparer.Ordinal));
    }
}

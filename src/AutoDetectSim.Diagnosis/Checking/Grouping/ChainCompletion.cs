using AutoDetectSim.Certificates.Clients;
using AutoDetectSim.Certificates.Validation;

namespace AutoDetectSim.Diagnosis.Checking.Grouping;

/// <summary>Where a chain leads when certificates that were met elsewhere, or downloaded, are added to it.</summary>
internal enum ChainCompletion
{
    /// <summary>To a trust anchor.</summary>
    Trusted,

    /// <summary>Further up, and to no trust anchor.</summary>
    Untrusted,

    /// <summary>No further: nothing that is known issued its last certificate.</summary>
    Unknown,
}

/// <summary>Completes chains.</summary>
internal static class ChainCompletions
{
    /// <summary>Finds out where a chain leads.</summary>
    /// <param name="validator">The strict engine.</param>
    /// <param name="anchors">What clients trust.</param>
    /// <param name="strict">The verdict on the chain as presented.</param>
    /// <param name="presented">The chain as presented.</param>
    /// <param name="known">Further certificates, DER.</param>
    /// <param name="at">The time.</param>
    public static ChainCompletion Find(
        StrictPathValidator validator,
        TrustAnchors anchors,
        ValidationResult strict,
        IReadOnlyList<ReadOnlyMemory<byte>> presented,
        IReadOnlyList<ReadOnlyMemory<byte>> known,
        DateTimeOffset at)
    {
        if (!ClientText.IsChainFailure(strict.Code))
        {
            return ChainCompletion.Trusted;
        }

        var completed = validator.Validate([.. presented, .. known], anchors, null, at);
        return !ClientText.IsChainFailure(completed.Code) ? ChainCompletion.Trusted
            : completed.Path.Count > strict.Path.Count ? ChainCompletion.Untrusted
            : ChainCompletion.Unknown;
    }
}

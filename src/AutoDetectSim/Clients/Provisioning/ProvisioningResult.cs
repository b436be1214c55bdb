using AutoDetectSim.Network;
using AutoDetectSim.Protocols.Node;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Clients.Provisioning;

/// <summary>One attempt of Exchange Online to provision a cached mailbox.</summary>
internal sealed record ProvisioningResult
{
    public required ProvisioningOutcome Outcome { get; init; }

    /// <summary>
    /// Why it stopped: a code of the network or of certificates as AutoDetect has them, <c>HTTP 403</c>, or <c>Status 130</c> of
    /// ActiveSync; null when it did not stop.
    /// </summary>
    public string? Code { get; init; }

    /// <summary>Who asked: an address of Exchange Online.</summary>
    public required Caller Caller { get; init; }

    /// <summary>What was done, in order; the last step is where it stopped.</summary>
    public required IReadOnlyList<ProvisioningStep> Steps { get; init; }
}

/// <summary>One request of a provisioning attempt, and its result.</summary>
/// <param name="Asked">What was asked: <c>AutoDiscover V2</c>, <c>token</c>, <c>OPTIONS</c>, or an ActiveSync command.</param>
/// <param name="Sentence">What happened, in a sentence.</param>
internal sealed record ProvisioningStep(string Asked, string Sentence)
{
    public LabHttpExchange? Exchange { get; init; }

    public string? Code { get; init; }
}

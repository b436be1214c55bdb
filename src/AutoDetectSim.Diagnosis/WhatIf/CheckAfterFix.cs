using AutoDetectSim.Diagnosis.Checking;
using AutoDetectSim.Diagnosis.Observing;
using AutoDetectSim.Protocols;
using AutoDetectSim.Scenarios;
using AutoDetectSim.Scenarios.Changes;

namespace AutoDetectSim.Diagnosis.WhatIf;

/// <summary>A check of the same host after changes.</summary>
internal sealed record CheckAfterFix
{
    /// <summary>The changes, each in a line.</summary>
    public required IReadOnlyList<string> Changes { get; init; }

    /// <summary>For changes that were searched for: whether every detection does what it should after them. Null for changes that were given.</summary>
    public bool? IsComplete { get; init; }

    /// <summary>For changes that were searched for: whether it is certain that no fewer do. Null for changes that were given.</summary>
    public bool? IsSmallest { get; init; }

    /// <summary>Whether the changes were applied to a lab that reproduces what was observed, with lab keys, because the host itself is not in a lab.</summary>
    public bool IsReproduction { get; init; }

    /// <summary>The check after the changes; null where there is nothing to change.</summary>
    public CheckResult? After { get; init; }

    /// <summary>Makes changes to a lab, and checks a host of it again.</summary>
    /// <param name="lab">The lab; it is left with the changes.</param>
    /// <param name="changes">The changes.</param>
    /// <param name="request">What is checked.</param>
    /// <param name="isReproduction">Whether the lab reproduces another world.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="ScenarioChangeException">A running lab cannot make a change.</exception>
    public static async Task<CheckAfterFix> RunAsync(Lab lab, FixRequest changes, CheckRequest request, bool isReproduction, CancellationToken cancellationToken)
    {
        var found = await changes.ApplyAsync(lab, AddressOf(request, lab.Scenario), progress: null, cancellationToken);
        var after = found.Changes.Count == 0 ? null : await new CheckRunner(LabEnvironment.Of(lab)).RunAsync(request, progress: null, cancellationToken);
        return new CheckAfterFix
        {
            Changes = found.Changes,
            IsComplete = changes.IsSearch ? found.IsComplete && after?.Hosts.All(host => host.Successes == host.Attempts) != false : null,
            IsSmallest = changes.IsSearch ? found.IsSmallest : null,
            IsReproduction = isReproduction,
            After = after,
        };
    }

    /// <summary>Whose detection is to succeed: the address that the check is about, or else one of the organization whose host it is.</summary>
    private static EmailAddress AddressOf(CheckRequest request, Scenario scenario)
    {
        var organization = scenario.Organizations.FirstOrDefault(one => one.Domains.Any(domain => request.Host.EndsWith(domain, StringComparison.OrdinalIgnoreCase))) ?? scenario.Organizations[0];
        var text = request.Email ?? (organization.Mailboxes.Count > 0 ? organization.Mailboxes[0] : "autodetectsim@" + organization.Domains[0]);
        return EmailAddress.TryParse(text, out var address) ? address : throw new ScenarioChangeException(FixRequest.All, $"'{text}' is not an e-mail address.");
    }
}

using AutoDetectSim.Diagnosis.Observing;
using AutoDetectSim.Documents;
using AutoDetectSim.Protocols;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Diagnosis.WhatIf;

/// <summary>Finds out how well the worlds of one lab do for one address.</summary>
internal sealed class FixEvaluator(Lab lab, EmailAddress email)
{
    // The first few tell most bad worlds from good ones.
    private static readonly int[] Chunks = [3, 12, int.MaxValue];

    private static readonly string[] Arrives = [CamelCase<ProvisioningOutcome>.Of(ProvisioningOutcome.Provisioned), CamelCase<ProvisioningOutcome>.Of(ProvisioningOutcome.NotNeeded)];

    private readonly HashSet<string> _wrongOutcomes = [.. WrongOutcomes(lab.Control.Original, email).Select(CamelCase<Outcome>.Of)];

    /// <summary>What the phone must not show: a password page neither, where the organization is meant to have modern authentication.</summary>
    private static IEnumerable<Outcome> WrongOutcomes(Scenario scenario, EmailAddress email)
    {
        var organization = scenario.Organizations.FirstOrDefault(one => one.Domains.Contains(email.Domain, StringComparer.OrdinalIgnoreCase));
        IEnumerable<Outcome> wrong = [Outcome.WrongProvider, Outcome.InsecureConnection, Outcome.SelectProvider, Outcome.StillSearching, Outcome.TryAgain];
        return organization is null or { Auth: AuthenticationMode.Basic } ? wrong : wrong.Append(Outcome.BasicAuthAdded);
    }

    /// <summary>Runs the present world of the lab; a world that is not perfect is left before all attempts are made.</summary>
    /// <param name="attempts">How many detections are made of a perfect world.</param>
    /// <param name="withProvisioning">Whether Exchange Online's provisioning counts.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<FixScore> JudgeAsync(int attempts, bool withProvisioning, CancellationToken cancellationToken)
    {
        using var observer = new LabObserver(lab);
        var score = new FixScore(0, 0, 0, 0, 0);
        foreach (var chunk in Chunks)
        {
            var size = Math.Min(chunk, attempts - score.Attempts);
            if (size > 0 && score.IsPerfect)
            {
                score = score.Plus(await RunAsync(observer, size, withProvisioning, cancellationToken));
            }
        }

        return score;
    }

    private async Task<FixScore> RunAsync(LabObserver observer, int attempts, bool withProvisioning, CancellationToken cancellationToken)
    {
        var result = await observer.DetectAsync(email.Text, attempts, cancellationToken);
        var wrong = result.Outcomes.Where(outcome => _wrongOutcomes.Contains(outcome.Key)).Sum(outcome => outcome.Value);
        if (!withProvisioning || wrong > 0 || !observer.IsProvisioned(email))
        {
            return new FixScore(attempts, result.Successes, attempts - wrong, 0, 0);
        }

        var provisioned = await observer.ProvisionAsync(email, attempts, cancellationToken);
        return new FixScore(attempts, result.Successes, attempts - wrong, attempts, Arrives.Sum(outcome => provisioned.GetValueOrDefault(outcome)));
    }
}

using AutoDetectSim.Clients;
using AutoDetectSim.Diagnosis.Probing;
using AutoDetectSim.Diagnosis.Statistics;
using AutoDetectSim.Documents;
using AutoDetectSim.Protocols;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Diagnosis.WhatIf;

/// <summary>Finds out how well the worlds of one lab do for one address.</summary>
internal sealed class FixEvaluator(Lab lab, EmailAddress email)
{
    private const int MostAttempts = 400;
    private const double Confidence = 0.99;

    // A firewall may know one of AutoDetect's ranges and not the other: calls come from 4,096 and from 512 addresses ([M365-ADDL]).
    private static readonly int SourcesNeeded = CouponCollector.ProbesNeeded([4096.0 / 4608, 512.0 / 4608], Confidence);

    // The first few tell most bad worlds from good ones.
    private static readonly int[] Chunks = [3, 12, MostAttempts];

    private readonly HashSet<string> _wrongOutcomes = [.. WrongOutcomes(lab.Control.Original, email).Select(CamelCase<Outcome>.Of)];

    /// <summary>What the phone must not show: a password page neither, where the organization is meant to have modern authentication.</summary>
    private static IEnumerable<Outcome> WrongOutcomes(Scenario scenario, EmailAddress email)
    {
        var organization = scenario.Organizations.FirstOrDefault(one => one.Domains.Contains(email.Domain, StringComparer.OrdinalIgnoreCase));
        IEnumerable<Outcome> wrong = [Outcome.WrongProvider, Outcome.InsecureConnection, Outcome.SelectProvider, Outcome.StillSearching, Outcome.TryAgain];
        return organization is null or { Auth: AuthenticationMode.Basic } ? wrong : wrong.Append(Outcome.BasicAuthAdded);
    }

    /// <summary>How many detections meet everything that can go wrong in a scenario, with 99% probability where it is left to chance.</summary>
    public static int AttemptsNeeded(Scenario scenario)
    {
        var needed = 4;
        foreach (var balancer in scenario.LoadBalancers)
        {
            var nodes = Math.Max(1, balancer.Nodes.Count(node => node.Up));
            var shares = balancer.Nodes.Select(node => ShareOf(node.FaultShare)).Append(ShareOf(balancer.FaultShare)).Max();
            var turns = balancer.Algorithm switch
            {
                BalancingAlgorithm.RoundRobin => nodes,
                BalancingAlgorithm.Sequence => Math.Max(nodes, balancer.Sequence.Count),
                BalancingAlgorithm.Weighted => Math.Max(1, balancer.Nodes.Sum(node => node.Weight)),
                _ => CouponCollector.ProbesNeeded(Math.Min(nodes, CouponCollector.MaximumNodes), Confidence),
            };
            var sources = balancer.AllowFrom.Count + balancer.DenyFrom.Count > 0 ? SourcesNeeded : 1;
            needed = Math.Max(needed, Math.Min(Math.Max(turns * shares, sources), MostAttempts));
        }

        return Math.Min(2 * needed, MostAttempts);
    }

    /// <summary>Runs the present world of the lab; a world that is not perfect is left before all attempts are made.</summary>
    /// <param name="attempts">How many detections are made of a perfect world.</param>
    /// <param name="withProvisioning">Whether Exchange Online's provisioning counts.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<FixScore> JudgeAsync(int attempts, bool withProvisioning, CancellationToken cancellationToken)
    {
        using var client = LabFrontDoor.CreateClient(lab, concurrency: 1);
        var run = new ProbeRun(client, lab, lab.Options.TimeProvider);
        var score = new FixScore(0, 0, 0, 0, 0);
        foreach (var chunk in Chunks)
        {
            var size = Math.Min(chunk, attempts - score.Attempts);
            if (size > 0 && score.IsPerfect)
            {
                score = score.Plus(await RunAsync(run, size, withProvisioning, cancellationToken));
            }
        }

        return score;
    }

    private async Task<FixScore> RunAsync(ProbeRun run, int attempts, bool withProvisioning, CancellationToken cancellationToken)
    {
        var result = await run.RunAsync(email.Text, attempts, 1, null, cancellationToken);
        var wrong = result.Outcomes.Where(outcome => _wrongOutcomes.Contains(outcome.Key)).Sum(outcome => outcome.Value);
        var (tried, provisioned) = withProvisioning && wrong == 0 ? await ProvisionAsync(attempts, cancellationToken) : (0, 0);
        return new FixScore(attempts, result.Successes, attempts - wrong, tried, provisioned);
    }

    private async Task<(int Tried, int Provisioned)> ProvisionAsync(int attempts, CancellationToken cancellationToken)
    {
        if (MailboxHomes.Of(lab.Scenario, email.Text) != MailboxHome.ExchangeOnPremises)
        {
            return (0, 0);
        }

        var provisioned = 0;
        for (var attempt = 0; attempt < attempts; attempt++)
        {
            var result = await lab.Provisioning.ProvisionAsync(email, cancellationToken);
            provisioned += result.Outcome is ProvisioningOutcome.Provisioned or ProvisioningOutcome.NotNeeded ? 1 : 0;
        }

        return (attempts, provisioned);
    }

    private static int ShareOf(string? share) =>
        share is not null && Share.TryParse(share, out var read) && read.Probability > 0 ? (int)Math.Ceiling(1 / read.Probability) : 1;
}

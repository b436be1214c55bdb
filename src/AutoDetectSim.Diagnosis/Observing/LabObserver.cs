using AutoDetectSim.Clients;
using AutoDetectSim.Diagnosis.Probing;
using AutoDetectSim.Documents;
using AutoDetectSim.Protocols;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Diagnosis.Observing;

/// <summary>Observes what an address gets from a lab: detections through the front door one at a time, and Exchange Online's provisioning of its mailbox.</summary>
/// <param name="lab">The lab. The observer follows its changes and does not own it.</param>
internal sealed class LabObserver(Lab lab) : IDisposable
{
    private readonly FrontDoorClient _client = LabFrontDoor.CreateClient(lab, concurrency: 1);

    /// <summary>Makes one detection with the query of <see cref="ProbeRun.DefaultQuery"/>.</summary>
    /// <exception cref="HttpRequestException">AutoDetect itself cannot be reached.</exception>
    public Task<FrontDoorAnswer> DetectOnceAsync(EmailAddress address, CancellationToken cancellationToken) =>
        _client.CallAsync(address.Text, ProbeRun.DefaultQuery, cancellationToken);

    /// <summary>Makes detections one after the other.</summary>
    /// <param name="address">The address as it is typed; it need not be sound.</param>
    /// <param name="attempts">How many detections; at least 1.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <param name="query">The query of each call; null for <see cref="ProbeRun.DefaultQuery"/>.</param>
    /// <param name="observe">Called with each detection; null for none.</param>
    /// <exception cref="HttpRequestException">AutoDetect itself cannot be reached.</exception>
    public Task<DetectionRunResult> DetectAsync(string address, int attempts, CancellationToken cancellationToken, string? query = null, Action<DetectionAttempt>? observe = null) =>
        new ProbeRun(_client, lab, lab.Options.TimeProvider).RunAsync(address, attempts, concurrency: 1, progress: null, cancellationToken, query, observe);

    /// <summary>Whether Exchange Online provisions a cached mailbox for an address: its mailbox is on premises.</summary>
    public bool IsProvisioned(EmailAddress address) => MailboxHomes.Of(lab.Scenario, address.Text) == MailboxHome.ExchangeOnPremises;

    /// <summary>Provisions the cached mailbox of an address again and again: how often each <see cref="ProvisioningOutcome"/> occurred, by its name in camel case.</summary>
    public async Task<IReadOnlyDictionary<string, int>> ProvisionAsync(EmailAddress address, int attempts, CancellationToken cancellationToken)
    {
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (var attempt = 0; attempt < attempts; attempt++)
        {
            var outcome = CamelCase<ProvisioningOutcome>.Of((await lab.Provisioning.ProvisionAsync(address, cancellationToken)).Outcome);
            counts[outcome] = counts.GetValueOrDefault(outcome) + 1;
        }

        return counts;
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();
}

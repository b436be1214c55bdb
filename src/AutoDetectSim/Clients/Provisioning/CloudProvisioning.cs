using AutoDetectSim.AutoDetect.Pipeline;
using AutoDetectSim.Network;
using AutoDetectSim.Protocols;
using AutoDetectSim.Protocols.Randomness;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Clients.Provisioning;

/// <summary>
/// Exchange Online as it makes the cached mailbox of an on-premises user (steps 4 to 8 of [HMADOC]): it asks AutoDiscover V2 for
/// the ActiveSync address, signs in there, and begins to synchronize. It trusts no chain that lacks an intermediate ([SEED]).
/// </summary>
internal sealed class CloudProvisioning(int seed, ILabHttpClient http, MailboxCredentials credentials)
{
    /// <summary>Far from the numbers of AutoDetect's own callers.</summary>
    private const long FirstSession = 1L << 52;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private readonly AutoDiscoverV2Client _autoDiscover = new(http, Timeout);
    private long _attempts;

    /// <summary>Makes one attempt. Throws <see cref="OperationCanceledException"/> only when <paramref name="cancellationToken"/> is cancelled.</summary>
    public async Task<ProvisioningResult> ProvisionAsync(EmailAddress email, CancellationToken cancellationToken)
    {
        var attempt = Interlocked.Increment(ref _attempts);
        var caller = new Caller(new Seed(seed).Stream(FirstSession + attempt).NextExchangeOnlineAddress(), FirstSession + attempt, CallerKind.ExchangeOnline);
        var steps = new List<ProvisioningStep>();
        var question = AutoDiscoverV2Client.Question($"https://autodiscover.{email.Domain}/autodiscover/autodiscover.json", email, redirectCount: 1);
        var hop = await _autoDiscover.FollowAsync(question, 0, caller, passed => steps.Add(Step(passed)), cancellationToken);
        steps.Add(Step(hop));
        var (outcome, code) = hop.ActiveSync switch
        {
            null => (ProvisioningOutcome.AutoDiscover, hop.Code),
            { Host: var host } when AutoDiscoverV2.IsCloudHost(host) => (ProvisioningOutcome.NotNeeded, null),
            { } activeSync => await new ActiveSyncSession(http, credentials, email, caller, steps).SynchronizeAsync(activeSync, cancellationToken),
        };
        return new ProvisioningResult { Outcome = outcome, Code = code, Caller = caller, Steps = steps };
    }

    private static ProvisioningStep Step(AutoDiscoverHop hop) => new("AutoDiscover V2", hop.Sentence) { Exchange = hop.Exchange, Code = hop.Code };
}

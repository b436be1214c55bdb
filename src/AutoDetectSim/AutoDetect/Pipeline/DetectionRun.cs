using AutoDetectSim.AutoDetect.Answers;
using AutoDetectSim.AutoDetect.Database;
using AutoDetectSim.Network;
using AutoDetectSim.Protocols;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.AutoDetect.Pipeline;

/// <summary>
/// A detection while it is made. The search may continue after the caller was answered 202: <see cref="Gate"/> guards
/// what both touch.
/// </summary>
internal sealed class DetectionRun(EmailAddress email, DetectionParameters parameters, Caller caller)
{
    private readonly List<DetectionStep> _steps = [];
    private long _networkTicks;

    public Lock Gate { get; } = new();

    public EmailAddress Email { get; } = email;

    public DetectionParameters Parameters { get; } = parameters;

    public Caller Caller { get; } = caller;

    public DomainRecordDefinition? DomainRecord { get; set; }

    public ProviderRecord? ProviderRecord { get; set; }

    public AutoDiscoverAnswer? AutoDv2 { get; set; }

    public AutoDiscoverAnswer? AutoDv1 { get; set; }

    /// <summary>The code of the last AutoDiscover V2 step that failed.</summary>
    public string? AutoDv2Error { get; set; }

    /// <summary>The provider record that gave the answer.</summary>
    public string? ProviderId { get; private set; }

    public IReadOnlyList<ServiceEntry> Services { get; private set; } = [];

    public IReadOnlyList<ProtocolEntry> Protocols { get; private set; } = [];

    /// <summary>Exchange Online sent AutoDetect to a server elsewhere: the mailbox is in no cloud.</summary>
    public bool ExchangeOnlineSaysOnPremises { get; set; }

    /// <summary>The host whose network or TLS failed last.</summary>
    public string? UnreachableHost { get; set; }

    /// <summary>The domain has neither an address for its mail nor an AutoDiscover host.</summary>
    public bool DomainIsUnknown { get; set; }

    public bool Found => Services.Count > 0 || Protocols.Count > 0;

    /// <summary>The time that the network took, simulated waiting included.</summary>
    public TimeSpan NetworkTime => TimeSpan.FromTicks(Interlocked.Read(ref _networkTicks));

    /// <summary>Counts time that the network took beside the exchanges of the steps, such as that of name servers.</summary>
    public void AddNetworkTime(TimeSpan time) => Interlocked.Add(ref _networkTicks, time.Ticks);

    public void Add(DetectionStep step)
    {
        if (step.Exchange is { } exchange)
        {
            AddNetworkTime(exchange.Elapsed);
        }

        lock (Gate)
        {
            _steps.Add(step);
        }
    }

    public IReadOnlyList<DetectionStep> StepsSoFar()
    {
        lock (Gate)
        {
            return _steps.ToArray();
        }
    }

    /// <summary>Takes the entries that the caller can use; false when none is left.</summary>
    public bool Offer(IReadOnlyList<ServiceEntry> services, IReadOnlyList<ProtocolEntry> protocols, string? providerId = null)
    {
        var wantedServices = services.Where(Wants).ToArray();
        var wantedProtocols = protocols
            .Where(entry => Parameters.WantsProtocol(entry.Protocol))
            .OrderBy(entry => entry.Protocol, StringComparer.Ordinal)
            .ToArray();
        if (wantedServices.Length == 0 && wantedProtocols.Length == 0)
        {
            return false;
        }

        lock (Gate)
        {
            Services = wantedServices;
            Protocols = wantedProtocols;
            ProviderId = providerId;
        }

        return true;
    }

    private bool Wants(ServiceEntry entry) =>
        Parameters.WantsService(entry.Service)
        && (entry.OnPrem is not null || entry.Protocol is not "rest" || Parameters.WantsRest(entry.Service));
}

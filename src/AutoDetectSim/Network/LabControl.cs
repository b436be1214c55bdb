using AutoDetectSim.Certificates.Issuance;
using AutoDetectSim.Exchange;
using AutoDetectSim.LoadBalancing;
using AutoDetectSim.Network.Faults;
using AutoDetectSim.Scenarios;
using AutoDetectSim.Scenarios.Validation;
using Microsoft.Extensions.Logging;

namespace AutoDetectSim.Network;

/// <summary>
/// Changes a lab while it runs, as an administrator would: nodes, chains, firewalls, DNS. Connections that are open keep what
/// they were given; new ones meet the change. After each change the balancers' health probes ask again. Every change is
/// logged and remembered. Safe for use by several threads.
/// </summary>
internal sealed partial class LabControl(
    Scenario scenario,
    LabNetwork network,
    LabServer server,
    NodeIdentities identities,
    ExchangeServers exchange,
    HealthProbes probes,
    TimeProvider time,
    ILogger<LabControl> logger) : IDisposable
{
    /// <summary>How many changes are remembered.</summary>
    public const int MaximumChanges = 1000;

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Queue<LabChange> _changes = [];

    /// <summary>What has been changed since the lab started, the oldest first.</summary>
    public IReadOnlyList<LabChange> Changes
    {
        get
        {
            lock (_changes)
            {
                return [.. _changes];
            }
        }
    }

    /// <summary>Takes a node out of its balancer, or puts it back.</summary>
    /// <exception cref="LabControlException">There is no such node.</exception>
    public Task SetUpAsync(string node, bool up, CancellationToken cancellationToken) => ChangeAsync(
        () => FindNode(node).Node.Up = up,
        $"{node} is {(up ? "in" : "out of")} its balancer.",
        cancellationToken);

    /// <summary>Says what goes wrong on a node's connections.</summary>
    /// <param name="node">The node's name.</param>
    /// <param name="fault">The fault; <see cref="TransportFault.None"/> takes it away.</param>
    /// <param name="share">The share of connections, as scenarios write it; null: all.</param>
    /// <param name="alert">The alert of <see cref="TransportFault.Alert"/>.</param>
    /// <param name="cancellationToken">Gives up waiting for the health probes.</param>
    /// <exception cref="LabControlException">There is no such node, share or alert.</exception>
    public Task SetFaultAsync(string node, TransportFault fault, string? share, string? alert, CancellationToken cancellationToken) => ChangeAsync(
        () => FindNode(node).Node.Faults = Faults(fault, share, alert, "node/" + node),
        $"{node}: fault {fault}{(share is null ? "" : $" on {share} of its connections")}.",
        cancellationToken);

    /// <summary>Says what goes wrong on the way to a balancer; the parameters are those of <see cref="SetFaultAsync"/>.</summary>
    /// <exception cref="LabControlException">There is no such balancer, share or alert.</exception>
    public Task SetBalancerFaultAsync(string balancer, TransportFault fault, string? share, string? alert, CancellationToken cancellationToken) => ChangeAsync(
        () => FindBalancer(balancer).Faults = Faults(fault, share, alert, "balancer/" + balancer),
        $"{balancer}: fault {fault}{(share is null ? "" : $" on {share} of its connections")}.",
        cancellationToken);

    /// <summary>Sets the round-trip time that a node adds.</summary>
    /// <exception cref="LabControlException">There is no such node, or the time is negative.</exception>
    public Task SetLatencyAsync(string node, TimeSpan latency, CancellationToken cancellationToken) => ChangeAsync(
        () => FindNode(node).Node.Latency = latency >= TimeSpan.Zero ? latency : throw new LabControlException($"A round-trip time of {latency} is none."),
        $"{node} is {latency.TotalMilliseconds} ms away.",
        cancellationToken);

    /// <summary>Lets a node present another chain; behind a balancer that ends TLS, the balancer and all its nodes.</summary>
    /// <exception cref="LabControlException">There is no such node, or no such chain can be presented.</exception>
    public Task PresentAsync(string node, PresentedChainRecipe recipe, CancellationToken cancellationToken) => ChangeAsync(
        () => SetIdentity(node, identity => Checked(recipe, identity.TlsVersions, identity.ClientCertificate)),
        $"{node} presents {(recipe.Names is null ? $"{recipe.Certificate} in the shape {recipe.Shape}" : string.Join(", ", recipe.Names))}.",
        cancellationToken);

    /// <summary>Fills the Windows intermediate store of a node: it presents its certificate and what can be built from the store.</summary>
    /// <param name="node">The node's name.</param>
    /// <param name="authorities">The authorities in the store; null: all.</param>
    /// <param name="cancellationToken">Gives up waiting for the health probes.</param>
    /// <exception cref="LabControlException">There is no such node.</exception>
    public Task SetIntermediateStoreAsync(string node, IReadOnlyList<string>? authorities, CancellationToken cancellationToken) => ChangeAsync(
        () => SetIdentity(node, identity => Checked(
            identities.Presentable(new PresentedChainRecipe { Certificate = identity.Recipe!.Certificate }, authorities),
            identity.TlsVersions,
            identity.ClientCertificate)),
        $"The intermediate store of {node} holds {(authorities is null ? "all that is needed" : authorities.Count == 0 ? "nothing" : string.Join(", ", authorities))}.",
        cancellationToken);

    /// <summary>Sets how a node speaks TLS.</summary>
    /// <param name="node">The node's name.</param>
    /// <param name="versions">The versions that it accepts, as scenarios write them.</param>
    /// <param name="clientCertificate">Whether it demands a client certificate.</param>
    /// <param name="cancellationToken">Gives up waiting for the health probes.</param>
    /// <exception cref="LabControlException">There is no such node or version.</exception>
    public Task SetTlsAsync(string node, IReadOnlyList<string> versions, bool clientCertificate, CancellationToken cancellationToken) => ChangeAsync(
        () =>
        {
            if (versions.Count == 0 || versions.Any(version => version is not ("1.0" or "1.1" or "1.2" or "1.3")))
            {
                throw new LabControlException($"'{string.Join(", ", versions)}' are no TLS versions of 1.0, 1.1, 1.2, 1.3.");
            }

            SetIdentity(node, identity => identities.Of(identity.Recipe!, versions, clientCertificate));
        },
        $"{node} accepts TLS {string.Join(", ", versions)}{(clientCertificate ? " and demands a client certificate" : "")}.",
        cancellationToken);

    /// <summary>Takes virtual directories of a node out of service, and puts all others in.</summary>
    /// <exception cref="LabControlException">There is no such node.</exception>
    public Task SetOfflineAsync(string node, IReadOnlyList<VirtualDirectory> directories, CancellationToken cancellationToken) => ChangeAsync(
        () => exchange.SetOffline(FindNode(node).Node.Definition!, [.. directories]),
        $"Offline on {node}: {(directories.Count == 0 ? "nothing" : string.Join(", ", directories))}.",
        cancellationToken);

    /// <summary>Sets the firewall in front of a balancer.</summary>
    /// <exception cref="LabControlException">There is no such balancer, or a range is none.</exception>
    public Task SetFirewallAsync(string balancer, IReadOnlyList<string> allowFrom, IReadOnlyList<string> denyFrom, Blocking blocked, CancellationToken cancellationToken) => ChangeAsync(
        () => FindBalancer(balancer).Firewall = Translate(() => Firewall.FromRanges(allowFrom, denyFrom, blocked)),
        $"The firewall in front of {balancer} allows {(allowFrom.Count == 0 ? "everyone" : string.Join(", ", allowFrom))}{(denyFrom.Count == 0 ? "" : $" but {string.Join(", ", denyFrom)}")}.",
        cancellationToken);

    /// <summary>Sets what becomes of connections to the IPv6 address of a balancer.</summary>
    /// <exception cref="LabControlException">There is no such balancer.</exception>
    public Task SetIpv6Async(string balancer, Reachability reachability, CancellationToken cancellationToken) => ChangeAsync(
        () =>
        {
            var found = FindBalancer(balancer);
            foreach (var virtualIp in network.VirtualIps.Where(virtualIp => virtualIp.Balancer == found))
            {
                virtualIp.Ipv6 = reachability;
            }
        },
        $"IPv6 of {balancer} is {reachability}.",
        cancellationToken);

    /// <summary>Sets the records of one type at one name.</summary>
    /// <param name="owner">The name.</param>
    /// <param name="type">The type, as scenarios write it.</param>
    /// <param name="records">The records; null takes them away.</param>
    /// <param name="cancellationToken">Gives up waiting for the health probes.</param>
    /// <exception cref="LabControlException">The name, the type or a record has not its form.</exception>
    public Task SetDnsAsync(string owner, string type, IReadOnlyList<string>? records, CancellationToken cancellationToken) => ChangeAsync(
        () =>
        {
            Check(owner, type, records ?? []);
            if (records is null)
            {
                network.Zone.Remove(owner, type);
            }
            else
            {
                network.Zone.Set(owner, type, records);
            }
        },
        records is null ? $"{owner} has no {type} records any more." : $"{owner} {type}: {string.Join(", ", records)}.",
        cancellationToken);

    /// <summary>Lets a balancer forget which connections stay on which node.</summary>
    /// <exception cref="LabControlException">There is no such balancer.</exception>
    public Task ClearPersistenceAsync(string balancer, CancellationToken cancellationToken) => ChangeAsync(
        () => FindBalancer(balancer).ClearPersistence(),
        $"{balancer} has forgotten its sessions.",
        cancellationToken);

    /// <summary>Lets probes ask, and ports close and open, as the lab is now.</summary>
    internal async Task SettleAsync(CancellationToken cancellationToken)
    {
        await probes.RunAsync(cancellationToken);
        await server.UpdatePortsAsync();
    }

    public void Dispose() => _turn.Dispose();

    private async Task ChangeAsync(Action change, string sentence, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            change();
            LogChange(sentence);
            lock (_changes)
            {
                _changes.Enqueue(new LabChange(time.GetUtcNow(), sentence));
                if (_changes.Count > MaximumChanges)
                {
                    _changes.Dequeue();
                }
            }

            await SettleAsync(cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    private void SetIdentity(string name, Func<NodeIdentity, NodeIdentity> change)
    {
        var (balancer, node) = FindNode(name);
        var identity = change(node.Identity!);
        IEnumerable<LabNode> changed = balancer.Own is { } own ? balancer.Nodes.Append(own) : [node];
        foreach (var one in changed)
        {
            one.Identity = identity;
        }
    }

    private NodeIdentity Checked(PresentedChainRecipe recipe, IReadOnlyList<string> versions, bool clientCertificate)
    {
        var identity = identities.Of(recipe, versions, clientCertificate);
        return Translate(() =>
        {
            identity.Settings();
            return identity;
        });
    }

    private FaultSource Faults(TransportFault fault, string? share, string? alert, string owner) =>
        fault == TransportFault.None ? FaultSource.None : Translate(() => new FaultSource(fault, alert, share, scenario.Seed, owner));

    private static void Check(string owner, string type, IReadOnlyList<string> records)
    {
        if (!TextForms.IsHostName(owner))
        {
            throw new LabControlException($"'{owner}' is no host or domain name.");
        }

        if (TextForms.Find(Scenarios.Model.ScalarSyntax.DnsType)?.IsValid(type) is not true)
        {
            throw new LabControlException($"'{type}' is no record type of the lab's zone.");
        }

        foreach (var record in records)
        {
            if (DnsRules.Expected(type, record) is { } expected)
            {
                throw new LabControlException($"'{record}' is no {type} record: expected {expected}.");
            }
        }
    }

    private (LoadBalancer Balancer, LabNode Node) FindNode(string name)
    {
        foreach (var balancer in Balancers())
        {
            if (balancer.Find(name) is { } node)
            {
                return (balancer, node);
            }
        }

        throw new LabControlException($"The lab has no node '{name}'.");
    }

    private LoadBalancer FindBalancer(string name) =>
        Balancers().FirstOrDefault(balancer => string.Equals(balancer.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new LabControlException($"The lab has no load balancer '{name}'.");

    private IEnumerable<LoadBalancer> Balancers() => network.VirtualIps.Where(virtualIp => !virtualIp.IsService).Select(virtualIp => virtualIp.Balancer).Distinct();

    private static T Translate<T>(Func<T> make)
    {
        try
        {
            return make();
        }
        catch (Exception exception) when (exception is FormatException or LabPkiException)
        {
            throw new LabControlException(exception.Message, exception);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Changed: {Change}")]
    private partial void LogChange(string change);
}

/// <summary>One change of a running lab.</summary>
/// <param name="At">When.</param>
/// <param name="Sentence">What, in a sentence.</param>
internal sealed record LabChange(DateTimeOffset At, string Sentence);

/// <summary>A change that the lab cannot make; it stays as it is.</summary>
internal sealed class LabControlException(string message, Exception? innerException = null) : Exception(message, innerException);

using System.Net;
using AutoDetectSim.Certificates.Issuance;
using AutoDetectSim.Exchange;
using AutoDetectSim.Network;
using AutoDetectSim.Network.Faults;
using AutoDetectSim.Network.LoadBalancing;
using AutoDetectSim.Scenarios;
using Microsoft.AspNetCore.Http;

namespace AutoDetectSim;

/// <summary>Makes the load balancers of a scenario, and the virtual IPs that they own.</summary>
/// <param name="scenario">The scenario.</param>
/// <param name="identities">Makes what nodes present.</param>
/// <param name="exchange">Answers as the nodes.</param>
/// <param name="before">The balancers that these replace: unchanged ones continue where they were.</param>
internal sealed class BalancerFactory(Scenario scenario, NodeIdentities identities, ExchangeServers exchange, IReadOnlyDictionary<string, LoadBalancer> before)
{
    /// <summary>The first address that a balancer gets which names none (TEST-NET-3, RFC 5737).</summary>
    private const string FirstAddress = "203.0.113.10";

    /// <summary>The port of plain HTTP.</summary>
    private const int HttpPort = 80;

    private static readonly IReadOnlyList<string> DefaultTlsVersions = new NodeDefinition { Name = "" }.TlsVersions;

    /// <summary>Makes the virtual IPs in scenario order; a balancer whose port 80 is not closed has two.</summary>
    public List<VirtualIp> Create()
    {
        var taken = scenario.LoadBalancers
            .Where(balancer => balancer.Address is not null)
            .Select(balancer => IPAddress.Parse(balancer.Address!))
            .ToHashSet();
        var next = IPAddress.Parse(FirstAddress);
        var virtualIps = new List<VirtualIp>();
        foreach (var definition in scenario.LoadBalancers)
        {
            var address = definition.Address is null ? null : IPAddress.Parse(definition.Address);
            if (address is null)
            {
                while (!taken.Add(next))
                {
                    next = Following(next);
                }

                address = next;
            }

            AddVirtualIps(definition, address, virtualIps);
        }

        return virtualIps;
    }

    private void AddVirtualIps(LoadBalancerDefinition definition, IPAddress address, List<VirtualIp> virtualIps)
    {
        var old = before.GetValueOrDefault(definition.Name);
        var balancer = new LoadBalancer(definition.Name, [.. definition.Nodes.Select(node => CreateNode(definition, node, old))], SelectorOf(definition, old))
        {
            Definition = definition,
            Own = definition.Tls == TlsHandling.Terminate ? CreateOwn(definition) : null,
            Faults = old?.Definition is { } was && (was.Fault, was.Alert, was.FaultShare, was.HelloLimit) == (definition.Fault, definition.Alert, definition.FaultShare, definition.HelloLimit)
                ? old.Faults
                : Faults(definition.Fault, definition.Alert, definition.FaultShare, "balancer/" + definition.Name, definition.HelloLimit),
            Latency = definition.Latency,
            Firewall = Firewall.FromRanges(definition.AllowFrom, definition.DenyFrom, definition.Blocked),
        };
        var ipv6 = definition.Ipv6Address is { Length: > 0 } text ? IPAddress.Parse(text) : null;
        RequestDelegate? redirect = definition.Http == PlainHttpPort.Redirect ? context => HttpRedirect.AnswerAsync(context, definition.HttpRedirectUrl) : null;

        // A web server that sends plain HTTP to https: never hears anything else behind a balancer that offloads TLS.
        var isLoop = definition is { Tls: TlsHandling.Terminate, BackEnd: BackEndTransport.Http };
        virtualIps.Add(new VirtualIp(definition.Name, address, definition.Port, definition.Hosts, balancer)
        {
            Ipv6Address = ipv6,
            Ipv6 = definition.Ipv6,
            Handler = isLoop ? redirect : null,
        });
        virtualIps.AddRange(MailPort.Of(definition.Mail).Select(port => new VirtualIp($"{definition.Name}-{port.Name}", address, port.Number, definition.Hosts, balancer)
        {
            Mail = port,
            UsesTls = port.UsesTls,
            Ipv6Address = ipv6,
            Ipv6 = definition.Ipv6,

            // Nothing there speaks HTTP, however a request may get there.
            Handler = static context =>
            {
                context.Response.StatusCode = StatusCodes.Status502BadGateway;
                return Task.CompletedTask;
            },
        }));
        if (definition.Http != PlainHttpPort.Closed)
        {
            virtualIps.Add(new VirtualIp(definition.Name + "-http", address, HttpPort, definition.Hosts, balancer)
            {
                UsesTls = false,
                Ipv6Address = ipv6,
                Ipv6 = definition.Ipv6,
                Handler = redirect,
            });
        }
    }

    private NodeSelector SelectorOf(LoadBalancerDefinition definition, LoadBalancer? old) =>
        old?.Definition is { } was
        && (was.Algorithm, was.Persistence) == (definition.Algorithm, definition.Persistence)
        && was.Sequence.SequenceEqual(definition.Sequence, StringComparer.OrdinalIgnoreCase)
            ? old.Selector
            : new NodeSelector(LoadBalancingPolicies.Create(definition, scenario.Seed), definition.Persistence);

    private ServedNode CreateNode(LoadBalancerDefinition balancer, NodeDefinition definition, LoadBalancer? oldBalancer)
    {
        var old = oldBalancer?.Find(definition.Name);
        ServedNode node = null!;
        node = new ServedNode(definition.Name, context => exchange.HandleAsync(context, definition, node.ServerCertificate))
        {
            Definition = definition,
            Weight = definition.Weight,
            Up = definition.Up,
            Healthy = balancer.HealthProbe is null || old is null || old.Healthy,
            OpenConnections = old?.OpenConnections ?? new ConnectionCounter(),
            Faults = old?.Definition is { } was && (was.Fault, was.Alert, was.FaultShare, was.HelloLimit) == (definition.Fault, definition.Alert, definition.FaultShare, definition.HelloLimit)
                ? old.Faults
                : Faults(definition.Fault, definition.Alert, definition.FaultShare, "node/" + definition.Name, definition.HelloLimit),
            Latency = definition.Latency,
            Identity = identities.Of(balancer, definition),
            BackEndIdentity = balancer.Tls == TlsHandling.Terminate ? identities.Of(definition.Present ?? balancer.Present!, definition.TlsVersions, clientCertificate: false) : null,
            MailServers = MailServersOf(balancer, definition),
            IsTlsOffloaded = balancer is { Tls: TlsHandling.Terminate, BackEnd: BackEndTransport.Http },
            WithoutSni = definition.WithoutSni is { } other
                ? identities.Of(new PresentedChainRecipe { Certificate = other }, definition.TlsVersions, definition.ClientCertificate)
                : null,
        };
        return node;
    }

    private Dictionary<MailProtocol, MailServer> MailServersOf(LoadBalancerDefinition balancer, NodeDefinition node) => balancer.Mail.ToDictionary(
        protocol => protocol,
        protocol => new MailServer(
            identities.OfMail(node.MailServer(protocol)?.Present ?? node.Present ?? balancer.Present!, node),
            (port, connection) => exchange.BeginMail(node, port, connection.Caller.Address, connection.UsesTls))
        {
            IsRunning = node.MailServer(protocol)?.Running ?? true,
        });

    // A proxy that terminates TLS has a connection to answer on, and answers 503.
    private ServedNode CreateOwn(LoadBalancerDefinition definition) => new(definition.Name, static context =>
    {
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.ContentLength = 0;
        return Task.CompletedTask;
    })
    {
        Identity = identities.Of(definition.Present!, DefaultTlsVersions, clientCertificate: false),
    };

    private FaultSource Faults(TransportFault kind, string? alert, string? share, string owner, int? helloLimit) =>
        kind == TransportFault.None ? FaultSource.None : new FaultSource(kind, alert, share, scenario.Seed, owner, helloLimit);

    private static IPAddress Following(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        for (var index = bytes.Length - 1; index >= 0 && ++bytes[index] == 0; index--)
        {
        }

        return new IPAddress(bytes);
    }
}

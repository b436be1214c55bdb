using AutoDetectSim.Certificates.Issuance;
using AutoDetectSim.Exchange;
using AutoDetectSim.Network;
using AutoDetectSim.Network.LoadBalancing;
using AutoDetectSim.Scenarios;
using AutoDetectSim.Tls;

namespace AutoDetectSim;

/// <summary>Makes the world of a scenario from the parts that a lab has for all its worlds.</summary>
internal sealed class LabGenerationBuilder(ExchangeServers exchange, LabServices services, TlsKeyLog? keyLog, TimeProvider time, PkiArchive? archive)
{
    /// <summary>Makes a world; what is as in the world before stays the very same.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="before">The world before, or null.</param>
    /// <param name="takeTurnsOver">Whether balancers go on where those of the world before are in their turns.</param>
    /// <param name="renewed">A certificate or an authority to renew although nothing about it has changed, or null.</param>
    /// <exception cref="LabPkiException">The scenario's PKI cannot be made.</exception>
    /// <exception cref="LabStartException">There is no address for the lab's own services.</exception>
    public LabGeneration Build(Scenario scenario, LabGeneration? before, bool takeTurnsOver, string? renewed = null)
    {
        var definition = new LabPkiDefinition
        {
            Seed = scenario.Seed,
            Authorities = scenario.Authorities,
            Certificates = scenario.Certificates,
            BaseDirectory = scenario.BaseDirectory,
            Renewed = renewed is null ? [] : [.. scenario.Certificates.Select(certificate => certificate.Name).Concat(scenario.Authorities.Select(authority => authority.Name)).Where(name => string.Equals(name, renewed, StringComparison.OrdinalIgnoreCase))],
        };
        var pki = before?.Pki.Revise(definition, time) ?? (archive is null ? LabPki.Create(definition, time) : LabPki.Create(definition, time, archive));
        var identities = new NodeIdentities(pki, keyLog, before?.Identities);
        var balancers = (takeTurnsOver ? before?.VirtualIps ?? [] : []).Select(virtualIp => virtualIp.Balancer).Where(balancer => balancer.Definition is not null).Distinct()
            .ToDictionary(balancer => balancer.Name, StringComparer.OrdinalIgnoreCase);
        IReadOnlyList<VirtualIp> virtualIps =
        [
            .. new BalancerFactory(scenario, identities, exchange, balancers).Create(),
            .. services.VirtualIpsBeside(scenario, pki),
        ];
        return new LabGeneration(
            scenario, pki, identities, virtualIps, DnsZone.Create(scenario, virtualIps), before is null ? exchange.State : exchange.Prepare(scenario), [.. pki.TrustAnchors, services.Root]);
    }
}

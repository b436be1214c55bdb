using AutoDetectSim.Certificates.Issuance;
using AutoDetectSim.Exchange;
using AutoDetectSim.Network;
using AutoDetectSim.Network.LoadBalancing;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim;

/// <summary>The state of a lab for one scenario. It is built beside the running world, which lets a lab change as a whole or not at all.</summary>
/// <param name="Scenario">The scenario.</param>
/// <param name="Pki">Its PKI.</param>
/// <param name="Identities">What its nodes present.</param>
/// <param name="VirtualIps">Its virtual IPs, those of the lab's own services among them.</param>
/// <param name="Zone">Its DNS.</param>
/// <param name="Exchange">Its Exchange servers.</param>
/// <param name="TrustAnchors">The roots that its clients trust.</param>
internal sealed record LabGeneration(
    Scenario Scenario,
    LabPki Pki,
    NodeIdentities Identities,
    IReadOnlyList<VirtualIp> VirtualIps,
    DnsZone Zone,
    ExchangeState Exchange,
    IReadOnlyList<IssuedCertificate> TrustAnchors);

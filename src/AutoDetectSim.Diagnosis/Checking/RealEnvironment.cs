using System.Net;
using AutoDetectSim.Certificates.Validation;
using AutoDetectSim.Diagnosis.Checking.Connecting;
using AutoDetectSim.Protocols.Aia;
using AutoDetectSim.Protocols.Dialing;
using AutoDetectSim.Protocols.Timing;

namespace AutoDetectSim.Diagnosis.Checking;

/// <summary>What lies outside of this process: real hosts, or a lab behind its gateway.</summary>
internal static class RealEnvironment
{
    /// <summary>The first line of what is said of a lab that runs in another process, whose scenario is not known here.</summary>
    public const string RunningLab = "Reproduction in a running lab: the customer's servers were not contacted.";

    /// <summary>Hosts behind a proxy.</summary>
    /// <param name="proxy">The proxy, for example the gateway of a lab.</param>
    /// <param name="anchors">What clients trust.</param>
    /// <param name="dns">Who knows mail exchangers, or null for nobody.</param>
    /// <param name="isLab">Whether the proxy is the gateway of a lab, which lets callers claim any source address.</param>
    public static CheckEnvironment Behind(Uri proxy, TrustAnchors anchors, RealDns? dns, bool isLab) =>
        Of(source => new ProxyDialer(ProxyDialer.WithSource(proxy, source), new DirectDialer()), anchors, dns) with { CanClaimSources = isLab, Addresses = null, Reproduction = isLab ? RunningLab : null };

    /// <summary>Hosts that dialers reach.</summary>
    /// <param name="dialers">Opens connections from a source address, or from the usual one for null.</param>
    /// <param name="anchors">What clients trust.</param>
    /// <param name="dns">Who knows mail exchangers, or null for nobody.</param>
    /// <param name="issuers">Opens connections to where certificates say that their issuers are; null: as to the hosts.</param>
    public static CheckEnvironment Of(Func<IPAddress?, ITransportDialer> dialers, TrustAnchors anchors, RealDns? dns, ITransportDialer? issuers = null) => new()
    {
        Dialers = dialers,
        Anchors = anchors,
        Time = RunningTime.Shared,
        Issuers = new AiaClient(new DialedAiaTransport(issuers ?? dialers(null), RunningTime.Shared), AiaClient.UsualTimeout),
        MailExchangers = dns is null ? null : dns.MailExchangersAsync,
        Addresses = dns is null ? null : dns.AddressesAsync,
    };
}

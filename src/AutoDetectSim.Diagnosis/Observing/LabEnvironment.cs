using System.Net;
using AutoDetectSim.Diagnosis.Checking;
using AutoDetectSim.Diagnosis.Checking.Connecting;
using AutoDetectSim.Diagnosis.Probing;
using AutoDetectSim.Network;
using AutoDetectSim.Protocols.Dialing;

namespace AutoDetectSim.Diagnosis.Observing;

/// <summary>A lab as it is seen from outside: through its gateway, with its root certificates and its DNS, and nothing else of it.</summary>
internal static class LabEnvironment
{
    public static CheckEnvironment Of(Lab lab)
    {
        ITransportDialer Dialer(IPAddress? source) => new ProxyDialer(ProxyDialer.WithSource(lab.Gateway, source), new DirectDialer());
        return new CheckEnvironment
        {
            Dialers = Dialer,
            Anchors = lab.Anchors,
            Time = lab.Options.TimeProvider,
            Validator = lab.Validator,
            Issuers = LabClients.Issuers(lab),
            MailExchangers = async (domain, cancellationToken) =>
            {
                var answer = await lab.Network.Zone.QueryAsync(domain, DnsRecordType.Mx, cancellationToken);
                var exchangers = answer.Records.Select(record => record[(record.LastIndexOf(' ') + 1)..].TrimEnd('.')).Where(name => name.Length > 0).ToList();
                return new MailExchangers(exchangers, answer.Status == DnsStatus.ServerFailure ? $"the DNS server of {domain} fails" : null);
            },
            Addresses = (host, _) => Task.FromResult(lab.Network.Zone.Resolve(host).Addresses),
            Connectors = host => Connectors.Of(lab, host),
            CanClaimSources = true,
            Reproduction = ReproductionText.Of(lab.Scenario),
        };
    }
}

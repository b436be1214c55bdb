using System.Net;
using AutoDetectSim.ClientProfiles;
using AutoDetectSim.Diagnosis.Observing;
using AutoDetectSim.Network;

namespace AutoDetectSim.Diagnosis;

/// <summary>A lab as it is seen from outside: through its gateway, with its root certificates and its DNS, and nothing else of it.</summary>
internal static class LabEnvironment
{
    public static CheckEnvironment Of(Lab lab)
    {
        ITransportDialer Dialer(IPAddress? source) => new ProxyDialer(WithSource(lab.Gateway, source), new DirectDialer());
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
            CanClaimSources = true,
        };
    }

    /// <summary>The gateway takes the source address as the user name of the proxy.</summary>
    public static Uri WithSource(Uri gateway, IPAddress? source) =>
        source is null ? gateway : new UriBuilder(gateway) { UserName = Uri.EscapeDataString(source.ToString()), Password = "" }.Uri;
}

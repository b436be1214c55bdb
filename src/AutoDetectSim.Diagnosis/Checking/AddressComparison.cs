using System.Net;
using AutoDetectSim.Certificates.Validation;
using AutoDetectSim.Diagnosis.Checking.Connecting;
using AutoDetectSim.Diagnosis.Checking.Grouping;
using AutoDetectSim.Protocols.Dialing;

namespace AutoDetectSim.Diagnosis.Checking;

/// <summary>Connects to each address of a host that has several: a record that leads to another server is a fault of DNS, whatever that server presents.</summary>
internal sealed class AddressComparison(CheckEnvironment environment, HostProbe probe, DateTimeOffset at)
{
    private const int MostAddresses = 8;

    /// <summary>Addresses whose certificate is for other names, or not trusted, where another address of the same host is in order.</summary>
    public async Task<IReadOnlyList<StrangeAddress>> FindAsync(IReadOnlyList<HostDiagnosis> hosts, CancellationToken cancellationToken)
    {
        var strangers = new List<StrangeAddress>();
        foreach (var host in hosts.Where(host => host.Chains.Any(chain => !chain.Strict.Accepted)).DistinctBy(host => (host.Host.ToUpperInvariant(), host.Port)))
        {
            var seen = new List<(IPAddress Address, ValidationResult Result)>();
            var addresses = await AddressesAsync(host.Host, cancellationToken);
            foreach (var address in addresses.Count > 1 ? addresses.Take(MostAddresses) : [])
            {
                var target = ProbeTarget.Server(host.Host, host.Port) with { Address = address.ToString(), StartTls = host.StartTls, Requests = [] };
                var observation = await probe.ObserveAsync(host.Attempts + 1, target, source: null, cancellationToken);
                if (observation.Presented.Count > 0)
                {
                    seen.Add((address, environment.Validator.Validate(observation.Presented, environment.Anchors, host.Host, at)));
                }
            }

            if (seen.Find(one => one.Result.Accepted) is { Result: not null } good)
            {
                strangers.AddRange(seen.Where(one => !one.Result.Accepted && IsOfOthers(one.Result, good.Result)).Select(one =>
                    new StrangeAddress(host.Host, one.Address.ToString(), one.Result.Presented.Count > 0 ? one.Result.Presented[0].Subject : "another certificate", one.Result.NodeCode, good.Address.ToString())));
            }
        }

        return strangers;
    }

    /// <summary>Another key than that of the good server, so that it is not the same server with a worse chain.</summary>
    private static bool IsOfOthers(ValidationResult result, ValidationResult good) =>
        result.Presented.Count > 0 && good.Presented.Count > 0 && !string.Equals(result.Presented[0].Sha256Fingerprint, good.Presented[0].Sha256Fingerprint, StringComparison.Ordinal);

    private async Task<IReadOnlyList<IPAddress>> AddressesAsync(string host, CancellationToken cancellationToken)
    {
        if (environment.Addresses is not { } find || IPAddress.TryParse(host, out _))
        {
            return [];
        }

        try
        {
            return await find(host, cancellationToken);
        }
        catch (DialException)
        {
            return [];
        }
    }
}

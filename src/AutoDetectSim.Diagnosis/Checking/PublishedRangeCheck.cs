using System.Net;
using AutoDetectSim.Diagnosis.Checking.Connecting;
using AutoDetectSim.Diagnosis.Checking.Grouping;
using AutoDetectSim.Protocols.Node;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Diagnosis.Checking;

/// <summary>Connects from the source ranges that Microsoft publishes for AutoDetect, where any source can be claimed: a firewall may know other callers and not these.</summary>
internal sealed class PublishedRangeCheck(CheckEnvironment environment, HostProbe probe)
{
    private const int MostAttempts = 10;
    private const int FewestAttempts = 2;

    /// <summary>How unlikely it must be that the connections from a range fail for another reason than where they come from.</summary>
    private const double Chance = 0.01;

    /// <summary>What connections from each range come to; empty where no source can be claimed.</summary>
    public async Task<IReadOnlyList<PublishedRange>> TryAsync(IReadOnlyList<HostDiagnosis> hosts, CancellationToken cancellationToken)
    {
        if (!environment.CanClaimSources)
        {
            return [];
        }

        var trials = hosts
            .Where(host => !host.Errors.ContainsKey(NodeErrors.NameNotFound))
            .DistinctBy(host => (host.Host.ToUpperInvariant(), host.Port))
            .SelectMany(host => SourceRanges.OfAutoDetect.Select(range => TryAsync(host, range, cancellationToken)));
        return [.. await Task.WhenAll(trials)];
    }

    private async Task<PublishedRange> TryAsync(HostDiagnosis host, IPNetwork range, CancellationToken cancellationToken)
    {
        var reached = host.Attempts == 0 ? 0 : (double)host.Observations.Count(observation => observation.Presented.Count > 0) / host.Observations.Count;
        var attempts = reached is > 0 and < 1 ? Math.Clamp((int)Math.Ceiling(Math.Log(Chance) / Math.Log(1 - reached)), FewestAttempts, MostAttempts) : FewestAttempts;
        var result = new PublishedRange(host.Host, range, null, IsBlocked: false);
        for (var number = 1; number <= attempts; number++)
        {
            var target = ProbeTarget.Server(host.Host, host.Port) with { StartTls = host.StartTls, Requests = [] };
            var observation = await probe.ObserveAsync(host.Attempts + number, target, Address(range, number), cancellationToken);
            if (observation.Presented.Count > 0 || observation.Error is null)
            {
                return result with { Code = NodeErrors.Ok };
            }

            result = result with { Code = observation.Error.Code };
        }

        var isClosed = result.Code is NodeErrors.TimedOut or NodeErrors.ConnectionRefused or NodeErrors.ConnectionReset;
        return result with { IsBlocked = isClosed && reached > 0 && Math.Pow(1 - reached, attempts) <= Chance };
    }

    private static IPAddress Address(IPNetwork range, int number)
    {
        var bytes = range.BaseAddress.GetAddressBytes();
        bytes[^1] += (byte)(6 + number);
        return new IPAddress(bytes);
    }
}

/// <summary>What connections from one of AutoDetect's published ranges come to.</summary>
/// <param name="Host">The host.</param>
/// <param name="Range">The range.</param>
/// <param name="Code"><c>OK</c> once a certificate came, else the code of the last connection.</param>
/// <param name="IsBlocked">Whether connections from the range fail although others come through.</param>
internal sealed record PublishedRange(string Host, IPNetwork Range, string? Code, bool IsBlocked);

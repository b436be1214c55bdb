using System.Net;
using System.Net.Sockets;
using AutoDetectSim.Network;
using AutoDetectSim.Roles;

namespace AutoDetectSim.Hosting.Parts;

/// <summary>The addresses that the DNS server of a lab in several processes answers with: those of the parts, as the operating system resolves them.</summary>
internal sealed class PartResolver(LabNetwork network, LabParts parts, TimeProvider time)
{
    /// <summary>How long an address counts.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly Lock _gate = new();
    private Resolved? _resolved;

    /// <summary>The addresses of every part, resolved anew unless that was done a moment ago.</summary>
    public Task<PartTable> CurrentAsync()
    {
        lock (_gate)
        {
            if (_resolved is null || time.GetElapsedTime(_resolved.At) >= Fresh)
            {
                _resolved = new Resolved(time.GetTimestamp(), ResolveAsync());
            }

            return _resolved.Table;
        }
    }

    private async Task<PartTable> ResolveAsync()
    {
        var roles = network.VirtualIps.Select(PartDialer.RoleOf).Distinct().ToList();
        var addresses = await Task.WhenAll(roles.Select(ResolveAsync));
        var byRole = roles.Zip(addresses).ToDictionary(pair => pair.First, pair => pair.Second);
        return new PartTable(network.VirtualIps.GroupBy(virtualIp => virtualIp.Address).ToDictionary(group => group.Key, group => byRole[PartDialer.RoleOf(group.First())]));
    }

    private async Task<IReadOnlyList<IPAddress>> ResolveAsync(PartRole role)
    {
        if (parts.Is(role))
        {
            return parts.Listen.Equals(IPAddress.Any) || parts.Listen.Equals(IPAddress.IPv6Any) ? await ResolveAsync(parts.AddressOf(role).Host) : [parts.Listen];
        }

        return await ResolveAsync(parts.AddressOf(role).Host);
    }

    private async Task<IReadOnlyList<IPAddress>> ResolveAsync(string host)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        try
        {
            return await Dns.GetHostAddressesAsync(host, AddressFamily.InterNetwork, patience.Token);
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException)
        {
            return [];
        }
    }

    private sealed record Resolved(long At, Task<PartTable> Table);
}

/// <summary>The addresses of parts, by the addresses of the lab network.</summary>
internal sealed class PartTable(IReadOnlyDictionary<IPAddress, IReadOnlyList<IPAddress>> addresses)
{
    /// <summary>The addresses at which an address of the lab network is reached; one that belongs to no part stays as it is.</summary>
    public IReadOnlyList<IPAddress> Of(IPAddress address) => addresses.TryGetValue(address, out var known) ? known : [address];
}

using AutoDetectSim.Protocols.Randomness;
using AutoDetectSim.Scenarios;
using AutoDetectSim.Tls;

namespace AutoDetectSim.Network.Faults;

/// <summary>What goes wrong on one connection.</summary>
/// <param name="Kind">The fault.</param>
/// <param name="Alert">The alert of <see cref="TransportFault.Alert"/>.</param>
/// <param name="HelloLimit">The limit of <see cref="TransportFault.ResetLargeHello"/>; null: one TCP segment.</param>
internal readonly record struct ConnectionFault(TransportFault Kind, TlsAlertDescription Alert, int? HelloLimit = null)
{
    /// <summary>Nothing.</summary>
    public static ConnectionFault None => default;
}

/// <summary>Gives a share of the connections of a node, or of the way to a balancer, their fault.</summary>
internal sealed class FaultSource
{
    private readonly ConnectionFault _fault;
    private readonly SeededStream? _random;
    private long _connections;

    /// <param name="kind">The fault.</param>
    /// <param name="alert">The alert's RFC 8446 name, for <see cref="TransportFault.Alert"/>; null: handshake_failure.</param>
    /// <param name="share">The share as <see cref="Share"/> reads it; null: every connection.</param>
    /// <param name="seed">The scenario's seed.</param>
    /// <param name="owner">The owner of the fault; each owner draws independently.</param>
    /// <param name="helloLimit">The limit of <see cref="TransportFault.ResetLargeHello"/>; null: one TCP segment.</param>
    /// <exception cref="FormatException">The share or the alert is not valid.</exception>
    public FaultSource(TransportFault kind, string? alert, string? share, int seed, string owner, int? helloLimit = null)
    {
        var description = TlsAlertDescription.HandshakeFailure;
        if (alert is not null && !TlsAlertNames.TryParse(alert, out description))
        {
            throw new FormatException($"'{alert}' is not a TLS alert.");
        }

        var read = Share.All;
        if (share is not null && !Share.TryParse(share, out read))
        {
            throw new FormatException($"'{share}' is not a share of connections.");
        }

        Share = read;
        _fault = new ConnectionFault(kind, description, helloLimit);
        _random = Share.IsExact ? null : new Seed(seed).Stream("fault/" + owner);
    }

    /// <summary>Nothing goes wrong.</summary>
    public static FaultSource None { get; } = new(TransportFault.None, null, null, 0, "none");

    public TransportFault Kind => _fault.Kind;

    public Share Share { get; }

    /// <summary>Whether every connection has this fault.</summary>
    public bool IsAlways(TransportFault kind) => Kind == kind && Share.IsAll;

    /// <summary>What goes wrong on the next connection.</summary>
    public ConnectionFault Next()
    {
        if (_fault.Kind == TransportFault.None || Share.IsAll)
        {
            return _fault;
        }

        return IsNextHit() ? _fault : ConnectionFault.None;
    }

    private bool IsNextHit()
    {
        if (_random is not null)
        {
            return _random.NextDouble() < Share.Probability;
        }

        var index = Interlocked.Increment(ref _connections) - 1;
        return (index + 1) * Share.Numerator / Share.Denominator > index * Share.Numerator / Share.Denominator;
    }
}

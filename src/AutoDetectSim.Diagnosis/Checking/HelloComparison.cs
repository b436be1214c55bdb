using System.Numerics;
using AutoDetectSim.Diagnosis.Checking.Connecting;
using AutoDetectSim.Diagnosis.Checking.Grouping;
using AutoDetectSim.Diagnosis.Statistics;
using AutoDetectSim.Protocols.Node;

namespace AutoDetectSim.Diagnosis.Checking;

/// <summary>
/// Connects as old and new clients begin a connection, and compares how often each is reset: devices and load balancers that know short
/// ClientHello messages alone reset the long ones of today, and AutoDetect's may be either.
/// </summary>
internal sealed class HelloComparison(HostProbe probe)
{
    /// <summary>Connections of new clients that find a fault, if there is one.</summary>
    private const int Screening = 20;

    /// <summary>Connections of each kind at the most.</summary>
    private const int Most = 40;

    /// <summary>Connections that wait in vain before the comparison is given up.</summary>
    private const int HopelessWaits = 2;

    /// <summary>How unlikely a difference must be by chance alone.</summary>
    private const double Chance = 0.01;

    /// <summary>What was found at a host; null where all are treated alike, or nothing could be told.</summary>
    public async Task<HelloFinding?> FindAsync(ProbeTarget target, HostDiagnosis host, CancellationToken cancellationToken)
    {
        if (host.Chains.Count == 0 && !host.Errors.ContainsKey(NodeErrors.ConnectionReset))
        {
            return null;
        }

        var modern = new Arm(ProbeHello.MlKem);
        if (!await TryAsync(modern, Math.Clamp(host.Attempts, 2, Screening)) || modern.Resets == 0)
        {
            return null;
        }

        var classical = new Arm(ProbeHello.Classical);
        if (!await TryAsync(classical, modern.Attempts))
        {
            return null;
        }

        // In turns, so that a fault which comes and goes hits both alike, and in an order without a period: a device may reset every sixth connection.
        for (var pair = 0; modern.Attempts < Most && !IsMore(modern, classical); pair++)
        {
            var isModernFirst = int.IsEvenInteger(BitOperations.PopCount((uint)pair));
            if (!await TryAsync(isModernFirst ? modern : classical, 1) || !await TryAsync(isModernFirst ? classical : modern, 1))
            {
                return null;
            }
        }

        if (!IsMore(modern, classical))
        {
            return null;
        }

        var split = new Arm(ProbeHello.Split);
        var padded = new Arm(ProbeHello.Padded);
        if (!await TryAsync(split, modern.Attempts) || (!IsMore(split, classical) && !await TryAsync(padded, modern.Attempts)))
        {
            return null;
        }

        var fault = IsMore(split, classical) ? FaultNames.SplitHello : IsMore(padded, classical) ? FaultNames.LargeHello : FaultNames.MlKemHello;
        return new HelloFinding(fault, modern.Resets, modern.Attempts, classical.Resets, classical.Attempts);

        async Task<bool> TryAsync(Arm arm, int attempts)
        {
            for (var waits = 0; attempts > 0; attempts--)
            {
                var number = host.Attempts + ++arm.Attempts;
                var observation = await probe.ObserveAsync(number, target with { Hello = arm.Hello, Requests = [] }, host.Observations[0].Source, cancellationToken);
                arm.Resets += observation is { Presented.Count: 0, Error.Code: NodeErrors.ConnectionReset } ? 1 : 0;
                if (observation.Error?.Code == NodeErrors.TimedOut && ++waits == HopelessWaits)
                {
                    return false;
                }
            }

            return true;
        }
    }

    private static bool IsMore(Arm one, Arm other) => FisherTest.OneSided(one.Resets, one.Attempts, other.Resets, other.Attempts) <= Chance;

    private sealed class Arm(ProbeHello hello)
    {
        public ProbeHello Hello { get; } = hello;

        public int Attempts { get; set; }

        public int Resets { get; set; }
    }
}

/// <summary>A host resets connections of new clients more often than those of old ones.</summary>
/// <param name="Fault">What it resets: one of <see cref="FaultNames"/>.</param>
/// <param name="Resets">Connections like those of Node.js 22 and later that were reset.</param>
/// <param name="Attempts">Connections like those of Node.js 22 and later.</param>
/// <param name="ClassicalResets">Connections like those of Node.js 20 that were reset.</param>
/// <param name="ClassicalAttempts">Connections like those of Node.js 20.</param>
internal sealed record HelloFinding(string Fault, int Resets, int Attempts, int ClassicalResets, int ClassicalAttempts);

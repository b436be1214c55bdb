using AutoDetectSim.Certificates.Issuance;
using AutoDetectSim.Network;
using AutoDetectSim.Network.LoadBalancing;
using AutoDetectSim.Protocols.Timing;
using AutoDetectSim.Tls;

namespace AutoDetectSim.Hosting;

/// <summary>
/// The self-test of a lab: reads back over real connections what its nodes put on the wire, once for every distinct chain
/// and TLS setting, and refuses a lab whose wire differs from its scenario.
/// </summary>
internal sealed class PresentedChainCheck(LabNetwork network, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly PresentedChainReader _reader = new(network, time);
    private HashSet<TlsServerSettings> _passed = new(ReferenceEqualityComparer.Instance);

    /// <summary>Checks virtual IPs that have their ports; what has passed before is not read again.</summary>
    /// <exception cref="PresentedChainException">A node presents another chain, or a handshake with it fails.</exception>
    public async Task RunAsync(IReadOnlyList<VirtualIp> virtualIps, CancellationToken cancellationToken)
    {
        var seen = new HashSet<TlsServerSettings>(ReferenceEqualityComparer.Instance);
        var chains = new HashSet<(PresentedChain Chain, TlsVersions Versions)>();
        var checks = new List<(VirtualIp VirtualIp, ServedNode Node, TlsServerSettings Settings)>();
        foreach (var virtualIp in virtualIps)
        {
            foreach (var node in virtualIp.Balancer.Nodes)
            {
                if (!virtualIp.UsesTls || virtualIp.IdentityOf(node) is not { } identity)
                {
                    continue;
                }

                var settings = identity.Settings();
                if (seen.Add(settings) && !_passed.Contains(settings) && chains.Add((identity.Presented(), settings.Versions)))
                {
                    checks.Add((virtualIp, node, settings));
                }
            }
        }

        await Parallel.ForEachAsync(
            checks,
            new ParallelOptions { MaxDegreeOfParallelism = Math.Min(8, Environment.ProcessorCount * 2), CancellationToken = cancellationToken },
            async (check, token) => await CheckAsync(check.VirtualIp, check.Node, check.Settings, token));
        _passed = seen;
    }

    /// <summary>
    /// Reads a chain. The faults of a scenario do not reach this test, so a handshake that runs out of time, or that the server gives up, says
    /// only that the machine is busy: for example because many labs start at once.
    /// </summary>
    private async Task<IReadOnlyList<ReadOnlyMemory<byte>>> ReadAsync(VirtualIp virtualIp, ServedNode node, TlsServerSettings settings, CancellationToken cancellationToken)
    {
        var started = RunningTime.Shared.GetTimestamp();
        while (true)
        {
            try
            {
                return await _reader.ReadAsync(virtualIp, node, settings, cancellationToken);
            }
            catch (TlsHandshakeException exception)
                when (exception.Reason is TlsFailure.Timeout or TlsFailure.ConnectionClosed or TlsFailure.ConnectionReset && RunningTime.Shared.GetElapsedTime(started) < Patience)
            {
                // Each try takes as long as the machine needs; there is nothing to wait for.
            }
            catch (TlsHandshakeException exception)
            {
                throw new PresentedChainException($"{virtualIp.Name}/{node.Name} cannot complete a TLS handshake: {exception.Message}", exception);
            }
        }
    }

    private async Task CheckAsync(VirtualIp virtualIp, ServedNode node, TlsServerSettings settings, CancellationToken cancellationToken)
    {
        var presented = await ReadAsync(virtualIp, node, settings, cancellationToken);

        var intended = virtualIp.IdentityOf(node)!.Presented().Certificates;
        if (presented.Count != intended.Count || !presented.Zip(intended).All(pair => pair.First.Span.SequenceEqual(pair.Second.Der.Span)))
        {
            throw new PresentedChainException(
                $"{virtualIp.Name}/{node.Name} presents {presented.Count} certificates that are not the {intended.Count} of the scenario ({string.Join(", ", intended.Select(certificate => certificate.Name))}).");
        }
    }
}

/// <summary>A node does not present the chain of the scenario, or a handshake with it fails.</summary>
/// <param name="message">Which node, and what is wrong.</param>
/// <param name="innerException">The cause, if there is one.</param>
internal sealed class PresentedChainException(string message, Exception? innerException = null) : Exception(message, innerException);

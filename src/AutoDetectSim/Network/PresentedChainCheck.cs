using System.Net.Sockets;
using AutoDetectSim.LoadBalancing;
using AutoDetectSim.Tls;

namespace AutoDetectSim.Network;

/// <summary>
/// The self-test of a lab: reads back over real connections what its nodes put on the wire, once for every distinct chain
/// and TLS setting, and refuses a lab whose wire differs from its scenario.
/// </summary>
internal static class PresentedChainCheck
{
    public static async Task RunAsync(LabNetwork network, TimeProvider time, CancellationToken cancellationToken)
    {
        var seen = new HashSet<TlsServerSettings>(ReferenceEqualityComparer.Instance);
        var chains = new HashSet<(Certificates.Issuance.PresentedChain Chain, TlsVersions Versions)>();
        var checks = new List<(VirtualIp VirtualIp, LabNode Node, TlsServerSettings Settings)>();
        foreach (var virtualIp in network.VirtualIps)
        {
            foreach (var node in virtualIp.Balancer.Nodes)
            {
                if (!virtualIp.UsesTls || node.Identity is not { } identity)
                {
                    continue;
                }

                var settings = identity.Settings();
                if (seen.Add(settings) && chains.Add((identity.Presented(), settings.Versions)))
                {
                    checks.Add((virtualIp, node, settings));
                }
            }
        }

        await Parallel.ForEachAsync(
            checks,
            new ParallelOptions { MaxDegreeOfParallelism = Math.Min(8, Environment.ProcessorCount * 2), CancellationToken = cancellationToken },
            async (check, token) => await CheckAsync(network, check.VirtualIp, check.Node, check.Settings, time, token));
    }

    private static async Task CheckAsync(LabNetwork network, VirtualIp virtualIp, LabNode node, TlsServerSettings settings, TimeProvider time, CancellationToken cancellationToken)
    {
        var caller = network.Connections.NewExternalCaller();
        using var socket = await network.ConnectAsync(new LabConnection(virtualIp, new NodeLease(node), caller) { IsSelfTest = true }, cancellationToken);
        await using var stream = new NetworkStream(socket, ownsSocket: false);
        IReadOnlyList<ReadOnlyMemory<byte>> presented;
        try
        {
            await using var connection = await TlsClient.ConnectAsync(
                stream,
                new TlsClientSettings { ServerName = virtualIp.Hosts[0], Versions = settings.Versions, TimeProvider = time },
                cancellationToken);
            presented = connection.Record.Presented;
        }
        catch (TlsHandshakeException exception) when (settings.RequestClientCertificate && exception.Record.Presented.Count > 0)
        {
            presented = exception.Record.Presented;
        }
        catch (TlsHandshakeException exception)
        {
            throw new LabStartException($"{virtualIp.Name}/{node.Name} cannot complete a TLS handshake: {exception.Message}", exception);
        }

        var intended = node.Presented!().Certificates;
        if (presented.Count != intended.Count || !presented.Zip(intended).All(pair => pair.First.Span.SequenceEqual(pair.Second.Der.Span)))
        {
            throw new LabStartException(
                $"{virtualIp.Name}/{node.Name} presents {presented.Count} certificates that are not the {intended.Count} of the scenario ({string.Join(", ", intended.Select(certificate => certificate.Name))}).");
        }
    }
}

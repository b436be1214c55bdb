using System.Net.Sockets;
using AutoDetectSim.Protocols.Dialing;

namespace AutoDetectSim.Network;

/// <summary>Connects inside the lab of this process, as one caller after the other.</summary>
internal sealed class LabDialer(LabNetwork network) : ITransportDialer
{
    public async Task<Stream> DialAsync(string host, int port, CancellationToken cancellationToken)
    {
        var route = network.FindRoute(host, port, network.Connections.NewExternalCaller());
        if (route.Connection is null)
        {
            throw new DialException(route.Error!);
        }

        return new NetworkStream(await network.ConnectAsync(route.Connection, cancellationToken), ownsSocket: true);
    }
}

using System.Net.Sockets;

namespace AutoDetectSim.Network;

/// <summary>The virtual IPs of a lab that other processes serve.</summary>
internal interface IElsewhere
{
    /// <summary>Whether another process serves a virtual IP.</summary>
    bool Serves(VirtualIp virtualIp);

    /// <summary>Whether the nodes behind a virtual IP are other processes.</summary>
    bool HasNodesOf(VirtualIp virtualIp);

    /// <summary>Connects to the process that serves the virtual IP of a connection.</summary>
    /// <exception cref="SocketException">It does not answer.</exception>
    Task<Socket> ConnectAsync(LabConnection connection, CancellationToken cancellationToken);
}

using AutoDetectSim.Protocols.Node;

namespace AutoDetectSim.Protocols.Dialing;

/// <summary>Opens connections for programs that look at servers from outside: into a lab, straight out, or through a proxy.</summary>
internal interface ITransportDialer
{
    /// <summary>Connects to a host by name or address.</summary>
    /// <exception cref="DialException">There is no way to the host.</exception>
    Task<Stream> DialAsync(string host, int port, CancellationToken cancellationToken);
}

/// <summary>There was no way to a host.</summary>
/// <param name="error">Why, in the words of a Node.js client.</param>
internal sealed class DialException(NodeError error) : IOException(error.Message)
{
    public NodeError Error { get; } = error;
}

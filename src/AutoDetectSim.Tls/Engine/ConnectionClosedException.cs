namespace AutoDetectSim.Tls.Engine;

/// <summary>The peer closed the connection in the middle of a handshake.</summary>
internal sealed class ConnectionClosedException() : IOException("The peer closed the connection during the handshake.");

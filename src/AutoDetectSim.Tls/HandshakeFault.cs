namespace AutoDetectSim.Tls;

/// <summary>What a server does wrong on purpose once it has read a ClientHello.</summary>
public enum HandshakeFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Never answers; the connection stays open until the client gives up.</summary>
    Silent,

    /// <summary>Resets the connection (TCP RST).</summary>
    Reset,

    /// <summary>Closes the connection in order (TCP FIN), without an answer.</summary>
    Close,

    /// <summary>Sends the first half of its handshake flight, then closes the connection in order.</summary>
    TruncatedHandshake,

    /// <summary>Answers with a fatal alert.</summary>
    Alert,
}

namespace AutoDetectSim.Tls;

/// <summary>What holds for a server before it knows which connection it has.</summary>
public sealed record TlsServerOptions
{
    /// <summary>How long a handshake may take, from the accepted connection to the client's Finished. Default: 10 seconds.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The clock of the timeout. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}

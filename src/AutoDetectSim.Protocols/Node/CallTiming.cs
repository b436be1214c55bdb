namespace AutoDetectSim.Protocols.Node;

/// <summary>How long each part of a call took for its client, with the time that the lab only counts; null for a part that was not reached.</summary>
internal sealed record CallTiming
{
    /// <summary>Finding an address that answers: name resolution, and addresses that did not answer.</summary>
    public TimeSpan Dns { get; init; }

    /// <summary>Connecting to it.</summary>
    public TimeSpan? Tcp { get; init; }

    /// <summary>The TLS handshake, and validating the certificates.</summary>
    public TimeSpan? Tls { get; init; }

    /// <summary>The request, and its answer.</summary>
    public TimeSpan? Http { get; init; }
}

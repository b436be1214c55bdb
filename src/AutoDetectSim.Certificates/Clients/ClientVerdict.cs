namespace AutoDetectSim.Certificates.Clients;

/// <summary>The verdict of one client on one presented chain.</summary>
internal sealed record ClientVerdict
{
    /// <summary>Whether the client accepts the chain.</summary>
    public required bool Accepted { get; init; }

    /// <summary>The code of a path that is in order apart from a revoked certificate.</summary>
    public const string RevokedCode = "CERT_REVOKED";

    /// <summary><c>OK</c>, <see cref="RevokedCode"/>, or the strict engine's code (in Node's words) for the best path that the client could build.</summary>
    public required string Code { get; init; }

    /// <summary>What the client itself reports, in its own words.</summary>
    public required string Words { get; init; }

    /// <summary>The path that the client used or got furthest with, the server's own certificate first.</summary>
    public required IReadOnlyList<ClientPathStep> Path { get; init; }

    /// <summary>Attempted downloads.</summary>
    public IReadOnlyList<IssuerDownload> Downloads { get; init; } = [];

    /// <summary>Why, in one sentence.</summary>
    public required string Because { get; init; }
}

/// <summary>One certificate of a client's path.</summary>
/// <param name="Subject">Its subject (RFC 4514).</param>
/// <param name="Source">Where the client got it.</param>
internal sealed record ClientPathStep(string Subject, PathSource Source);

/// <summary>Where a client got a certificate.</summary>
internal enum PathSource
{
    /// <summary>The server sent it.</summary>
    Presented,

    /// <summary>It is one of the client's trust anchors.</summary>
    TrustStore,

    /// <summary>The client cached it from an earlier connection or download, or preloads it.</summary>
    Kept,

    /// <summary>The client downloaded it for this connection (AIA).</summary>
    Downloaded,
}

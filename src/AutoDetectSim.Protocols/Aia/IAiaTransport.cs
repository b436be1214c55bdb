namespace AutoDetectSim.Protocols.Aia;

/// <summary>Fetches over plain HTTP for an <see cref="AiaClient"/>, which judges what comes.</summary>
internal interface IAiaTransport
{
    /// <summary>Sends one GET on a separate connection and does not follow redirects. Errors are reported in the answer.</summary>
    /// <param name="uri">An http address.</param>
    /// <param name="timeout">How long the whole exchange may take.</param>
    /// <param name="cancellationToken">Stops it.</param>
    Task<AiaResponse> GetAsync(Uri uri, TimeSpan timeout, CancellationToken cancellationToken);
}

/// <summary>The result of one GET: either <see cref="Problem"/> is set, or the server answered.</summary>
internal sealed record AiaResponse
{
    /// <summary>Why there is no answer, in a few words; null where there is one.</summary>
    public string? Problem { get; init; }

    public int StatusCode { get; init; }

    /// <summary>The media type without parameters, or null where the server named none.</summary>
    public string? MediaType { get; init; }

    /// <summary>Where the server sends the client, or null.</summary>
    public Uri? Location { get; init; }

    /// <summary>The body, and no more of it than one byte past <see cref="AiaClient.MaximumSize"/>; empty unless the status is 200 and the type may be that of a certificate or revocation list.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>How long the exchange took.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>The time was up.</summary>
    public static AiaResponse TimedOut(TimeSpan elapsed) => new() { Problem = NoAnswer, Elapsed = elapsed };

    /// <summary>The words for time that was up.</summary>
    internal const string NoAnswer = "no answer in time";
}

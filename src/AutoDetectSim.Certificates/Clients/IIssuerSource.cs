namespace AutoDetectSim.Certificates.Clients;

/// <summary>Downloads issuers' certificates and revocation lists for clients that do so.</summary>
internal interface IIssuerSource
{
    /// <summary>Downloads from a caIssuers URL. Errors are reported in the result.</summary>
    Task<IssuerDownload> DownloadAsync(string url, CancellationToken cancellationToken);

    /// <summary>Downloads a revocation list from a CRL distribution point. Errors are reported in the result.</summary>
    Task<ListDownload> DownloadListAsync(string url, CancellationToken cancellationToken);
}

/// <summary>One download of a revocation list.</summary>
/// <param name="Content">What came, whatever it is; empty when nothing did.</param>
/// <param name="Problem">Why nothing came, or null.</param>
/// <param name="Elapsed">How long it took.</param>
internal sealed record ListDownload(ReadOnlyMemory<byte> Content, string? Problem, TimeSpan Elapsed = default);

/// <summary>One download of an issuer's certificate.</summary>
/// <param name="Url">Where from.</param>
/// <param name="Certificates">The certificates that came, DER; empty when none did.</param>
/// <param name="Problem">Why none came, or null.</param>
/// <param name="Elapsed">How long it took.</param>
internal sealed record IssuerDownload(string Url, IReadOnlyList<ReadOnlyMemory<byte>> Certificates, string? Problem, TimeSpan Elapsed = default);

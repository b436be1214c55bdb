namespace AutoDetectSim.Certificates.Clients;

/// <summary>Downloads issuers' certificates for clients that do so.</summary>
internal interface IIssuerSource
{
    /// <summary>Downloads from a caIssuers URL. Errors are reported in the result.</summary>
    Task<IssuerDownload> DownloadAsync(string url, CancellationToken cancellationToken);
}

/// <summary>One download of an issuer's certificate.</summary>
/// <param name="Url">Where from.</param>
/// <param name="Certificates">The certificates that came, DER; empty when none did.</param>
/// <param name="Problem">Why none came, or null.</param>
/// <param name="Elapsed">How long it took.</param>
internal sealed record IssuerDownload(string Url, IReadOnlyList<ReadOnlyMemory<byte>> Certificates, string? Problem, TimeSpan Elapsed = default);

using AutoDetectSim.Certificates.Validation.Decoding;

namespace AutoDetectSim.Certificates.Clients;

/// <summary>Looks certificates up in the revocation lists that they name. A list that cannot be had, is stale or is not signed by the issuer says nothing.</summary>
internal sealed class RevocationChecker(IIssuerSource? source)
{
    /// <summary>Addresses that are tried for one certificate.</summary>
    private const int MaximumUrls = 2;

    /// <summary>How long all downloads have taken together.</summary>
    public TimeSpan Elapsed { get; private set; }

    /// <summary>Finds the entry of a certificate; null where no list says that it is revoked.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="issuers">Certificates among which its issuer may be.</param>
    /// <param name="at">The time.</param>
    /// <param name="cancellationToken">Stops downloads.</param>
    public async Task<RevokedCertificate?> FindAsync(DecodedCertificate certificate, IReadOnlyList<DecodedCertificate> issuers, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (source is null)
        {
            return null;
        }

        foreach (var url in certificate.Extensions.CrlUrls.Take(MaximumUrls))
        {
            var download = await source.DownloadListAsync(url, cancellationToken);
            Elapsed += download.Elapsed;
            if (download.Problem is null
                && RevocationList.TryDecode(download.Content) is { } list
                && (list.NextUpdate is not { } next || next >= at)
                && issuers.Any(issuer => certificate.MayBeIssuedBy(issuer) && list.IsSignedBy(issuer))
                && list.TryFind(certificate, out var entry))
            {
                return new RevokedCertificate(certificate.Subject.ToString(), certificate.Issuer.ToString(), url, entry.Since, entry.Reason) { Der = certificate.Der };
            }
        }

        return null;
    }
}

/// <summary>A certificate that its issuer has revoked.</summary>
/// <param name="Subject">Its subject (RFC 4514).</param>
/// <param name="Issuer">The subject of its issuer.</param>
/// <param name="Url">Where the list is.</param>
/// <param name="Since">When it was revoked, or null.</param>
/// <param name="Reason">The reason in RFC 5280's words, or null.</param>
internal sealed record RevokedCertificate(string Subject, string Issuer, string Url, DateTimeOffset? Since, string? Reason)
{
    /// <summary>The certificate.</summary>
    public required ReadOnlyMemory<byte> Der { get; init; }
}

using AutoDetectSim.Certificates.Validation.Decoding;
using AutoDetectSim.Certificates.Validation.PathBuilding;

namespace AutoDetectSim.Certificates.Validation.Diagnosis;

/// <summary>What a verdict was made from, for the descriptions that are made only when somebody asks.</summary>
internal sealed class ValidationDetail
{
    private readonly Lazy<IReadOnlyList<PathCertificate>> _path;
    private readonly Lazy<IReadOnlyList<CertificateSummary>> _presented;
    private readonly Lazy<MissingIssuer?> _missingIssuer;
    private readonly Lazy<IReadOnlyList<ChainIssue>> _chainIssues;
    private readonly Lazy<string> _explanation;

    internal ValidationDetail(ValidationCode code, IReadOnlyList<DecodedCertificate> presented, Verification? verification, string? host)
    {
        Code = code;
        Certificates = presented;
        Verification = verification;
        Host = host;
        _path = new(() => [.. Entries.Select(Describe)]);
        _presented = new(() => [.. presented.Select(static c => c.Summary)]);
        _missingIssuer = new(FindMissingIssuer);
        _chainIssues = new(() => ChainIssueFinder.Find(this));
        _explanation = new(() => ExplanationWriter.Write(this));
    }

    internal ValidationCode Code { get; }

    internal IReadOnlyList<DecodedCertificate> Certificates { get; }

    internal Verification? Verification { get; }

    internal string? Host { get; }

    internal IReadOnlyList<PathEntry> Entries => Verification?.Path ?? [];

    internal IReadOnlyList<PathCertificate> Path => _path.Value;

    internal IReadOnlyList<CertificateSummary> Presented => _presented.Value;

    internal MissingIssuer? MissingIssuer => _missingIssuer.Value;

    internal IReadOnlyList<ChainIssue> ChainIssues => _chainIssues.Value;

    internal string Explanation => _explanation.Value;

    /// <summary>The certificate at a depth at which an error is reported; OpenSSL reports some one beyond the top.</summary>
    internal DecodedCertificate CertificateAt(int depth) => Entries[Math.Min(depth, Entries.Count - 1)].Certificate;

    internal string? SubjectAt(int? depth) => depth is { } d && Entries.Count > 0 ? CertificateAt(d).Subject.ToString() : null;

    /// <summary>Whether the path stopped because the issuer of its last certificate was not at hand.</summary>
    internal bool Stopped => Verification?.Trail.Any(static e => e.Code is ValidationCode.UnableToGetIssuerCertLocally
        or ValidationCode.UnableToGetIssuerCert or ValidationCode.UnableToVerifyLeafSignature) == true;

    private static PathCertificate Describe(PathEntry entry, int depth) => new()
    {
        Depth = depth,
        Origin = entry.Anchor is null ? CertificateOrigin.Presented : CertificateOrigin.Anchor,
        Index = entry.Anchor?.Index ?? entry.PresentedIndex,
        Certificate = entry.Certificate.Summary,
    };

    private MissingIssuer? FindMissingIssuer()
    {
        if (!Stopped)
        {
            return null;
        }

        var depth = Entries.Count - 1;
        var last = Entries[depth].Certificate.Summary;
        return new MissingIssuer
        {
            Depth = depth,
            Subject = last.Subject,
            IssuerName = last.Issuer,
            AuthorityKeyIdentifier = last.AuthorityKeyIdentifier,
            CaIssuersUrl = last.CaIssuersUrls.Count > 0 ? last.CaIssuersUrls[0] : null,
        };
    }
}

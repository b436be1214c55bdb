using System.Collections.Frozen;
using AutoDetectSim.Certificates.Validation;
using AutoDetectSim.Certificates.Validation.Decoding;

namespace AutoDetectSim.Certificates.Clients;

/// <summary>One client of one kind: it judges presented chains one after the other and keeps what its kind keeps.</summary>
internal sealed class ClientEmulator(ClientProfile profile, StrictPathValidator validator, TrustAnchors anchors, IIssuerSource? issuers)
{
    /// <summary>The most downloads for one connection; real path builders have such bounds too.</summary>
    private const int MaximumDownloads = 5;

    private static readonly FrozenDictionary<NodeVersion, StrictPathValidator> Validators =
        Enum.GetValues<NodeVersion>().ToFrozenDictionary(version => version, version => new StrictPathValidator(version));

    private readonly StrictPathValidator _validator = profile.Version is not { } version || version == validator.Version ? validator : Validators[version];
    private readonly IntermediateCache _kept = new();
    private readonly RevocationChecker _revocation = new(issuers);

    public ClientProfile Profile => profile;

    /// <summary>Gives the client an intermediate in advance.</summary>
    public void Keep(DecodedCertificate certificate)
    {
        if (profile.KeepsIntermediates)
        {
            _kept.Add(certificate);
        }
    }

    /// <summary>Judges a chain.</summary>
    /// <param name="presented">What the server sent, in wire order.</param>
    /// <param name="host">The host that the client connected to.</param>
    /// <param name="at">The time.</param>
    /// <param name="cancellationToken">Stops downloads.</param>
    public async Task<ClientVerdict> JudgeAsync(IReadOnlyList<ReadOnlyMemory<byte>> presented, string host, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var search = await FindPathAsync(presented, [], host, at, cancellationToken);
        if (profile.ChecksRevocation && search.Best.Accepted)
        {
            (search, var revoked) = await AvoidRevokedAsync(search, presented, host, at, cancellationToken);
            if (revoked is not null)
            {
                return Refuse(search, revoked);
            }
        }

        var lacksName = profile.NeedsSubjectAlternativeName && search.Best.Accepted
            && search.Best.Presented[0] is { DnsNames.Count: 0, IpAddresses.Count: 0 };
        if (search.Best.Accepted && !lacksName)
        {
            Remember(search);
        }

        return Describe(search, lacksName, presented.Count, host);
    }

    private async Task<Search> FindPathAsync(
        IReadOnlyList<ReadOnlyMemory<byte>> presented, IReadOnlyList<RevokedCertificate> without, string host, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var name = profile.ChecksHostName ? host : null;
        var search = new Search(_validator.Validate([.. presented.Where(der => !IsOneOf(der, without))], anchors, name, at));
        if (!search.Best.Accepted && profile.TriesOtherPaths && Decode(presented) is { } sent)
        {
            await SearchAsync(search, sent, without, name, at, cancellationToken);
        }

        return search;
    }

    /// <summary>Looks for a path without revoked certificates, as long as there is one; else gives the first path and what is revoked on it.</summary>
    private async Task<(Search Search, RevokedCertificate? Revoked)> AvoidRevokedAsync(
        Search first, IReadOnlyList<ReadOnlyMemory<byte>> presented, string host, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var avoided = new List<RevokedCertificate>();
        for (var search = first; search.Best.Accepted; search = await FindPathAsync(presented, avoided, host, at, cancellationToken))
        {
            if (await FindRevokedAsync(search.Best, at, cancellationToken) is not { } revoked)
            {
                return (search, null);
            }

            // Neither the server's own certificate nor one of the trust list can be left out.
            if (IsOneOf(revoked.Der, avoided) || revoked.Der.Span.SequenceEqual(presented[0].Span))
            {
                return (first, avoided.Count > 0 ? avoided[0] : revoked);
            }

            avoided.Add(revoked);
        }

        return (first, avoided[0]);
    }

    private async Task<RevokedCertificate?> FindRevokedAsync(ValidationResult result, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var path = Decode([.. result.Path.Select(step => step.Certificate.Der)]) ?? [];
        for (var depth = 0; depth < path.Count - 1; depth++)
        {
            if (await _revocation.FindAsync(path[depth], [path[depth + 1]], at, cancellationToken) is { } revoked)
            {
                return revoked;
            }
        }

        return null;
    }

    private static bool IsOneOf(ReadOnlyMemory<byte> der, IReadOnlyList<RevokedCertificate> revoked) => revoked.Any(one => one.Der.Span.SequenceEqual(der.Span));

    private ClientVerdict Refuse(Search search, RevokedCertificate revoked) => new()
    {
        Accepted = false,
        Code = ClientVerdict.RevokedCode,
        Words = ClientText.Revoked(profile.Vocabulary),
        Path = [.. search.Best.Path.Select(step => new ClientPathStep(step.Certificate.Subject, SourceOf(step, search)))],
        Downloads = search.Downloads,
        Because = $"{revoked.Issuer} has revoked {revoked.Subject} ({revoked.Url}), and no other path leads to a trust anchor.",
    };

    private async Task SearchAsync(
        Search search, List<DecodedCertificate> sent, IReadOnlyList<RevokedCertificate> without, string? host, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var pool = sent.Skip(1).Concat(_kept.Certificates).Where(certificate => !IsOneOf(certificate.Der, without)).ToList();
        while (true)
        {
            var wanted = new List<string>();
            foreach (var path in PathSearch.Enumerate(sent[0], pool))
            {
                var result = _validator.Validate([.. path.Select(certificate => certificate.Der)], anchors, host, at);
                search.Offer(result);
                if (result.Accepted)
                {
                    return;
                }

                wanted.AddRange(path[^1].Summary.CaIssuersUrls);
                wanted.AddRange(path[0].Summary.CaIssuersUrls);
            }

            var url = wanted.FirstOrDefault(candidate => search.Downloads.All(download => download.Url != candidate));
            if (!profile.DownloadsIssuers || issuers is null || url is null || search.Downloads.Count == MaximumDownloads)
            {
                return;
            }

            var download = await issuers.DownloadAsync(url, cancellationToken);
            search.Downloads.Add(download);
            pool.AddRange((Decode(download.Certificates) ?? []).Where(certificate => !IsOneOf(certificate.Der, without)));
        }
    }

    private void Remember(Search search)
    {
        foreach (var step in search.Best.Path.Skip(1).Where(step => step.Origin == CertificateOrigin.Presented && !step.Certificate.SelfSigned))
        {
            if (DecodedCertificate.TryDecode(step.Certificate.Der, out _, out _) is { } certificate)
            {
                Keep(certificate);
            }
        }
    }

    private ClientVerdict Describe(Search search, bool lacksName, int presentedCount, string host)
    {
        var best = search.Best;
        var path = best.Path.Select(step => new ClientPathStep(step.Certificate.Subject, SourceOf(step, search))).ToList();
        var code = lacksName ? ValidationCode.AltNameInvalid : best.Code;
        return new ClientVerdict
        {
            Accepted = code == ValidationCode.Ok,
            Code = lacksName ? ValidationCode.AltNameInvalid.NodeName() : best.NodeCode,
            Words = ClientText.For(profile.Vocabulary, code, best, host),
            Path = path,
            Downloads = search.Downloads,
            Because = ClientReasons.For(profile, best, code, path, search.Downloads, presentedCount),
        };
    }

    private static PathSource SourceOf(PathCertificate step, Search search)
    {
        if (step.Origin == CertificateOrigin.Anchor)
        {
            return PathSource.TrustStore;
        }

        if (search.Strict.Presented.Any(certificate => certificate.Der.Span.SequenceEqual(step.Certificate.Der.Span)))
        {
            return PathSource.Presented;
        }

        return search.Downloads.SelectMany(download => download.Certificates).Any(der => der.Span.SequenceEqual(step.Certificate.Der.Span))
            ? PathSource.Downloaded
            : PathSource.Kept;
    }

    private static List<DecodedCertificate>? Decode(IReadOnlyList<ReadOnlyMemory<byte>> certificates)
    {
        var decoded = new List<DecodedCertificate>(certificates.Count);
        foreach (var der in certificates)
        {
            if (DecodedCertificate.TryDecode(der, out var consumed, out _) is not { } certificate || consumed != der.Length)
            {
                return null;
            }

            decoded.Add(certificate);
        }

        return decoded.Count == 0 ? null : decoded;
    }

    /// <summary>What has come of one connection so far.</summary>
    private sealed class Search(ValidationResult strict)
    {
        public ValidationResult Strict { get; } = strict;

        public ValidationResult Best { get; private set; } = strict;

        public List<IssuerDownload> Downloads { get; } = [];

        /// <summary>A path that fails for another reason than a missing issuer got further than one that has no end.</summary>
        public void Offer(ValidationResult result)
        {
            if (Rank(result) > Rank(Best))
            {
                Best = result;
            }
        }

        private static int Rank(ValidationResult result) => result.Accepted ? 2 : ClientText.IsChainFailure(result.Code) ? 0 : 1;
    }
}

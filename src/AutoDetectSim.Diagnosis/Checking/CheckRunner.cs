using AutoDetectSim.AutoDetect.Database;
using AutoDetectSim.Certificates.Clients;
using AutoDetectSim.Certificates.Validation;
using AutoDetectSim.Certificates.Validation.Decoding;
using AutoDetectSim.Diagnosis.Checking.Connecting;
using AutoDetectSim.Diagnosis.Checking.Grouping;
using AutoDetectSim.Protocols.Http;
using AutoDetectSim.Protocols.Node;
using AutoDetectSim.Protocols;
using AutoDetectSim.Protocols.Timing;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Diagnosis.Checking;

/// <summary>Checks a host from outside and follows the case to its end: AutoDiscover, then ActiveSync, then mail exchangers.</summary>
internal sealed class CheckRunner(CheckEnvironment environment)
{
    /// <summary>Hosts that a case may lead to.</summary>
    private const int MaximumHosts = 5;

    /// <summary>Issuers that are downloaded at the most.</summary>
    private const int MaximumDownloads = 20;

    /// <summary>Certificates that are looked up in revocation lists at the most.</summary>
    private const int MaximumLookups = 5;

    /// <summary>What all downloads of a check may take together; the URLs are a stranger's.</summary>
    private static readonly TimeSpan DownloadBudget = TimeSpan.FromSeconds(60);

    private const string AutoDiscoverLabel = "autodiscover.";

    private const string AutoDetectProfile = "autodetect";

    /// <summary>Whether a check that is canceled returns what was seen so far, if that is anything.</summary>
    public bool KeepsPartial { get; init; }

    /// <summary>Runs a check.</summary>
    /// <param name="request">What to check.</param>
    /// <param name="progress">Told the number of connections made to the present host.</param>
    /// <param name="cancellationToken">Stops the check.</param>
    public async Task<CheckResult> RunAsync(CheckRequest request, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        var stall = new StallWatch();
        var started = environment.Time.GetTimestamp();
        var at = environment.Time.GetUtcNow();
        var probe = new HostProbe(environment.Dialers, environment.Time, environment.Timeout, environment.Validator.Version);
        var survey = new HostSurvey(probe, request, environment.CanClaimSources, progress) { KeepsPartial = KeepsPartial };
        var diagnoser = new HostDiagnoser(environment.Validator, environment.Anchors, at);
        var revocation = new RevocationChecker(environment.Issuers);
        var known = new List<ReadOnlyMemory<byte>>();
        var downloads = new List<IssuerDownload>();
        var hosts = new List<HostDiagnosis>();
        var passed = new List<ProbeTarget>();
        var open = new Queue<ProbeTarget>([FirstTarget(request)]);
        while (open.Count > 0 && hosts.Count < MaximumHosts)
        {
            var target = open.Dequeue();
            var (observations, balancing) = await survey.RunAsync(target, cancellationToken);
            known.AddRange(observations.SelectMany(observation => observation.Presented.Skip(1)));
            if (cancellationToken.IsCancellationRequested && KeepsPartial)
            {
                hosts.Add(diagnoser.Diagnose(target, observations, Distinct(known), balancing, answersMatter: request.Email is not null, passed));
                break;
            }

            await DownloadIssuersAsync(downloads, observations, cancellationToken);
            var diagnosis = diagnoser.Diagnose(
                target, observations, Distinct([.. known, .. downloads.SelectMany(download => download.Certificates)]), balancing, answersMatter: request.Email is not null, passed);
            if (target.Role == HostRole.AutoDiscover)
            {
                passed.Add(target);
            }

            diagnosis = OtherUses.Remark(
                diagnosis,
                await FindRevokedAsync(revocation, diagnosis, known, at, cancellationToken),
                ConnectorsOf(request, target),
                chain => new StrictPathValidator(environment.Validator.Version, CertificatePurpose.Client).Validate(chain.Presented, environment.Anchors, host: null, at));
            diagnosis = diagnosis with { Hello = await new HelloComparison(probe).FindAsync(target, diagnosis, cancellationToken) };
            hosts.Add(diagnosis with
            {
                Chains = await JudgeByClientsAsync(diagnosis, request.Profiles, at, cancellationToken),
                WithoutServerName = await LookWithoutServerNameAsync(probe, target, diagnosis, at, cancellationToken),
            });
            foreach (var next in NextTargets(target, observations, EmailOf(request)))
            {
                if (!hosts.Any(host => IsSame(host, next)) && !open.Any(waiting => IsSame(waiting, next)))
                {
                    open.Enqueue(next);
                }
            }
        }

        var isStopped = cancellationToken.IsCancellationRequested && KeepsPartial;
        var strangers = isStopped ? [] : await new AddressComparison(environment, probe, at).FindAsync(hosts, cancellationToken);
        var ranges = isStopped ? [] : await new PublishedRangeCheck(environment, probe).TryAsync(hosts, cancellationToken);
        var mail = isStopped ? null : await AskMailExchangersAsync(request, cancellationToken);
        return new CheckResult
        {
            Reproduction = environment.Reproduction,
            Host = request.Host,
            Port = request.Port,
            Email = request.Email,
            At = at,
            Verdict = Worst(hosts, ranges),
            Ranges = ranges,
            Hosts = hosts,
            Mail = mail,
            Downloads = downloads,
            Strangers = strangers,
            Warnings = CheckWarnings.For(request, hosts, environment),
            Elapsed = environment.Time.GetElapsedTime(started),
            StalledMs = stall.Milliseconds,
        };
    }

    private static Verdict Worst(IReadOnlyList<HostDiagnosis> hosts, IReadOnlyList<PublishedRange> ranges)
    {
        var worst = hosts.Max(host => host.Verdict);
        var isClosed = ranges.GroupBy(range => range.Host, StringComparer.OrdinalIgnoreCase).Any(host => host.All(range => range.IsBlocked));
        var ofRanges = isClosed ? Verdict.Broken : ranges.Any(range => range.IsBlocked) ? Verdict.Intermittent : Verdict.Healthy;
        var ofHellos = hosts.Any(host => host.Hello is not null) ? Verdict.Intermittent : Verdict.Healthy;
        return (Verdict)Math.Max((int)worst, Math.Max((int)ofRanges, (int)ofHellos));
    }

    private static ProbeTarget FirstTarget(CheckRequest request) =>
        request.StartTls is not null || MailPort.All.Any(port => port.UsesTls && port.Number == request.Port) ? ProbeTarget.MailServer(request.Host, request.Port, request.StartTls)
        : EmailOf(request) is { } email ? ProbeTarget.AutoDiscover(request.Host, request.Port, email) : ProbeTarget.Server(request.Host, request.Port);

    /// <summary>Without an address, an autodiscover host is asked for one that its domain could have.</summary>
    private static string? EmailOf(CheckRequest request) =>
        request.Email ?? (request.Host.StartsWith(AutoDiscoverLabel, StringComparison.OrdinalIgnoreCase) ? "autodetectsim@" + request.Host[AutoDiscoverLabel.Length..] : null);

    private static IEnumerable<ProbeTarget> NextTargets(ProbeTarget target, IReadOnlyList<Observation> observations, string? email)
    {
        if (target.Role != HostRole.AutoDiscover || email is null)
        {
            yield break;
        }

        var readings = observations.Select(observation => AnswerReading.Of(observation, target.Role)).ToList();
        foreach (var url in readings.Select(reading => reading.Redirect).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase))
        {
            if (Parse(url) is { } uri)
            {
                yield return ProbeTarget.AutoDiscover(uri.Host, uri.Port, email);
            }
        }

        foreach (var url in readings.Select(reading => reading.ActiveSyncUrl).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase))
        {
            if (Parse(url) is { } uri)
            {
                yield return ProbeTarget.ActiveSync(uri.Host, uri.Port, uri.AbsolutePath);
            }
        }
    }

    private static Uri? Parse(string url) => WebAddress.TryParse(url, out var uri) && uri.Scheme == Uri.UriSchemeHttps ? uri : null;

    private static bool IsSame(HostDiagnosis host, ProbeTarget target) =>
        string.Equals(host.Host, target.Host, StringComparison.OrdinalIgnoreCase) && host.Port == target.Port && host.Role == target.Role;

    private static bool IsSame(ProbeTarget one, ProbeTarget other) =>
        string.Equals(one.Host, other.Host, StringComparison.OrdinalIgnoreCase) && one.Port == other.Port && one.Role == other.Role;

    /// <summary>Old probes and some devices send no name, and meet the server's default certificate.</summary>
    private async Task<ValidationResult?> LookWithoutServerNameAsync(HostProbe probe, ProbeTarget target, HostDiagnosis diagnosis, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (diagnosis.Chains.Count == 0 || Uri.CheckHostName(target.Host) != UriHostNameType.Dns)
        {
            return null;
        }

        var observation = await probe.ObserveAsync(diagnosis.Attempts + 1, target with { SendsServerName = false, Requests = [] }, diagnosis.Observations[0].Source, cancellationToken);
        return observation.Presented.Count == 0 || diagnosis.Chains.Any(chain => chain.Presented[0].Span.SequenceEqual(observation.Presented[0].Span))
            ? null
            : environment.Validator.Validate(observation.Presented, environment.Anchors, target.Host, at);
    }

    /// <summary>Downloads what certificates name as their issuers, and the issuers of those, so that "incomplete" can be told from "untrusted".</summary>
    private async Task DownloadIssuersAsync(List<IssuerDownload> downloads, IReadOnlyList<Observation> observations, CancellationToken cancellationToken)
    {
        if (environment.Issuers is not { } issuers)
        {
            return;
        }

        var open = new Queue<ReadOnlyMemory<byte>>(Distinct([.. observations.SelectMany(observation => observation.Presented)]));
        while (open.TryDequeue(out var der))
        {
            foreach (var url in DecodedCertificate.TryDecode(der, out _, out _)?.Summary.CaIssuersUrls ?? [])
            {
                if (downloads.Count < MaximumDownloads && downloads.Sum(done => done.Elapsed.TotalSeconds) < DownloadBudget.TotalSeconds && !downloads.Exists(done => string.Equals(done.Url, url, StringComparison.Ordinal)))
                {
                    var download = await issuers.DownloadAsync(url, cancellationToken);
                    downloads.Add(download);
                    foreach (var issuer in download.Certificates)
                    {
                        open.Enqueue(issuer);
                    }
                }
            }
        }
    }

    private IReadOnlyList<string>? ConnectorsOf(CheckRequest request, ProbeTarget target)
    {
        var known = environment.Connectors?.Invoke(target.Host) ?? [];
        return known.Count > 0 || request.MutualTls ? known : null;
    }

    /// <summary>Looks for revoked certificates among those that were sent after the server's own: clients that check revocation reject them, and AutoDetect does not.</summary>
    private async Task<IReadOnlyList<RevokedCertificate>> FindRevokedAsync(RevocationChecker checker, HostDiagnosis host, List<ReadOnlyMemory<byte>> known, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var issuers = Distinct([.. known, .. environment.Anchors.Certificates.Select(anchor => anchor.Der)]).Select(der => DecodedCertificate.TryDecode(der, out _, out _)).OfType<DecodedCertificate>().ToList();
        var revoked = new List<RevokedCertificate>();
        foreach (var der in Distinct([.. host.Chains.SelectMany(chain => chain.Presented.Skip(1))]).Take(MaximumLookups))
        {
            if (checker.Elapsed < DownloadBudget && DecodedCertificate.TryDecode(der, out _, out _) is { } certificate && await checker.FindAsync(certificate, issuers, at, cancellationToken) is { } found)
            {
                revoked.Add(found);
            }
        }

        return revoked;
    }

    private static List<ReadOnlyMemory<byte>> Distinct(List<ReadOnlyMemory<byte>> certificates) =>
        [.. certificates.DistinctBy(certificate => Convert.ToHexString(certificate.Span), StringComparer.Ordinal)];

    private async Task<IReadOnlyList<ChainGroup>> JudgeByClientsAsync(HostDiagnosis diagnosis, IReadOnlyList<ClientProfile> profiles, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var verdicts = diagnosis.Chains.ToDictionary(chain => chain.Label, _ => new List<ClientGroupVerdict>(), StringComparer.Ordinal);
        foreach (var profile in profiles)
        {
            var inUse = NewClient(profile);
            foreach (var chain in diagnosis.Chains)
            {
                await inUse.JudgeAsync(chain.Presented, diagnosis.Host, at, cancellationToken);
            }

            foreach (var chain in diagnosis.Chains)
            {
                verdicts[chain.Label].Add(new ClientGroupVerdict(
                    profile,
                    AfterTheChain(profile, chain, diagnosis, await inUse.JudgeAsync(chain.Presented, diagnosis.Host, at, cancellationToken)),
                    AfterTheChain(profile, chain, diagnosis, await NewClient(profile).JudgeAsync(chain.Presented, diagnosis.Host, at, cancellationToken))));
            }
        }

        return [.. diagnosis.Chains.Select(chain => chain with { Clients = verdicts[chain.Label] })];
    }

    /// <summary>AutoDetect does not pass where its connections fail after a chain that it accepts: an old version, a client certificate, an answer.</summary>
    private static ClientVerdict AfterTheChain(ClientProfile profile, ChainGroup chain, HostDiagnosis diagnosis, ClientVerdict verdict)
    {
        if (verdict.Accepted && profile.OffersMlKem && diagnosis.Hello is { } hello && hello.Resets == hello.Attempts)
        {
            return verdict with
            {
                Accepted = false,
                Code = NodeErrors.ConnectionReset,
                Words = NodeErrors.ConnectionReset,
                Because = $"The chain is in order, but every connection that begins like this client's is reset ({FaultNames.Words(hello.Fault)}).",
            };
        }

        if (!verdict.Accepted || profile.Name != AutoDetectProfile)
        {
            return verdict;
        }

        var attempts = diagnosis.Timeline.Where(attempt => attempt.Chain == chain.Label).ToList();
        return attempts.Count == 0 || attempts.Exists(attempt => attempt.Succeeded) ? verdict : verdict with
        {
            Accepted = false,
            Code = attempts[0].Code,
            Words = attempts[0].Code,
            Because = $"The chain is in order, but every connection that got it fails later ({attempts[0].Code}).",
        };
    }

    private ClientEmulator NewClient(ClientProfile profile) => new(profile, environment.Validator, environment.Anchors, environment.Issuers);

    private async Task<MailRouting?> AskMailExchangersAsync(CheckRequest request, CancellationToken cancellationToken)
    {
        if (environment.MailExchangers is not { } ask || EmailOf(request) is not { } email || EmailAddress.DomainOf(email) is not { } domain)
        {
            return null;
        }

        var exchangers = await ask(domain, cancellationToken);
        var database = new AutoDetectDatabase(new AutoDetectDefinition());
        return new MailRouting(domain, exchangers.Names, (database.ByMailDomain(domain) ?? database.ByMailExchangers(exchangers.Names))?.Id, exchangers.Problem);
    }
}

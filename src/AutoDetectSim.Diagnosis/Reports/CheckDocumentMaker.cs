using AutoDetectSim.Certificates.Clients;
using AutoDetectSim.Certificates.Validation;
using AutoDetectSim.Certificates.Validation.Decoding;
using AutoDetectSim.Diagnosis.Checking;
using AutoDetectSim.Diagnosis.Checking.Grouping;
using AutoDetectSim.Diagnosis.Statistics;
using AutoDetectSim.Diagnosis.WhatIf;
using AutoDetectSim.Documents;

namespace AutoDetectSim.Diagnosis.Reports;

/// <summary>Turns a check's result into the document that all reports are rendered from.</summary>
internal static class CheckDocumentMaker
{
    public static CheckDocument Make(CheckResult result, CheckAfterFix? afterFix = null) => new()
    {
        Host = result.Host,
        Port = result.Port,
        Email = result.Email,
        At = result.At,
        Verdict = Camel(result.Verdict),
        Summary = CheckSummary.Of(result),
        Customer = CustomerText.For(result),
        FaultyNodes = [.. result.Hosts.SelectMany(host => host.FaultyNodes).Select(node => node.Name).Distinct(StringComparer.Ordinal).Order(NaturalOrder.Instance)],
        Hosts = [.. result.Hosts.Select(Host)],
        Mail = result.Mail is { } mail ? new MailDocument(mail.Domain, mail.Exchangers, mail.Provider, mail.Problem) : null,
        Downloads = [.. result.Downloads.Select(Download)],
        Warnings = result.Warnings,
        Advice = CheckAdvice.For(result),
        ElapsedMs = Milliseconds(result.Elapsed),
        WhatIf = afterFix is null ? null : WhatIf(result, afterFix),
    };

    private static WhatIfDocument WhatIf(CheckResult before, CheckAfterFix fix) => new()
    {
        Changes = fix.Changes,
        IsComplete = fix.IsComplete,
        IsSmallest = fix.IsSmallest,
        IsReproduction = fix.IsReproduction,
        Hosts = [.. (fix.After?.Hosts ?? []).Select(host => new HostAfterDocument
        {
            Host = host.Host,
            Verdict = Camel(host.Verdict),
            Attempts = host.Attempts,
            Successes = host.Successes,
            SuccessRate = RateOf(host),
            SuccessRateBefore = before.Hosts.FirstOrDefault(one => one.Role == host.Role && string.Equals(one.Host, host.Host, StringComparison.OrdinalIgnoreCase)) is { } old ? RateOf(old) : null,
            FaultyNodes = [.. host.FaultyNodes.Select(node => node.Name)],
        })],
    };

    private static double RateOf(HostDiagnosis host) => host.Attempts == 0 ? 0 : (double)host.Successes / host.Attempts;

    private static HostDocument Host(HostDiagnosis host) => new()
    {
        Host = host.Host,
        Port = host.Port,
        Role = Camel(host.Role),
        Verdict = Camel(host.Verdict),
        Summary = CheckSummary.Of(host),
        Attempts = host.Attempts,
        Successes = host.Successes,
        SuccessRate = RateOf(host),
        Confidence95 = Interval(host.Confidence),
        Errors = host.Errors,
        FaultyNodes = [.. host.FaultyNodes.Select(node => node.Name)],
        Chains = [.. host.Chains.Select(chain => Chain(chain, host.Attempts))],
        Nodes = [.. host.Nodes.Select(node => Node(node, host.Attempts))],
        Clients = Clients(host),
        Answers = AnswerDocumentMaker.Make(host),
        WithoutServerName = host.WithoutServerName is { } bare ? new DefaultSiteDocument(bare.Presented.Count > 0 ? bare.Presented[0].Subject : "?", bare.NodeCode) : null,
        Balancing = new BalancingDocument
        {
            Pattern = Camel(host.Balancing.Pattern),
            Turn = host.Balancing.Turn,
            Sources = [.. host.Balancing.Sources.Select(source => new SourceDocument(source.Source, source.Nodes))],
        },
        Probes = Probes(host.Probes),
        Timeline = [.. host.Timeline.Select(Attempt)],
    };

    private static ClientShareDocument[] Clients(HostDiagnosis host)
    {
        if (host.Chains.Count == 0)
        {
            return [];
        }

        // What stops a connection at its certificates is the chain's own code; answers that are wrong come after them.
        var chains = host.Chains.ToDictionary(chain => chain.Label, StringComparer.Ordinal);
        var past = host.Timeline.Where(attempt => attempt.Chain is { } label && (attempt.Succeeded || attempt.Code == chains[label].Strict.NodeCode || FaultNames.IsAnswerFault(attempt.Code))).ToList();
        return
        [
            .. host.Chains[0].Clients.Select(client => client.Profile).Select(profile => new ClientShareDocument(
                profile.Name,
                profile.Title,
                Share(profile, client => client.InUse.Accepted),
                Share(profile, client => client.FirstVisit.Accepted))),
        ];

        double Share(ClientProfile profile, Func<ClientGroupVerdict, bool> accepts) =>
            (double)past.Count(attempt => accepts(chains[attempt.Chain!].Clients.First(client => client.Profile == profile))) / host.Attempts;
    }

    private static ChainDocument Chain(ChainGroup chain, int attempts) => new()
    {
        Label = chain.Label,
        Fingerprint = chain.Fingerprint,
        Attempts = chain.Attempts,
        Share = (double)chain.Attempts / attempts,
        Confidence95 = Interval(chain.Share),
        Nodes = chain.Nodes,
        Code = chain.Strict.NodeCode,
        Accepted = chain.Strict.Accepted,
        Depth = chain.Strict.Depth,
        Faults = chain.Faults,
        Remarks = chain.Remarks,
        ChainIssues = [.. chain.Strict.ChainIssues.Select(issue => issue.Words())],
        Missing = chain.Strict.MissingIssuer is { } missing ? new MissingDocument(missing.IssuerName, missing.AuthorityKeyIdentifier, missing.CaIssuersUrl) : null,
        Explanation = chain.Strict.Explanation,
        Presented = [.. chain.Strict.Presented.Select(Certificate)],
        Clients = [.. chain.Clients.Select(Client)],
    };

    private static CertificateDocument Certificate(CertificateSummary certificate) => new()
    {
        Subject = certificate.Subject,
        Issuer = certificate.Issuer,
        SerialNumber = certificate.SerialNumber,
        NotBefore = certificate.NotBefore,
        NotAfter = certificate.NotAfter,
        PublicKey = certificate.PublicKey,
        SignatureAlgorithm = certificate.SignatureAlgorithm,
        Sha256 = certificate.Sha256Fingerprint,
        Hosts = [.. certificate.DnsNames, .. certificate.IpAddresses],
        KeyIdentifier = certificate.SubjectKeyIdentifier,
        IssuerKeyIdentifier = certificate.AuthorityKeyIdentifier,
        AiaUrls = certificate.CaIssuersUrls,
    };

    private static ClientDocument Client(ClientGroupVerdict client) => new()
    {
        Profile = client.Profile.Name,
        Title = client.Profile.Title,
        Accepted = client.InUse.Accepted,
        OnFirstVisit = client.FirstVisit.Accepted,
        Code = client.InUse.Code,
        Words = client.InUse.Words,
        Because = client.InUse.Because,
        Path = [.. client.InUse.Path.Select(step => new PathStepDocument(step.Subject, Camel(step.Source)))],
        Sources = [.. client.Profile.Habits.Select(habit => habit.Source)],
    };

    private static NodeDocument Node(NodeDiagnosis node, int attempts) => new()
    {
        Name = node.Name,
        IdentifiedBy = Camel(node.Basis),
        Attempts = node.Attempts,
        Share = (double)node.Attempts / attempts,
        Confidence95 = Interval(node.Share),
        Successes = node.Successes,
        Faults = node.Faults,
        Remarks = node.Remarks,
        Chains = node.Chains,
        Build = node.Build,
        Answers = node.Answers,
    };

    private static ProbesDocument Probes(ProbeSufficiency probes) => new()
    {
        Made = probes.Made,
        NodesMet = probes.NodesMet,
        Enough = probes.Enough,
        Needed95 = probes.Needed95,
        Needed99 = probes.Needed99,
        NeededToRuleOutOneMore = probes.NeededToRuleOutOneMore,
        LargestHiddenShare = probes.LargestHiddenShare,
        EqualShares = probes.EqualShares,
    };

    private static DownloadDocument Download(IssuerDownload download) => new(
        download.Url,
        [.. download.Certificates.Select(der => DecodedCertificate.TryDecode(der, out _, out _)?.Summary.Subject).OfType<string>()],
        download.Problem,
        Milliseconds(download.Elapsed));

    private static AttemptDocument Attempt(AttemptVerdict attempt) => new()
    {
        Number = attempt.Number,
        StartedMs = Milliseconds(attempt.Started),
        ElapsedMs = Milliseconds(attempt.Elapsed),
        Source = attempt.Source?.ToString(),
        Node = attempt.Node,
        Chain = attempt.Chain,
        Code = attempt.Code,
    };

    private static double[] Interval(ConfidenceInterval interval) => [Math.Round(interval.Low, 6), Math.Round(interval.High, 6)];

    private static double Milliseconds(TimeSpan time) => Math.Round(time.TotalMilliseconds, 3);

    private static string Camel<T>(T value)
        where T : struct, Enum => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}

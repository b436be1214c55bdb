using AutoDetectSim.Certificates.Clients;
using AutoDetectSim.Certificates.Validation.Decoding;
using AutoDetectSim.Diagnosis.Checking;
using AutoDetectSim.Diagnosis.WhatIf;
using AutoDetectSim.Documents;

namespace AutoDetectSim.Diagnosis.Reports;

/// <summary>What a check found out, as JSON. The form is a contract: members are added, never renamed.</summary>
internal sealed record CheckDocument
{
    /// <summary>For a lab: the line that says so. Null in the field.</summary>
    public string? Reproduction { get; init; }

    public required string Host { get; init; }

    public required int Port { get; init; }

    public string? Email { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary><c>healthy</c>, <c>notEnoughProbes</c>, <c>intermittent</c> or <c>broken</c>: the worst of the hosts.</summary>
    public required string Verdict { get; init; }

    /// <summary>The verdict in one sentence.</summary>
    public required string Summary { get; init; }

    /// <summary>The check for people who do not know certificates, in a few paragraphs.</summary>
    public required IReadOnlyList<CustomerPart> Customer { get; init; }

    /// <summary>Names of the faulty nodes of all hosts.</summary>
    public required IReadOnlyList<string> FaultyNodes { get; init; }

    public required IReadOnlyList<HostDocument> Hosts { get; init; }

    public MailDocument? Mail { get; init; }

    /// <summary>Downloads of issuers from the URLs in certificates (AIA).</summary>
    public required IReadOnlyList<DownloadDocument> Downloads { get; init; }

    /// <summary>AutoDetect's published source ranges, where they were tried.</summary>
    public required IReadOnlyList<RangeDocument> Ranges { get; init; }

    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>What to do, most important first.</summary>
    public required IReadOnlyList<string> Advice { get; init; }

    /// <summary>Commands of real servers for what is to be done, where there are such.</summary>
    public required IReadOnlyList<RepairDocument> Repairs { get; init; }

    public required double ElapsedMs { get; init; }

    /// <summary>How long this process was stalled meanwhile, which no time limit counts; null if it was not.</summary>
    public double? StalledMs { get; init; }

    /// <summary>What would come of changes; null unless it was asked for.</summary>
    public WhatIfDocument? WhatIf { get; init; }

    /// <summary>The document of a check.</summary>
    public static CheckDocument From(CheckResult result, CheckAfterFix? afterFix = null) => new()
    {
        Reproduction = result.Reproduction,
        Host = result.Host,
        Port = result.Port,
        Email = result.Email,
        At = result.At,
        Verdict = DocumentValues.Camel(result.Verdict),
        Summary = CheckSummary.Of(result),
        Customer = CustomerText.For(result),
        FaultyNodes = [.. result.Hosts.SelectMany(host => host.FaultyNodes).Select(node => node.Name).Distinct(StringComparer.Ordinal).Order(NaturalOrder.Instance)],
        Hosts = [.. result.Hosts.Select(HostDocument.From)],
        Mail = result.Mail is { } mail ? new MailDocument(mail.Domain, mail.Exchangers, mail.Provider, mail.Problem) : null,
        Downloads = [.. result.Downloads.Select(DownloadDocument.From)],
        Ranges = [.. result.Ranges.Select(RangeDocument.From)],
        Warnings = result.Warnings,
        Advice = CheckAdvice.For(result),
        Repairs = RepairLines.For(result.Hosts.SelectMany(host => host.FaultyNodes).SelectMany(node => node.Faults), result.Hosts[0].Host),
        ElapsedMs = DocumentValues.Milliseconds(result.Elapsed),
        StalledMs = result.StalledMs,
        WhatIf = afterFix is null ? null : WhatIfDocument.From(result, afterFix),
    };
}

/// <summary>One download of an issuer: the subjects of the downloaded certificates, or the problem.</summary>
internal sealed record DownloadDocument(string Url, IReadOnlyList<string> Subjects, string? Problem, double ElapsedMs)
{
    /// <summary>The document of a download.</summary>
    public static DownloadDocument From(IssuerDownload download) => new(
        download.Url,
        [.. download.Certificates.Select(der => DecodedCertificate.TryDecode(der, out _, out _)?.Summary.Subject).OfType<string>()],
        download.Problem,
        DocumentValues.Milliseconds(download.Elapsed));
}

/// <summary>Who takes the domain's mail.</summary>
internal sealed record MailDocument(string Domain, IReadOnlyList<string> Exchangers, string? Provider, string? Problem);

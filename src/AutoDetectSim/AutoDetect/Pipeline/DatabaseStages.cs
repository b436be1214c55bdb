using AutoDetectSim.AutoDetect.Answers;
using AutoDetectSim.AutoDetect.Database;
using AutoDetectSim.Network;

namespace AutoDetectSim.AutoDetect.Pipeline;

/// <summary>The stages that need no server of the customer's: the SMTP domain, the database, and MX records.</summary>
internal sealed class DatabaseStages(AutoDetectDatabase database, ILabDnsResolver dns)
{
    private const string Microsoft365 = "office365";

    /// <summary>Guesses a provider from the SMTP domain alone.</summary>
    public bool AskSmtpDomain(DetectionRun run)
    {
        if (run.DomainRecord is not null || database.ByMailDomain(run.Email.Domain) is not { } provider)
        {
            return false;
        }

        return UseProvider(run, DetectionStage.SmtpDomain, provider, $"{run.Email.Domain} is a mail domain of provider {provider.Id}.");
    }

    /// <summary>Asks the fixed records, then the others; true when the detection has its answer.</summary>
    public async Task<bool> AskAsync(DetectionRun run, CancellationToken cancellationToken) =>
        AskDomainProvider(run, DetectionStage.FixedDbProvider, isFixed: true)
        || AskDomainProtocols(run, DetectionStage.FixedDbDomainProtocols, isFixed: true)
        || AskDomainProvider(run, DetectionStage.DbProvider, isFixed: false)
        || await AskMailExchangersAsync(run, cancellationToken)
        || AskDomainProtocols(run, DetectionStage.DbDomainProtocols, isFixed: false);

    private bool AskDomainProvider(DetectionRun run, DetectionStage stage, bool isFixed)
    {
        if (run.DomainRecord is not { ProviderId: { } id } record || record.Fixed != isFixed)
        {
            return false;
        }

        if (database.Provider(id) is not { } provider)
        {
            Add(run, stage, StepResult.Failed, $"The record of {run.Email.Domain} names provider {id}, which is not in the database.");
            return false;
        }

        return UseProvider(run, stage, provider, $"The record of {run.Email.Domain} names provider {id}.");
    }

    private static bool AskDomainProtocols(DetectionRun run, DetectionStage stage, bool isFixed)
    {
        if (run.DomainRecord is not { Protocols.Count: > 0 } record || record.Fixed != isFixed)
        {
            return false;
        }

        var offered = run.Offer([], [.. record.Protocols.Select(protocol => ProtocolEntry.FromRecord(protocol, run.Email))]);
        Add(run, stage, offered ? StepResult.Found : StepResult.Nothing, $"The record of {run.Email.Domain} names servers." + ExchangeText.Unwanted(offered));
        return offered;
    }

    private async Task<bool> AskMailExchangersAsync(DetectionRun run, CancellationToken cancellationToken)
    {
        var answer = await QueryAsync(run, run.Email.Domain, DnsRecordType.Mx, cancellationToken);
        if (answer.Status == DnsStatus.ServerFailure)
        {
            Add(run, DetectionStage.DbProvider, StepResult.Failed, answer.Delay >= DnsZone.Patience
                ? $"The name server of {run.Email.Domain} does not answer, so its MX records are unknown."
                : $"The name server of {run.Email.Domain} fails (SERVFAIL), so its MX records are unknown.");
            return false;
        }

        var targets = answer.Records.Select(MailExchangerTarget).Where(target => target.Length > 0).ToArray();
        if (targets.Length == 0)
        {
            // RFC 7505: a null MX says that the domain takes no mail; without MX an address record takes it (RFC 5321 5.1).
            var takesNoMail = answer.Status == DnsStatus.NonExistentDomain
                || (answer.Status == DnsStatus.NoError && (answer.Records.Count > 0 || await HasNoAddressAsync(run, run.Email.Domain, cancellationToken)));
            run.DomainIsUnknown = takesNoMail && await HasNoAddressAsync(run, "autodiscover." + run.Email.Domain, cancellationToken);
            return false;
        }

        if (database.ByMailExchangers(targets) is not { } provider)
        {
            return false;
        }

        if (provider.Id is Microsoft365 && run.ExchangeOnlineSaysOnPremises)
        {
            Add(run, DetectionStage.DbProvider, StepResult.Nothing, $"The MX records of {run.Email.Domain} lead to Microsoft 365, but Exchange Online says that the mailbox is not there.");
            return false;
        }

        return UseProvider(run, DetectionStage.DbProvider, provider, $"The MX records of {run.Email.Domain} lead to provider {provider.Id}.");
    }

    private async Task<bool> HasNoAddressAsync(DetectionRun run, string host, CancellationToken cancellationToken) =>
        await QueryAsync(run, host, DnsRecordType.A, cancellationToken) is { Status: not DnsStatus.ServerFailure, Records.Count: 0 }
        && await QueryAsync(run, host, DnsRecordType.Aaaa, cancellationToken) is { Status: not DnsStatus.ServerFailure, Records.Count: 0 };

    private async Task<DnsAnswer> QueryAsync(DetectionRun run, string host, DnsRecordType type, CancellationToken cancellationToken)
    {
        var answer = await dns.QueryAsync(host, type, cancellationToken);
        run.AddNetworkTime(answer.Delay);
        return answer;
    }

    private static bool UseProvider(DetectionRun run, DetectionStage stage, ProviderRecord provider, string sentence)
    {
        run.ProviderRecord = provider;
        var offered = run.Offer(provider.Services, provider.Protocols(run.Email), provider.Id);
        Add(run, stage, offered ? StepResult.Found : StepResult.Nothing, sentence + ExchangeText.Unwanted(offered));
        return offered;
    }

    private static string MailExchangerTarget(string record)
    {
        var space = record.LastIndexOf(' ');
        return record[(space + 1)..].TrimEnd('.');
    }

    private static void Add(DetectionRun run, DetectionStage stage, StepResult result, string sentence) => run.Add(new DetectionStep
    {
        Stage = stage,
        Result = result,
        Asked = "database",
        Sentence = sentence,
    });
}

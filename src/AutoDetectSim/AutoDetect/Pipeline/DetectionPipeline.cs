using AutoDetectSim.AutoDetect.Database;
using AutoDetectSim.Network;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.AutoDetect.Pipeline;

/// <summary>Runs the stages of a detection in their order until one gives an answer.</summary>
internal sealed class DetectionPipeline
{
    private readonly AutoDetectDatabase _database;
    private readonly DatabaseStages _databaseStages;
    private readonly AutoDiscoverV2 _autoDiscoverV2;
    private readonly AutoDiscoverV1 _autoDiscoverV1;

    public DetectionPipeline(AutoDetectDefinition definition, AutoDetectDatabase database, ILabHttpClient http, ILabDnsResolver dns)
    {
        var timeout = definition.RequestTimeout;
        var challenge = new BearerChallenge(http, timeout);
        _database = database;
        _databaseStages = new DatabaseStages(database, dns);
        _autoDiscoverV2 = new AutoDiscoverV2(new AutoDiscoverV2Client(http, timeout), challenge, definition.ExchangeOnlineHost ?? string.Empty);
        _autoDiscoverV1 = new AutoDiscoverV1(http, challenge, timeout);
    }

    /// <summary>Searches, and stores the result in the run.</summary>
    public async Task SearchAsync(DetectionRun run, CancellationToken cancellationToken)
    {
        run.DomainRecord = _database.Domain(run.Email.Domain);
        run.ProviderRecord = _database.Provider(run.DomainRecord?.ProviderId);
        if (_databaseStages.AskSmtpDomain(run))
        {
            return;
        }

        if (run.Parameters.WantsExchange)
        {
            var endpoint = run.DomainRecord?.AutoDv2Endpoint ?? run.ProviderRecord?.Definition.AutoDv2Endpoint;
            if (await _autoDiscoverV2.AskAsync(run, endpoint, cancellationToken) || await _autoDiscoverV1.AskAsync(run, cancellationToken))
            {
                return;
            }
        }
        else
        {
            run.Add(new DetectionStep
            {
                Stage = DetectionStage.AutoDv2,
                Result = StepResult.Skipped,
                Asked = "AutoDiscover V2",
                Sentence = "The caller requests nothing that AutoDiscover can find.",
            });
        }

        await _databaseStages.AskAsync(run, cancellationToken);
    }
}

using AutoDetectSim.AutoDetect.Answers;

namespace AutoDetectSim.AutoDetect.Pipeline;

/// <summary>
/// AutoDiscover V2: Exchange Online is asked first and its redirect followed to the organization's own servers ([HMADOC]);
/// when Exchange Online does not know the mailbox, autodiscover.DOMAIN is asked. What ActiveSync address comes of it gets the
/// empty Bearer challenge.
/// </summary>
internal sealed class AutoDiscoverV2(AutoDiscoverV2Client client, BearerChallenge challenge, string exchangeOnlineHost)
{
    /// <summary>Where mailboxes in Exchange Online, and cached mailboxes, are reached.</summary>
    public const string CloudHost = "outlook.office365.com";

    /// <summary>The newer name of <see cref="CloudHost"/> ([CLOUDMS]).</summary>
    private const string NewCloudHost = "outlook.cloud.microsoft";

    private const string Asked = "AutoDiscover V2";
    private const string Path = "/autodiscover/autodiscover.json";

    /// <summary>Exchange Online adds one, and the organization's server sees the 3 of [HMADOC].</summary>
    private const int FirstRedirectCount = 2;

    private const int DirectRedirectCount = 1;

    /// <summary>Runs the stage; true when the detection has its answer.</summary>
    public async Task<bool> AskAsync(DetectionRun run, string? endpoint, CancellationToken cancellationToken)
    {
        if (endpoint is not null)
        {
            return await AskOverrideAsync(run, endpoint, cancellationToken);
        }

        if (exchangeOnlineHost.Length > 0)
        {
            var (known, found) = await AskExchangeOnlineAsync(run, cancellationToken);
            if (known)
            {
                return found;
            }
        }

        var direct = AutoDiscoverV2Client.Question("https://autodiscover." + run.Email.Domain + Path, run.Email, DirectRedirectCount);
        return await FollowAsync(run, direct, 0, cancellationToken);
    }

    private async Task<bool> AskOverrideAsync(DetectionRun run, string endpoint, CancellationToken cancellationToken)
    {
        if (!AutoDiscoverV2Client.TryReadHttpsUrl(endpoint, null, out var url, out var code))
        {
            run.AutoDv2Error = code;
            run.Add(new DetectionStep
            {
                Stage = DetectionStage.AutoDv2,
                Result = StepResult.Failed,
                Asked = Asked,
                Code = code,
                Sentence = $"The database has the AutoDiscover V2 URL '{endpoint}' for {run.Email.Domain}, which is not an https URL.",
            });
            return false;
        }

        return await FollowAsync(run, AutoDiscoverV2Client.Question(url.GetLeftPart(UriPartial.Path), run.Email, DirectRedirectCount), 0, cancellationToken);
    }

    /// <returns>Whether Exchange Online knew where the mailbox is, and whether the detection has its answer.</returns>
    private async Task<(bool Known, bool Found)> AskExchangeOnlineAsync(DetectionRun run, CancellationToken cancellationToken)
    {
        var hop = await client.AskAsync(AutoDiscoverV2Client.Question("https://" + exchangeOnlineHost + Path, run.Email, FirstRedirectCount), run.Caller, cancellationToken);
        if (hop.Answer is not null)
        {
            return (true, await UseAsync(run, hop, cancellationToken));
        }

        if (hop.RedirectsTo is { } target && !IsExchangeOnline(target.Host))
        {
            run.ExchangeOnlineSaysOnPremises = true;
            Add(run, hop, StepResult.Continued, $"Exchange Online says that the mailbox is on-premises and sends AutoDetect to {target.Host}.");
            return (true, await FollowAsync(run, target, 1, cancellationToken));
        }

        if (hop.Exchange.Error is not null)
        {
            Add(run, hop, StepResult.Failed);
        }
        else
        {
            Add(run, hop with { Code = null }, StepResult.Nothing, $"Exchange Online does not know {run.Email} (status {hop.Exchange.Response!.StatusCode}).");
        }

        return (false, false);
    }

    private async Task<bool> FollowAsync(DetectionRun run, Uri url, int redirects, CancellationToken cancellationToken)
    {
        var hop = await client.FollowAsync(url, redirects, run.Caller, passed => Add(run, passed, StepResult.Continued), cancellationToken);
        if (hop.Exchange.Error is not null)
        {
            run.UnreachableHost = hop.Exchange.Request.Uri.Host;
        }

        return await UseAsync(run, hop, cancellationToken);
    }

    private async Task<bool> UseAsync(DetectionRun run, AutoDiscoverHop hop, CancellationToken cancellationToken)
    {
        run.AutoDv2 = hop.Answer;
        if (hop.ActiveSync is not { } activeSync)
        {
            run.AutoDv2Error = hop.Code;
            Add(run, hop, StepResult.Failed);
            return false;
        }

        if (CloudService(activeSync.Host) is { } service)
        {
            var offered = run.Offer([new ServiceEntry { Service = service, Protocol = "rest", Hostname = activeSync.Host }], []);
            Add(run, hop, offered ? StepResult.Found : StepResult.Nothing,
                $"AutoDiscover V2 at {ExchangeText.Where(hop.Exchange)} says that the mailbox is in Microsoft's cloud, at {activeSync.Host}." + ExchangeText.Unwanted(offered));
            return offered;
        }

        Add(run, hop, StepResult.Continued);
        return await challenge.AskAsync(run, DetectionStage.AutoDv2, activeSync, cancellationToken);
    }

    /// <summary>Whether mailboxes in Exchange Online are reached at a host.</summary>
    public static bool IsCloudHost(string host) =>
        host.Equals(CloudHost, StringComparison.OrdinalIgnoreCase) || host.Equals(NewCloudHost, StringComparison.OrdinalIgnoreCase);

    private bool IsExchangeOnline(string host) =>
        host.Equals(exchangeOnlineHost, StringComparison.OrdinalIgnoreCase) || CloudService(host) is not null;

    /// <summary>The service whose mailboxes are reached at a host of Microsoft's, or null.</summary>
    private string? CloudService(string host)
    {
        if (host.Equals("eas.outlook.com", StringComparison.OrdinalIgnoreCase))
        {
            return "outlook";
        }

        return host.Equals(exchangeOnlineHost, StringComparison.OrdinalIgnoreCase)
            || IsCloudHost(host)
            || host.Equals("autodiscover-s.outlook.com", StringComparison.OrdinalIgnoreCase)
            ? "office365"
            : null;
    }

    private static void Add(DetectionRun run, AutoDiscoverHop hop, StepResult result, string? sentence = null) => run.Add(new DetectionStep
    {
        Stage = DetectionStage.AutoDv2,
        Result = result,
        Asked = Asked,
        Url = hop.Exchange.Request.Uri,
        Exchange = hop.Exchange,
        Code = hop.Code,
        Sentence = sentence ?? hop.Sentence,
    });
}

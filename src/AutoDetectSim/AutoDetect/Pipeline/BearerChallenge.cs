using AutoDetectSim.AutoDetect.Answers;
using AutoDetectSim.Network;
using AutoDetectSim.Protocols.Http;
using AutoDetectSim.Protocols.Node;

namespace AutoDetectSim.AutoDetect.Pipeline;

/// <summary>
/// The empty Bearer challenge ([HMADOC], [HMAEAS]): a request with a Bearer scheme and no token, whose 401 says how ActiveSync
/// lets users sign in.
/// </summary>
internal sealed class BearerChallenge(ILabHttpClient http, TimeSpan timeout)
{
    private const string Asked = "empty Bearer challenge";

    /// <summary>Where mailboxes that are cached for the app are reached ([HMAIMG]).</summary>
    private const string HybridHost = "outlook.office.com";

    // Servers name the authorization endpoint by its old host; apps are sent to the new one ([HMAIMG]).
    private const string OldLoginHost = "https://login.windows.net/";
    private const string LoginHost = "https://login.microsoftonline.com/";

    private static readonly KeyValuePair<string, string>[] Headers =
    [
        new("Accept", "application/json"),
        new("Authorization", "Bearer "),
        new("Content-Length", "0"),
    ];

    /// <summary>Asks the ActiveSync address and offers what it finds; true when the detection has its answer.</summary>
    public async Task<bool> AskAsync(DetectionRun run, DetectionStage stage, Uri activeSync, CancellationToken cancellationToken)
    {
        var request = new LabHttpRequest { Method = "GET", Uri = activeSync, Headers = Headers, Timeout = timeout };
        var exchange = await http.SendAsync(request, run.Caller, cancellationToken);
        if (exchange.Response is not { } response)
        {
            var error = exchange.Error!;
            run.UnreachableHost = activeSync.Host;
            return Fail(run, stage, exchange, error.Code, ExchangeText.Failed(exchange));
        }

        if (response.StatusCode != 401)
        {
            return Fail(run, stage, exchange, NodeErrors.OfStatus(response.StatusCode),
                $"ActiveSync at {activeSync.Host} answered {response.StatusCode} instead of the expected 401 with a Bearer challenge: a device in front of Exchange, or something other than ActiveSync, answered.");
        }

        var challenges = WwwAuthenticate.Parse(response.Values("WWW-Authenticate"));
        var bearer = challenges.FirstOrDefault(challenge => challenge.HasScheme("Bearer") && challenge.Parameter("authorization_uri") is { Length: > 0 })
            ?? challenges.FirstOrDefault(challenge => challenge.HasScheme("Bearer"));
        if (bearer?.Parameter("authorization_uri") is { Length: > 0 } authorizationUri)
        {
            return OfferModern(run, stage, exchange, authorizationUri);
        }

        if (challenges.Any(challenge => challenge.HasScheme("Basic")))
        {
            return OfferBasic(run, stage, exchange, bearerWithoutUri: bearer is not null);
        }

        return Fail(run, stage, exchange, NodeErrors.MissingAuthorizationUrl, challenges.Count == 0
            ? $"{activeSync.Host} answered 401 without WWW-Authenticate: a device in front of Exchange answered."
            : $"ActiveSync at {activeSync.Host} offers {string.Join(", ", challenges.Select(challenge => challenge.Scheme))}, neither a Bearer challenge with authorization_uri nor Basic.");
    }

    private static bool OfferModern(DetectionRun run, DetectionStage stage, LabHttpExchange exchange, string authorizationUri)
    {
        var activeSync = exchange.Request.Uri;
        var aad = authorizationUri.StartsWith(OldLoginHost, StringComparison.OrdinalIgnoreCase) ? LoginHost + authorizationUri[OldLoginHost.Length..] : authorizationUri;
        var offered = run.Offer(
            [new ServiceEntry { Service = "office365", Protocol = "rest", Hostname = HybridHost, Aad = aad, OnPrem = activeSync.OriginalString }],
            []);
        run.Add(new DetectionStep
        {
            Stage = stage,
            Result = offered ? StepResult.Found : StepResult.Nothing,
            Asked = Asked,
            Url = activeSync,
            Exchange = exchange,
            Sentence = $"ActiveSync at {ExchangeText.Where(exchange)} offers modern authentication: the user signs in at {aad}." + ExchangeText.Unwanted(offered),
        });
        return offered;
    }

    private static bool OfferBasic(DetectionRun run, DetectionStage stage, LabHttpExchange exchange, bool bearerWithoutUri)
    {
        var activeSync = exchange.Request.Uri;
        var code = bearerWithoutUri ? NodeErrors.MissingAuthorizationUrl : null;
        var offered = run.Offer([], [new ProtocolEntry
        {
            Protocol = "eas",
            Hostname = activeSync.Host,
            Port = activeSync.Port,
            Encryption = "ssl",
            Username = run.Email.Text,
            Validated = true,
        }]);
        if (code is not null && stage == DetectionStage.AutoDv2)
        {
            run.AutoDv2Error = code;
        }

        run.Add(new DetectionStep
        {
            Stage = stage,
            Result = offered ? StepResult.Found : StepResult.Nothing,
            Asked = Asked,
            Url = activeSync,
            Exchange = exchange,
            Code = code,
            Sentence = (bearerWithoutUri
                ? $"ActiveSync at {ExchangeText.Where(exchange)} offers Bearer without an authorization_uri, so only Basic authentication is possible."
                : $"ActiveSync at {ExchangeText.Where(exchange)} offers only Basic authentication.") + ExchangeText.Unwanted(offered),
        });
        return offered;
    }

    private static bool Fail(DetectionRun run, DetectionStage stage, LabHttpExchange exchange, string code, string sentence)
    {
        if (stage == DetectionStage.AutoDv2)
        {
            run.AutoDv2Error = code;
        }

        run.Add(new DetectionStep
        {
            Stage = stage,
            Result = StepResult.Failed,
            Asked = Asked,
            Url = exchange.Request.Uri,
            Exchange = exchange,
            Code = code,
            Sentence = sentence,
        });
        return false;
    }
}

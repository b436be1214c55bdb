using System.Security;
using System.Text;
using AutoDetectSim.Network;
using AutoDetectSim.Protocols.Http;
using AutoDetectSim.Protocols;
using AutoDetectSim.Protocols.Node;

namespace AutoDetectSim.AutoDetect.Pipeline;

/// <summary>
/// AutoDiscover V1 (POX with the MobileSync schema) at autodiscover.DOMAIN. Without a password Exchange answers 401, which
/// proves nothing; a server that answers anonymous callers gives an ActiveSync address, which gets the empty Bearer challenge.
/// </summary>
internal sealed class AutoDiscoverV1(ILabHttpClient http, BearerChallenge challenge, TimeSpan timeout)
{
    private const string Asked = "AutoDiscover POX, MobileSync schema";

    private static readonly KeyValuePair<string, string>[] Headers =
    [
        new("Content-Type", "text/xml; charset=utf-8"),
        new("Accept", "text/xml"),
    ];

    /// <summary>Runs the stage; true when the detection has its answer.</summary>
    public async Task<bool> AskAsync(DetectionRun run, CancellationToken cancellationToken)
    {
        var host = "autodiscover." + run.Email.Domain;
        if (run.AutoDv2 is not null)
        {
            Add(run, StepResult.Skipped, null, null, null, "AutoDiscover V2 answered, so AutoDiscover POX is not needed.");
            return false;
        }

        if (string.Equals(run.UnreachableHost, host, StringComparison.OrdinalIgnoreCase))
        {
            Add(run, StepResult.Skipped, null, null, null, $"AutoDiscover POX is on the same host, {host}, so it is not requested.");
            return false;
        }

        var url = new Uri($"https://{host}/autodiscover/autodiscover.xml");
        var request = new LabHttpRequest { Method = "POST", Uri = url, Headers = Headers, Body = RequestBody(run.Email), Timeout = timeout };
        var exchange = await http.SendAsync(request, run.Caller, cancellationToken);
        if (exchange.Response is not { } response)
        {
            Add(run, StepResult.Failed, url, exchange, exchange.Error!.Code, ExchangeText.Failed(exchange));
            return false;
        }

        if (response.StatusCode == 401)
        {
            Add(run, StepResult.Nothing, url, exchange, null, $"AutoDiscover POX at {ExchangeText.Where(exchange)} requires a password, which AutoDetect does not have.");
            return false;
        }

        if (response.StatusCode != 200 || MobileSyncResponse.ReadUrl(response.Body) is not { } text)
        {
            Add(run, StepResult.Nothing, url, exchange, null, $"AutoDiscover POX at {ExchangeText.Where(exchange)} answered status {response.StatusCode} without an ActiveSync URL.");
            return false;
        }

        if (!WebAddress.TryParse(text, out var activeSync) || activeSync.Scheme is not "https")
        {
            Add(run, StepResult.Failed, url, exchange, NodeErrors.InvalidUrl, $"AutoDiscover POX at {ExchangeText.Where(exchange)} returns the ActiveSync URL '{text}', which is not an https URL.");
            return false;
        }

        run.AutoDv1 = new AutoDiscoverAnswer("mobilesync", text);
        Add(run, StepResult.Continued, url, exchange, null, $"AutoDiscover POX at {ExchangeText.Where(exchange)} returns the ActiveSync URL {text}.");
        return await challenge.AskAsync(run, DetectionStage.AutoDv1, activeSync, cancellationToken);
    }

    private static byte[] RequestBody(EmailAddress email) => Encoding.UTF8.GetBytes(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>"
        + "<Autodiscover xmlns=\"http://schemas.microsoft.com/exchange/autodiscover/mobilesync/requestschema/2006\"><Request>"
        + $"<EMailAddress>{SecurityElement.Escape(email.Text)}</EMailAddress>"
        + "<AcceptableResponseSchema>http://schemas.microsoft.com/exchange/autodiscover/mobilesync/responseschema/2006</AcceptableResponseSchema>"
        + "</Request></Autodiscover>");

    private static void Add(DetectionRun run, StepResult result, Uri? url, LabHttpExchange? exchange, string? code, string sentence) => run.Add(new DetectionStep
    {
        Stage = DetectionStage.AutoDv1,
        Result = result,
        Asked = Asked,
        Url = url,
        Exchange = exchange,
        Code = code,
        Sentence = sentence,
    });
}

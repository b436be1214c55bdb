using System.Globalization;
using AutoDetectSim.AutoDetect.Answers;
using AutoDetectSim.Network;

namespace AutoDetectSim.AutoDetect.Pipeline;

/// <summary>
/// AutoDiscover V2: Exchange Online is asked first and its redirect followed to the organization's own servers ([HMADOC]);
/// when Exchange Online does not know the mailbox, autodiscover.DOMAIN is asked. What ActiveSync address comes of it gets the
/// empty Bearer challenge.
/// </summary>
internal sealed class AutoDiscoverV2(ILabHttpClient http, BearerChallenge challenge, string exchangeOnlineHost, TimeSpan timeout)
{
    /// <summary>Where mailboxes in Exchange Online, and cached mailboxes, are reached.</summary>
    public const string CloudHost = "outlook.office365.com";

    /// <summary>How many redirects are followed, as Exchange's own AutoDiscover clients do ([EWSMA]).</summary>
    private const int MaximumRedirects = 10;

    /// <summary>Exchange Online adds one, and the organization's server sees the 3 of [HMADOC].</summary>
    private const int FirstRedirectCount = 2;

    private const int DirectRedirectCount = 1;

    private static readonly KeyValuePair<string, string>[] Headers = [new("Accept", "application/json")];

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

        var direct = Address("https://autodiscover." + run.Email.Domain + "/autodiscover/autodiscover.json", run.Email, DirectRedirectCount);
        return await FollowAsync(run, direct, 0, cancellationToken);
    }

    private async Task<bool> AskOverrideAsync(DetectionRun run, string endpoint, CancellationToken cancellationToken)
    {
        if (!TryReadHttpsUrl(endpoint, null, out var url, out var code))
        {
            Fail(run, null, null, code, $"The database says that AutoDiscover V2 of {run.Email.Domain} is at '{endpoint}', which is no https address.");
            return false;
        }

        return await FollowAsync(run, Address(url.GetLeftPart(UriPartial.Path), run.Email, DirectRedirectCount), 0, cancellationToken);
    }

    /// <returns>Whether Exchange Online knew where the mailbox is, and whether the detection has its answer.</returns>
    private async Task<(bool Known, bool Found)> AskExchangeOnlineAsync(DetectionRun run, CancellationToken cancellationToken)
    {
        var url = Address("https://" + exchangeOnlineHost + "/autodiscover/autodiscover.json", run.Email, FirstRedirectCount);
        var exchange = await SendAsync(run, url, cancellationToken);
        if (exchange.Response is not { } response)
        {
            Add(run, exchange, StepResult.Failed, exchange.Error!.Code, ExchangeWords.Failed(exchange));
            return (false, false);
        }

        if (IsRedirect(response.StatusCode))
        {
            var location = response.Values("Location").FirstOrDefault();
            if (!TryReadHttpsUrl(location, url, out var target, out _) || IsExchangeOnline(target.Host))
            {
                Add(run, exchange, StepResult.Nothing, null, $"Exchange Online does not know {run.Email} (it answered {response.StatusCode} to itself).");
                return (false, false);
            }

            run.ExchangeOnlineSaysOnPremises = true;
            Add(run, exchange, StepResult.Continued, null, $"Exchange Online says that the mailbox is on-premises and sends AutoDetect to {target.Host}.");
            return (true, await FollowAsync(run, target, 1, cancellationToken));
        }

        if (response.StatusCode == 200 && AutoDiscoverJson.TryRead(response.Body.Span, out var answer))
        {
            return (true, await UseAsync(run, exchange, answer, cancellationToken));
        }

        Add(run, exchange, StepResult.Nothing, null, $"Exchange Online does not know {run.Email} (status {response.StatusCode}).");
        return (false, false);
    }

    private async Task<bool> FollowAsync(DetectionRun run, Uri url, int redirects, CancellationToken cancellationToken)
    {
        while (true)
        {
            var exchange = await SendAsync(run, url, cancellationToken);
            if (exchange.Response is not { } response)
            {
                run.UnreachableHost = url.Host;
                Fail(run, url, exchange, exchange.Error!.Code, ExchangeWords.Failed(exchange));
                return false;
            }

            if (IsRedirect(response.StatusCode))
            {
                var location = response.Values("Location").FirstOrDefault();
                if (location is null)
                {
                    Fail(run, url, exchange, AutoDetectErrors.BadResponse, $"{ExchangeWords.Where(exchange)} answered {response.StatusCode} without Location.");
                    return false;
                }

                if (!TryReadHttpsUrl(location, url, out var target, out var code))
                {
                    Fail(run, url, exchange, code, $"{ExchangeWords.Where(exchange)} redirects to '{location}', which is no https address.");
                    return false;
                }

                if (++redirects > MaximumRedirects)
                {
                    Fail(run, url, exchange, AutoDetectErrors.TooManyRedirects, $"{ExchangeWords.Where(exchange)} redirects once more after {MaximumRedirects} redirects; AutoDetect gives up.");
                    return false;
                }

                Add(run, exchange, StepResult.Continued, null, $"{ExchangeWords.Where(exchange)} redirects to {target.Host}.");
                url = target;
                continue;
            }

            if (response.StatusCode != 200)
            {
                Fail(run, url, exchange, AutoDetectErrors.OfStatus(response.StatusCode), $"AutoDiscover V2 at {ExchangeWords.Where(exchange)} answered status {response.StatusCode}.");
                return false;
            }

            if (!AutoDiscoverJson.TryRead(response.Body.Span, out var answer))
            {
                Fail(run, url, exchange, AutoDetectErrors.BadResponse, $"{ExchangeWords.Where(exchange)} answered 200, but not with AutoDiscover V2's JSON.");
                return false;
            }

            return await UseAsync(run, exchange, answer, cancellationToken);
        }
    }

    private async Task<bool> UseAsync(DetectionRun run, LabHttpExchange exchange, AutoDiscoverAnswer answer, CancellationToken cancellationToken)
    {
        run.AutoDv2 = answer;
        if (!TryReadHttpsUrl(answer.Url, null, out var activeSync, out var code))
        {
            Fail(run, exchange.Request.Uri, exchange, code, $"AutoDiscover V2 at {ExchangeWords.Where(exchange)} gives the ActiveSync address '{answer.Url}', which is no https address.");
            return false;
        }

        if (CloudService(activeSync.Host) is { } service)
        {
            var offered = run.Offer([new ServiceEntry { Service = service, Protocol = "rest", Hostname = activeSync.Host }], []);
            Add(run, exchange, offered ? StepResult.Found : StepResult.Nothing, null,
                $"AutoDiscover V2 at {ExchangeWords.Where(exchange)} says that the mailbox is in Microsoft's cloud, at {activeSync.Host}." + ExchangeWords.Unwanted(offered));
            return offered;
        }

        Add(run, exchange, StepResult.Continued, null, $"AutoDiscover V2 at {ExchangeWords.Where(exchange)} gives the ActiveSync address {answer.Url}.");
        return await challenge.AskAsync(run, DetectionStage.AutoDv2, activeSync, cancellationToken);
    }

    private Task<LabHttpExchange> SendAsync(DetectionRun run, Uri url, CancellationToken cancellationToken) =>
        http.SendAsync(new LabHttpRequest { Method = "GET", Uri = url, Headers = Headers, Timeout = timeout }, run.Caller, cancellationToken);

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
            || host.Equals(CloudHost, StringComparison.OrdinalIgnoreCase)
            || host.Equals("autodiscover-s.outlook.com", StringComparison.OrdinalIgnoreCase)
            ? "office365"
            : null;
    }

    private static bool IsRedirect(int status) => status is 301 or 302 or 303 or 307 or 308;

    private static Uri Address(string path, SmtpAddress email, int redirectCount) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{path}?Email={Uri.EscapeDataString(email.Text)}&Protocol=activesync&RedirectCount={redirectCount}"));

    private static bool TryReadHttpsUrl(string? text, Uri? relativeTo, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Uri? url, out string code)
    {
        code = AutoDetectErrors.InvalidUrl;
        url = null;
        if (string.IsNullOrWhiteSpace(text) || !Uri.TryCreate(text.Trim(), UriKind.RelativeOrAbsolute, out var read))
        {
            return false;
        }

        // On Unix a path alone counts as an absolute file address.
        if (!read.IsAbsoluteUri || text.TrimStart().StartsWith('/'))
        {
            if (relativeTo is null || !Uri.TryCreate(relativeTo, text.Trim(), out read))
            {
                return false;
            }
        }

        if (read.Scheme is not "https")
        {
            code = AutoDetectErrors.InvalidProtocol;
            return false;
        }

        url = read;
        return read.Host.Length > 0;
    }

    private static void Add(DetectionRun run, LabHttpExchange exchange, StepResult result, string? code, string sentence) => run.Add(new DetectionStep
    {
        Stage = DetectionStage.AutoDv2,
        Result = result,
        Asked = "AutoDiscover V2",
        Url = exchange.Request.Uri,
        Exchange = exchange,
        Code = code,
        Sentence = sentence,
    });

    private static void Fail(DetectionRun run, Uri? url, LabHttpExchange? exchange, string code, string sentence)
    {
        run.AutoDv2Error = code;
        run.Add(new DetectionStep
        {
            Stage = DetectionStage.AutoDv2,
            Result = StepResult.Failed,
            Asked = "AutoDiscover V2",
            Url = url,
            Exchange = exchange,
            Code = code,
            Sentence = sentence,
        });
    }
}

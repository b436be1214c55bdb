using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using AutoDetectSim.Network;
using AutoDetectSim.Protocols.Http;
using AutoDetectSim.Protocols;
using AutoDetectSim.Protocols.Node;

namespace AutoDetectSim.AutoDetect.Pipeline;

/// <summary>Asks AutoDiscover V2 and follows its redirects, over https alone and not without an end.</summary>
internal sealed class AutoDiscoverV2Client(ILabHttpClient http, TimeSpan timeout)
{
    /// <summary>How many redirects are followed, as Exchange's own AutoDiscover clients do ([EWSMA]).</summary>
    private const int MaximumRedirects = 10;

    private static readonly KeyValuePair<string, string>[] Headers = [new("Accept", "application/json")];

    /// <summary>The question for the ActiveSync address of a mailbox.</summary>
    /// <param name="endpoint">The address of AutoDiscover V2 without a query, for example <c>https://autodiscover.contoso.com/autodiscover/autodiscover.json</c>.</param>
    /// <param name="email">The address of the mailbox.</param>
    /// <param name="redirectCount">How many redirects brought the caller there.</param>
    public static Uri Question(string endpoint, EmailAddress email, int redirectCount) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{endpoint}?Email={Uri.EscapeDataString(email.Text)}&Protocol=activesync&RedirectCount={redirectCount}"));

    /// <summary>Asks until there is something else than a redirect.</summary>
    /// <param name="url">Where to begin.</param>
    /// <param name="redirects">How many redirects were followed already.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="passed">Told of each redirect that was followed.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public async Task<AutoDiscoverHop> FollowAsync(Uri url, int redirects, Caller caller, Action<AutoDiscoverHop> passed, CancellationToken cancellationToken)
    {
        while (true)
        {
            var hop = await AskAsync(url, caller, cancellationToken);
            if (hop.RedirectsTo is not { } target)
            {
                return hop;
            }

            if (++redirects > MaximumRedirects)
            {
                return hop with
                {
                    RedirectsTo = null,
                    Code = NodeErrors.TooManyRedirects,
                    Sentence = $"{ExchangeText.Where(hop.Exchange)} redirects again after {MaximumRedirects} redirects; AutoDetect stops there.",
                };
            }

            passed(hop);
            url = target;
        }
    }

    /// <summary>Asks once.</summary>
    public async Task<AutoDiscoverHop> AskAsync(Uri url, Caller caller, CancellationToken cancellationToken)
    {
        var exchange = await http.SendAsync(new LabHttpRequest { Method = "GET", Uri = url, Headers = Headers, Timeout = timeout }, caller, cancellationToken);
        if (exchange.Response is not { } response)
        {
            return new AutoDiscoverHop(exchange) { Code = exchange.Error!.Code, Sentence = ExchangeText.Failed(exchange) };
        }

        var where = ExchangeText.Where(exchange);
        if (response.StatusCode is 301 or 302 or 303 or 307 or 308)
        {
            return ReadRedirect(exchange, response, where);
        }

        if (response.StatusCode != 200)
        {
            return new AutoDiscoverHop(exchange) { Code = NodeErrors.OfStatus(response.StatusCode), Sentence = $"AutoDiscover V2 at {where} answered status {response.StatusCode}." };
        }

        if (!AutoDiscoverJson.TryRead(response.Body.Span, out var answer))
        {
            return new AutoDiscoverHop(exchange) { Code = NodeErrors.BadResponse, Sentence = $"{where} answered 200, but not with AutoDiscover V2's JSON." };
        }

        return TryReadHttpsUrl(answer.Url, null, out var activeSync, out var code)
            ? new AutoDiscoverHop(exchange) { Answer = answer, ActiveSync = activeSync, Sentence = $"AutoDiscover V2 at {where} returns the ActiveSync URL {answer.Url}." }
            : new AutoDiscoverHop(exchange) { Answer = answer, Code = code, Sentence = $"AutoDiscover V2 at {where} returns the ActiveSync URL '{answer.Url}', which is not an https URL." };
    }

    /// <summary>Reads a URL; false, with the code to report, if it is not an https URL.</summary>
    public static bool TryReadHttpsUrl(string? text, Uri? relativeTo, [NotNullWhen(true)] out Uri? url, out string code)
    {
        code = NodeErrors.InvalidUrl;
        url = null;
        text = text?.Trim();
        if (string.IsNullOrEmpty(text) || !Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out var read))
        {
            return false;
        }

        // On Unix a path alone counts as an absolute file address.
        if ((!read.IsAbsoluteUri || text.StartsWith('/')) && (relativeTo is null || !Uri.TryCreate(relativeTo, text, out read)))
        {
            return false;
        }

        if (read.Scheme is not "https")
        {
            code = NodeErrors.InvalidProtocol;
            return false;
        }

        url = read;
        return read.Host.Length > 0 && WebAddress.IsUsable(read);
    }

    private static AutoDiscoverHop ReadRedirect(LabHttpExchange exchange, LabHttpResponse response, string where)
    {
        if (response.Values("Location").FirstOrDefault() is not { } location)
        {
            return new AutoDiscoverHop(exchange) { Code = NodeErrors.BadResponse, Sentence = $"{where} answered {response.StatusCode} without Location." };
        }

        return TryReadHttpsUrl(location, exchange.Request.Uri, out var target, out var code)
            ? new AutoDiscoverHop(exchange) { RedirectsTo = target, Sentence = $"{where} redirects to {target.Host}." }
            : new AutoDiscoverHop(exchange) { Code = code, Sentence = $"{where} redirects to '{location}', which is not an https URL." };
    }
}

/// <summary>What one AutoDiscover V2 question came to: a redirect, an ActiveSync address, or a failure.</summary>
internal sealed record AutoDiscoverHop(LabHttpExchange Exchange)
{
    /// <summary>Where the server sends the caller, or null.</summary>
    public Uri? RedirectsTo { get; init; }

    /// <summary>What the server answered, or null.</summary>
    public AutoDiscoverAnswer? Answer { get; init; }

    /// <summary>The address in <see cref="Answer"/>; null if it is not an https URL.</summary>
    public Uri? ActiveSync { get; init; }

    /// <summary>Why it failed, or null.</summary>
    public string? Code { get; init; }

    /// <summary>What happened, in a sentence.</summary>
    public required string Sentence { get; init; }
}

using System.Security.Authentication;

namespace ChainProbe;

/// <summary>What a probe says of an AutoDiscover host.</summary>
public enum Verdict
{
    /// <summary>Every connection was fine.</summary>
    Healthy,

    /// <summary>Some connections were fine, and some were not: the nodes behind the host differ.</summary>
    Intermittent,

    /// <summary>No connection was fine.</summary>
    Broken,
}

/// <summary>What a probe found.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Attempts">How many connections were made.</param>
/// <param name="Errors">Why connections were refused, and how often.</param>
public sealed record Report(Verdict Verdict, int Attempts, IReadOnlyDictionary<string, int> Errors);

/// <summary>Asks an AutoDiscover host, with a new connection each time, and says whether its certificates are in order.</summary>
/// <param name="handler">Sends the requests.</param>
/// <param name="attempts">How many connections to make. A host may be many nodes: one connection says little.</param>
public sealed class Probe(HttpMessageHandler handler, int attempts = 100)
{
    /// <summary>Checks the AutoDiscover host of an SMTP domain.</summary>
    public async Task<Report> CheckAsync(string domain, CancellationToken cancellationToken = default)
    {
        using var invoker = new HttpMessageInvoker(handler, disposeHandler: false);
        var errors = new SortedDictionary<string, int>();
        for (var attempt = 0; attempt < attempts; attempt++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"https://autodiscover.{domain}/autodiscover/autodiscover.json?Email=probe@{domain}&Protocol=activesync");

            // A connection that is kept open stays with its node, and the balancer gives none of the others.
            request.Headers.ConnectionClose = true;
            try
            {
                using var response = await invoker.SendAsync(request, cancellationToken);
            }
            catch (HttpRequestException exception)
            {
                var error = exception.InnerException is AuthenticationException reason ? reason.Message.Split(':')[0] : exception.HttpRequestError.ToString();
                errors[error] = errors.GetValueOrDefault(error) + 1;
            }
        }

        var failed = errors.Values.Sum();
        return new Report(failed == 0 ? Verdict.Healthy : failed == attempts ? Verdict.Broken : Verdict.Intermittent, attempts, errors);
    }
}

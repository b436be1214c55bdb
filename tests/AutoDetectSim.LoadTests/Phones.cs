using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using AutoDetectSim.Testing;

namespace AutoDetectSim.LoadTests;

/// <summary>
/// Phones in front of one lab: each calls AutoDetect through the lab's gateway with a TLS connection of its own, as a phone does, and trusts the
/// lab's roots. Counts what they were given.
/// </summary>
internal sealed class Phones(AutoDetectLab lab)
{
    /// <summary>What a phone was given that can sign in.</summary>
    public const string SignIn = "modernAuthSignIn";

    private readonly ConcurrentDictionary<string, int> _outcomes = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _calling = 1;
    private readonly Uri _url = new(lab.DetectUrl + "?services=office365");
    private readonly SslClientAuthenticationOptions _trust = new()
    {
        CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true },
    };

    /// <summary>How often each code of <c>X-AutoDv2-Error</c> came, and <see cref="SignIn"/> without one.</summary>
    public IReadOnlyDictionary<string, int> Outcomes => _outcomes;

    /// <summary>All answers.</summary>
    public int Count => _outcomes.Values.Sum();

    /// <summary>Loads the roots that the phones trust.</summary>
    public Phones Trust()
    {
        _trust.CertificateChainPolicy!.CustomTrustStore.AddRange(lab.GetRootCertificates());
        return this;
    }

    /// <summary>One phone adds its account.</summary>
    /// <returns><see cref="SignIn"/>, the code of <c>X-AutoDv2-Error</c>, or how the call itself failed.</returns>
    public async Task<string> AddAccountAsync()
    {
        Interlocked.Increment(ref _calling);
        try
        {
            var outcome = await CallAsync();
            _outcomes.AddOrUpdate(outcome, 1, (_, count) => count + 1);
            return outcome;
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Waits for phones that still have no answer: a load generator may end before them. No phone may begin after that.</summary>
    public Task CompleteAsync()
    {
        Leave();
        return _idle.Task;
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref _calling) == 0)
        {
            _idle.TrySetResult();
        }
    }

    private async Task<string> CallAsync()
    {
        using var http = new HttpClient(new SocketsHttpHandler { Proxy = new WebProxy(lab.Gateway), SslOptions = _trust });
        using var request = new HttpRequestMessage(HttpMethod.Get, _url) { Headers = { { "X-Email", "your@contoso.com" } } };
        try
        {
            using var answer = await http.SendAsync(request);
            return !answer.IsSuccessStatusCode ? $"HTTP {(int)answer.StatusCode}"
                : answer.Headers.TryGetValues("X-AutoDv2-Error", out var codes) ? string.Join(',', codes)
                : SignIn;
        }
        catch (HttpRequestException exception)
        {
            return exception.HttpRequestError.ToString();
        }
    }
}

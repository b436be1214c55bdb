using AutoDetectSim.AutoDetect;
using AutoDetectSim.Clients;
using AutoDetectSim.Network;
using AutoDetectSim.Protocols;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Tests.AutoDetect;

/// <summary>Statuses 202 and 204, budgets and the result cache ([S-PROBE], [C7-2022]).</summary>
public sealed class SearchingTests
{
    [Fact]
    public async Task A_search_that_outlasts_the_callers_timeout_answers_202_and_its_result_comes_with_the_next_call()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var network = FakeNetwork.HybridContoso();
        network.Before = (request, cancellationToken) => request.Uri.Host == "mail.contoso.com" ? gate.Task.WaitAsync(cancellationToken) : Task.CompletedTask;
        using var harness = new DetectionHarness(network);

        var call = harness.DetectAsync(query: "?timeout=13.5");
        harness.Time.Advance(TimeSpan.FromSeconds(14));
        var first = await call;
        Assert.Equal(DetectionStatus.StillSearching, first.Status);
        Assert.False(first.Succeeded);
        Assert.Equal(Outcome.StillSearching, DetectionHarness.Outcome(first));
        Assert.Equal("""{"email":"your@contoso.com","services":[],"protocols":[]}""", DetectionHarness.Body(first));

        gate.SetResult();
        var second = await harness.DetectAsync(query: "?timeout=13.5");
        Assert.Equal(DetectionStatus.Answered, second.Status);
        Assert.True(second.Succeeded);
        Assert.NotEqual(first.RequestId, second.RequestId);
        Assert.Equal(3, network.Requests.Count);

        // The result was handed over: the call after that searches anew.
        await harness.DetectAsync();
        Assert.Equal(6, network.Requests.Count);
    }

    [Fact]
    public async Task A_wait_that_the_lab_only_simulates_counts_against_the_timeout()
    {
        var network = FakeNetwork.HybridContoso(Reply.Failed("ETIMEDOUT") with { Elapsed = TimeSpan.FromSeconds(10) });
        using var harness = new DetectionHarness(network);
        var patient = await harness.DetectAsync(query: "?timeout=13.5");
        Assert.Equal(DetectionStatus.Answered, patient.Status);
        Assert.Equal("ETIMEDOUT", patient.AutoDv2Error);
        Assert.Equal(TimeSpan.FromMilliseconds(10_040), patient.Elapsed);

        var hasty = await harness.DetectAsync(query: "?timeout=5");
        Assert.Equal(DetectionStatus.StillSearching, hasty.Status);
        Assert.Equal(TimeSpan.FromSeconds(5), hasty.Elapsed);
        Assert.Equal("ETIMEDOUT", (await harness.DetectAsync(query: "?timeout=5")).AutoDv2Error);
    }

    [Fact]
    public async Task The_time_that_name_servers_take_for_MX_records_counts()
    {
        var network = new FakeNetwork().Dns("example.org", DnsRecordType.Mx, new DnsAnswer(DnsStatus.NoError, ["1 aspmx.l.google.com"]) { Delay = TimeSpan.FromSeconds(4) });
        using var harness = new DetectionHarness(network);

        var patient = await harness.DetectAsync("email@example.org", "?timeout=15");
        Assert.Equal("google", Assert.Single(patient.Services).Service);
        Assert.InRange(patient.Elapsed, TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(5));

        Assert.Equal(DetectionStatus.StillSearching, (await harness.DetectAsync("email@example.org", "?timeout=3")).Status);
        Assert.Equal(DetectionStatus.Answered, (await harness.DetectAsync("email@example.org", "?timeout=3")).Status);
    }

    [Fact]
    public async Task A_name_server_that_does_not_answer_is_no_proof_that_a_domain_has_no_mail()
    {
        var network = new FakeNetwork().Dns("example.org", DnsRecordType.Mx, new DnsAnswer(DnsStatus.ServerFailure, []) { Delay = DnsZone.Patience });
        using var harness = new DetectionHarness(network);
        var detection = await harness.DetectAsync("email@example.org");
        Assert.Equal(DetectionStatus.Answered, detection.Status);
        Assert.Equal("The name server of example.org does not answer, so its MX records are unknown.", detection.Steps[^1].Sentence);
        Assert.InRange(detection.Elapsed, DnsZone.Patience, DnsZone.Patience + TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task A_caller_that_hangs_up_ends_its_search()
    {
        var network = FakeNetwork.HybridContoso();
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        network.Before = async (_, cancellationToken) =>
        {
            try
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }
            finally
            {
                ended.SetResult();
            }
        };
        using var harness = new DetectionHarness(network);
        Assert.True(EmailAddress.TryParse("your@contoso.com", out var email));
        using var caller = new CancellationTokenSource();
        var call = harness.Service.DetectAsync(new DetectionRequest { Email = email }, caller.Token);
        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await ended.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Disposing_the_service_ends_searches_that_nobody_waits_for()
    {
        var network = FakeNetwork.HybridContoso();
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        network.Before = async (_, cancellationToken) =>
        {
            using (cancellationToken.Register(() => ended.TrySetResult()))
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }
        };
        var harness = new DetectionHarness(network);
        var call = harness.DetectAsync(query: "?timeout=1");
        harness.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(DetectionStatus.StillSearching, (await call).Status);
        harness.Dispose();
        harness.Dispose();
        await ended.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_scenario_can_make_the_service_search_for_some_calls()
    {
        using var harness = new DetectionHarness(FakeNetwork.HybridContoso(), new AutoDetectDefinition { SearchingAnswers = 2 });
        var statuses = new List<DetectionStatus>();
        for (var i = 0; i < 3; i++)
        {
            statuses.Add((await harness.DetectAsync()).Status);
        }

        Assert.Equal([DetectionStatus.StillSearching, DetectionStatus.StillSearching, DetectionStatus.Answered], statuses);
        Assert.Equal(DetectionStatus.StillSearching, (await harness.DetectAsync("my@contoso.com")).Status);
    }

    [Fact]
    public async Task A_domain_without_mail_DNS_or_record_answers_204()
    {
        using var harness = new DetectionHarness(new FakeNetwork());
        var detection = await harness.DetectAsync("email@nowhere.example");
        Assert.Equal(DetectionStatus.NothingFound, detection.Status);
        Assert.Equal("ENOTFOUND", detection.AutoDv2Error);
        Assert.Equal(Outcome.SelectProvider, DetectionHarness.Outcome(detection));
    }

    [Fact]
    public async Task A_null_MX_answers_204_and_an_address_without_MX_200()
    {
        // RFC 7505; RFC 5321 5.1: without MX the address itself takes mail.
        var network = new FakeNetwork()
            .Dns("null.example", DnsRecordType.Mx, "0 .")
            .Dns("address.example", DnsRecordType.A, "203.0.113.1");
        using var harness = new DetectionHarness(network);
        Assert.Equal(DetectionStatus.NothingFound, (await harness.DetectAsync("email@null.example")).Status);
        Assert.Equal(DetectionStatus.Answered, (await harness.DetectAsync("email@address.example")).Status);
    }

    [Theory]
    [InlineData("services=none&protocols=imap,smtp,pop3")]
    [InlineData("app=outlookdesktopBasic")]
    public async Task A_domain_whose_AutoDiscover_host_resolves_exists_even_where_nothing_of_it_is_wanted(string query)
    {
        using var harness = new DetectionHarness(FakeNetwork.HybridContoso().Dns("autodiscover.contoso.com", DnsRecordType.A, "203.0.113.10"));
        var detection = await harness.DetectAsync(query: query);
        Assert.Equal(DetectionStatus.Answered, detection.Status);
        Assert.Equal("""{"email":"your@contoso.com","services":[],"protocols":[]}""", DetectionHarness.Body(detection));
    }

    [Fact]
    public async Task A_stale_result_is_given_until_the_cache_is_cleared()
    {
        // F60: the domain moved from Google to Exchange.
        var definition = new AutoDetectDefinition { Cache = [new CachedResultDefinition { Name = "contoso.com", ProviderId = "google", Age = TimeSpan.FromDays(20) }] };
        using var harness = new DetectionHarness(FakeNetwork.HybridContoso(), definition);
        var stale = await harness.DetectAsync();
        Assert.Equal("google", Assert.Single(stale.Services).Service);
        Assert.Equal("google", stale.ProviderId);
        Assert.Equal(Outcome.WrongProvider, DetectionHarness.Outcome(stale, MailboxHome.ExchangeOnPremises));
        Assert.Contains("20 days old", Assert.Single(stale.Steps).Sentence, StringComparison.Ordinal);
        Assert.Empty(harness.Network.Requests);

        Assert.True(harness.Service.Cache.Clear("CONTOSO.COM"));
        Assert.Equal(Outcome.ModernAuthSignIn, DetectionHarness.Outcome(await harness.DetectAsync(), MailboxHome.ExchangeOnPremises));
        Assert.False(harness.Service.Cache.Clear("contoso.com"));
    }

    [Fact]
    public async Task Results_are_kept_as_long_as_the_scenario_says_and_serve_every_address_of_the_domain()
    {
        var network = FakeNetwork.HybridContoso(activeSync: Reply.Unauthorized("Basic realm=\"x\""));
        using var harness = new DetectionHarness(network, new AutoDetectDefinition { CacheLifetime = TimeSpan.FromMinutes(10) });
        await harness.DetectAsync();
        var second = await harness.DetectAsync("my@contoso.com");
        Assert.Equal(3, network.Requests.Count);
        Assert.Equal("my@contoso.com", Assert.Single(second.Protocols).Username);

        harness.Time.Advance(TimeSpan.FromMinutes(10));
        await harness.DetectAsync();
        Assert.Equal(6, network.Requests.Count);
    }

    [Fact]
    public async Task Failures_are_never_kept()
    {
        var network = FakeNetwork.HybridContoso(Reply.Failed("CERT_HAS_EXPIRED"));
        using var harness = new DetectionHarness(network, new AutoDetectDefinition { CacheLifetime = TimeSpan.FromMinutes(10) });
        await harness.DetectAsync();
        await harness.DetectAsync();
        Assert.Equal(4, network.Requests.Count);
    }
}

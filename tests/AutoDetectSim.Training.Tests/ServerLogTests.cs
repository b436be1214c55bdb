using AutoDetectSim.Training.Sessions;

namespace AutoDetectSim.Training.Tests;

/// <summary>What an administrator finds in the logs of a server.</summary>
public sealed class ServerLogTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A cause for which mail does not arrive, and what the event log says that it does not say of the others.</summary>
    public static TheoryData<string, string, int, string> Causes => new()
    {
        { "oAuth authCertificateExpired", "MSExchange Web Services", 24, "CN=Microsoft Exchange Server Auth Certificate expired on" },
        { "oAuth signingKeysStale", "MSExchange OAuth", 2006, "matches none of the signing keys" },
        { "rootUpdates false", "MSExchange OAuth", 2005, "ends in a root that this server does not trust" },
    };

    [Theory]
    [MemberData(nameof(Causes))]
    public async Task The_event_log_tells_one_reason_for_refused_tokens_from_another(string change, string source, int id, string words)
    {
        using var text = Lesson($"perimeter/*: {change}");
        await using var one = await OneSession.StartAsync(text.Folder);
        await one.Session.TryPhoneAsync(Token);

        var log = await ReadAsync(one, "EX01");
        var entry = Assert.Single(log.Events);
        Assert.Equal((source, id), (entry.Source, entry.Id));
        Assert.Contains(words, entry.Message, StringComparison.Ordinal);
        Assert.Equal("#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken", log.Iis[0]);
        Assert.Contains(log.Iis, line => line.Contains(" OPTIONS /Microsoft-Server-ActiveSync - 443 - ", StringComparison.Ordinal) && line.Contains(" Outlook-iOS-Android/1.0 - 401 0 0 ", StringComparison.Ordinal));
        Assert.Empty(log.HttpErrors);
    }

    [Fact]
    public async Task A_server_that_works_logs_who_is_logged_on_and_no_event()
    {
        using var text = Lesson("perimeter/*: { activeSync: disabled }");
        await using var one = await OneSession.StartAsync(text.Folder);
        await one.Session.TryPhoneAsync(Token);

        var log = await ReadAsync(one, "ex01");
        Assert.Empty(log.Events);
        Assert.Contains(log.Iis, line => line.Contains(" OPTIONS /Microsoft-Server-ActiveSync - 443 anna@contoso.com ", StringComparison.Ordinal) && line.Contains(" 200 0 0 ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_virtual_directory_that_is_offline_is_in_the_error_log_of_http_sys()
    {
        using var text = Lesson("perimeter/*: offline [activeSync]");
        await using var one = await OneSession.StartAsync(text.Folder);
        await one.Session.TryPhoneAsync(Token);

        var log = await ReadAsync(one, "ex01");
        Assert.Contains(log.HttpErrors, line => line.EndsWith("GET /Microsoft-Server-ActiveSync 503 1 AppOffline MSExchangeSyncAppPool", StringComparison.Ordinal));
        Assert.DoesNotContain(log.Iis, line => line.Contains("ActiveSync", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_rewrite_rule_that_aborts_requests_leaves_a_trace_and_a_path_that_loses_them_does_not()
    {
        using var rewrite = Lesson("contoso: urlRewrite broadDecoded");
        await using (var one = await OneSession.StartAsync(rewrite.Folder))
        {
            await one.Session.TryPhoneAsync(Token);
            Assert.Contains((await ReadAsync(one, "ex01")).HttpErrors, line => line.Contains("Connection_Dropped MSExchangeAutodiscoverAppPool", StringComparison.Ordinal));
        }

        using var reset = Lesson("perimeter/*: fault resetAnswer");
        await using var other = await OneSession.StartAsync(reset.Folder);
        await other.Session.TryPhoneAsync(Token);
        var log = await ReadAsync(other, "ex01");
        Assert.Empty(log.Iis.Concat(log.HttpErrors));
    }

    [Fact]
    public async Task What_a_device_in_front_answers_and_what_the_lesson_itself_looks_at_is_in_no_log()
    {
        using var text = Lesson("loadBalancers/perimeter: { tls: terminate, certificate: perimeter, preAuthentication: form }");
        await using var one = await OneSession.StartAsync(text.Folder);
        await one.Session.VerifyAsync(Token);
        await one.Session.TryPhoneAsync(Token);
        Assert.Empty((await ReadAsync(one, "ex01")).Iis);
    }

    [Fact]
    public async Task Verifying_leaves_no_lines()
    {
        using var text = Lesson("perimeter/*: oAuth signingKeysStale");
        await using var one = await OneSession.StartAsync(text.Folder);
        await one.Session.VerifyAsync(Token);
        await one.Session.RepairAsync("perimeter/ex01: build 15.2.1544.4", Token);
        var log = await ReadAsync(one, "ex01");
        Assert.Empty(log.Iis);
        Assert.Empty(log.Events);
    }

    [Fact]
    public async Task A_server_that_does_not_exist_is_refused_with_those_that_do()
    {
        using var text = Lesson("perimeter/*: oAuth signingKeysStale");
        await using var one = await OneSession.StartAsync(text.Folder);
        var refused = await Assert.ThrowsAsync<SessionException>(() => one.Session.ReadLogAsync("ex09", Token));
        Assert.Equal("Unknown server 'ex09'. Choose from: ex01.", refused.Message);
    }

    private static Task<ServerLogResult> ReadAsync(OneSession one, string server) => one.Session.ReadLogAsync(server, Token);

    private static LessonText Lesson(string change) => new LessonText()
        .Write("world.yaml", "organizations: { contoso: { domains: [contoso.com], mailboxes: [anna@contoso.com] } }\nloadBalancers:\n  perimeter: { nodes: [ex01] }\n")
        .Replace("lesson.yaml", "broken: { nodes: perimeter, count: 2 }", "broken: { nodes: perimeter }")
        .Replace("lesson.yaml", "perimeter/{broken}: present missingIntermediate", change);
}

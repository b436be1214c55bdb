using AutoDetectSim.Protocols;
using AutoDetectSim.Scenarios;
using AutoDetectSim.Training.Sessions;

namespace AutoDetectSim.Training.Tests;

/// <summary>What somebody sees who adds the account once more and reads the servers' logs.</summary>
public sealed class PhoneTrialTests
{
    private const string Contoso = "organizations: { contoso: { domains: [contoso.com], mailboxes: [your@contoso.com]";

    [Fact]
    public async Task Mail_arrives_and_both_callers_are_in_the_logs()
    {
        var result = await TryAsync(Contoso + " } }\nloadBalancers: { perimeter: { nodes: [ex01] } }");

        Assert.Equal("modernAuthSignIn", result.Outcome);
        Assert.True(result.MailArrives);
        Assert.Equal(["The phone shows Microsoft's sign-in page (modernAuthSignIn).", "The account is added, and mail arrives."], result.Sentences);
        Assert.All(result.Log, line => Assert.Equal("ex01", line.Server, ignoreCase: true));
        Assert.Contains(result.Log, line => line is { Method: "GET", Status: 401, Url: "mail.contoso.com/Microsoft-Server-ActiveSync" });
        Assert.Contains(result.Log, line => line is { Method: "POST", Status: 200, Url: "mail.contoso.com/Microsoft-Server-ActiveSync?Cmd=FolderSync&DeviceType=OutlookService", UserAgent: "Outlook-iOS-Android/1.0" });
        Assert.Equal(2, result.Log.Select(line => line.Source).Distinct().Count());
        Assert.DoesNotContain(result.Log, line => line.Url.Contains("office365", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(", deviceRules: [{ value: OutlookService }] } }", 403, null)]
    [InlineData(", deviceRules: [{ value: OutlookService, access: quarantine }] } }", 200, "Status 130")]
    [InlineData(", oAuth: authCertificateExpired } }", 401, "4000001;")]
    [InlineData(", oAuth: signingKeysStale } }", 401, "2000000;")]
    [InlineData(", rootUpdates: false } }", 401, "2000000;")]
    public async Task An_account_without_mail_is_explained_by_the_last_line_of_the_log(string settings, int status, string? diagnostics)
    {
        var result = await TryAsync(Contoso + settings);

        Assert.False(result.MailArrives);
        Assert.Contains("The account is added, but mail does not arrive.", result.Sentences);
        Assert.Equal(status, result.Log[^1].Status);
        Assert.StartsWith(diagnostics ?? string.Empty, result.Log[^1].Diagnostics ?? string.Empty, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_token_the_window_stays_blank()
    {
        var result = await TryAsync(Contoso + ", oAuth: servicePrincipalMissing } }");

        Assert.False(result.MailArrives);
        Assert.Contains("The sign-in window stays blank.", result.Sentences);
    }

    [Fact]
    public async Task A_connection_that_never_became_a_request_is_in_no_log()
    {
        var result = await TryAsync(Contoso + " } }\nloadBalancers: { perimeter: { nodes: [{ name: ex01, present: missingIntermediate }] } }");

        Assert.Equal("selectProvider", result.Outcome);
        Assert.Null(result.MailArrives);
        Assert.Empty(result.Log);
    }

    private static async Task<PhoneResult> TryAsync(string world)
    {
        await using var lab = await Lab.StartAsync(ScenarioLoader.Parse(world, "test.yaml", baseDirectory: null).Scenario!, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(EmailAddress.TryParse("your@contoso.com", out var address));
        return await new PhoneTrial(lab, address).RunAsync(TestContext.Current.CancellationToken);
    }
}

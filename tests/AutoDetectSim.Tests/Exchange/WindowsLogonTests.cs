using System.Net;
using System.Net.Http.Headers;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Tests.Exchange;

/// <summary>NTLM and Negotiate as .NET's own client speaks them, against Exchange servers that hold them against a password.</summary>
public sealed class WindowsLogonTests
{
    private const string Ews = "/EWS/Exchange.asmx";

    [Theory]
    [InlineData("NTLM", "your@contoso.com", "", "secret", HttpStatusCode.OK)]
    [InlineData("NTLM", "your", "CONTOSO", "secret", HttpStatusCode.OK)]
    [InlineData("Negotiate", "your@contoso.com", "", "secret", HttpStatusCode.OK)]
    [InlineData("NTLM", "your@contoso.com", "", "Secret", HttpStatusCode.Unauthorized)]
    [InlineData("Negotiate", "your@contoso.com", "", "Secret", HttpStatusCode.Unauthorized)]
    [InlineData("NTLM", "nobody@contoso.com", "", "secret", HttpStatusCode.Unauthorized)]
    public async Task A_client_of_Windows_authentication_gets_in_with_the_right_password_alone(string package, string user, string domain, string password, HttpStatusCode status)
    {
        await using var host = await StartAsync();
        using var connection = Connection();
        Assert.Equal(status, await LogOnAsync(connection, connection, host, package, new NetworkCredential(user, password, domain)));
    }

    [Fact]
    public async Task A_logon_belongs_to_its_connection()
    {
        await using var host = await StartAsync();
        using var connection = Connection();
        using var other = Connection();
        Assert.Equal(HttpStatusCode.OK, await LogOnAsync(connection, connection, host, "NTLM", Right));

        // Nobody has to say again who he is on the connection, and on another one nobody is anybody.
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(connection, host, authorization: null)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(other, host, authorization: null)).StatusCode);
    }

    [Fact]
    public async Task An_answer_on_another_connection_than_its_challenge_is_no_logon_and_no_wrong_password()
    {
        await using var host = await StartAsync(organization => organization with { Lockout = new LockoutDefinition { Threshold = 1 } });
        using var connection = Connection();
        using var other = Connection();
        Assert.Equal(HttpStatusCode.Unauthorized, await LogOnAsync(connection, other, host, "NTLM", Right));
        Assert.Equal(HttpStatusCode.OK, await LogOnAsync(connection, connection, host, "NTLM", Right));
    }

    [Fact]
    public async Task Wrong_passwords_of_any_kind_lock_an_account_until_the_time_is_up()
    {
        await using var host = await StartAsync(organization => organization with { Lockout = new LockoutDefinition { Threshold = 3, Window = TimeSpan.FromMinutes(5), Duration = TimeSpan.FromMinutes(30) } });
        using var connection = Connection();
        await LogOnAsync(connection, connection, host, "NTLM", Wrong);
        await LogOnAsync(connection, connection, host, "NTLM", Wrong);
        host.Time.Advance(TimeSpan.FromMinutes(6));
        await LogOnAsync(connection, connection, host, "NTLM", Wrong);
        Assert.Equal(401, (await BasicAsync(host, "wrong")).Status);
        Assert.Equal(HttpStatusCode.OK, await LogOnAsync(connection, connection, host, "NTLM", Right));

        for (var tries = 0; tries < 3; tries++)
        {
            await BasicAsync(host, "wrong");
        }

        Assert.Equal(HttpStatusCode.Unauthorized, await LogOnAsync(connection, connection, host, "NTLM", Right));
        Assert.Equal(401, (await BasicAsync(host, "secret")).Status);
        host.Time.Advance(TimeSpan.FromMinutes(29));
        Assert.Equal(401, (await BasicAsync(host, "secret")).Status);
        host.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(200, (await BasicAsync(host, "secret")).Status);
    }

    [Fact]
    public async Task A_locked_account_whose_lock_does_not_end_is_unlocked_by_hand()
    {
        await using var host = await StartAsync(organization => organization with { Lockout = new LockoutDefinition { Threshold = 1, Duration = TimeSpan.Zero } });
        await BasicAsync(host, "wrong");
        host.Time.Advance(TimeSpan.FromDays(365));
        Assert.Equal(401, (await BasicAsync(host, "secret")).Status);
        host.Servers.Forget();
        Assert.Equal(200, (await BasicAsync(host, "secret")).Status);
    }

    [Fact]
    public async Task MAPI_demands_a_binding_that_a_client_without_TLS_does_not_have()
    {
        await using var host = await StartAsync();
        using var connection = Connection();
        Assert.Equal(HttpStatusCode.Unauthorized, await LogOnAsync(connection, connection, host, "NTLM", Right, "/mapi/emsmdb/"));
        await using var unprotected = await StartAsync(organization => organization with { ExtendedProtection = false });
        using var second = Connection();
        Assert.Equal(HttpStatusCode.OK, await LogOnAsync(second, second, unprotected, "NTLM", Right, "/mapi/emsmdb/"));
    }

    [Theory]
    [InlineData("NTLM")]
    [InlineData("NTLM !")]
    [InlineData("NTLM TlRMTVNTUAA=")]
    [InlineData("NTLM TlRMTVNTUAACAAAA")]
    [InlineData("NTLM TlRMTVNTUAADAAAA")]
    [InlineData("NTLM YA==")]
    [InlineData("Negotiate YIIBAAYGKwYBBQUC")]
    [InlineData("Negotiate oYIBADCCAQA=")]
    public async Task What_is_no_message_of_NTLM_is_nobodys_logon(string authorization)
    {
        await using var host = await StartAsync();
        using var connection = Connection();
        var answer = await SendAsync(connection, host, AuthenticationHeaderValue.Parse(authorization));
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal(["Negotiate", "NTLM"], answer.Headers.WwwAuthenticate.Select(challenge => challenge.ToString()));
    }

    private static NetworkCredential Right => new("your@contoso.com", "secret");

    private static NetworkCredential Wrong => new("your@contoso.com", "wrong");

    private static Task<ExchangeHost> StartAsync(Func<OrganizationDefinition, OrganizationDefinition>? organization = null) =>
        ExchangeHost.StartAsync(ExchangeHost.Contoso(contoso => (organization ?? (same => same))(contoso with { Password = "secret" })));

    private static Task<RawAnswer> BasicAsync(ExchangeHost host, string password) =>
        host.LoggedOnAsync("OPTIONS", "mail.contoso.com", "/Microsoft-Server-ActiveSync", credentials: "your@contoso.com:" + password);

    /// <summary>A client that has one connection and keeps it.</summary>
    private static HttpMessageInvoker Connection() => new(new SocketsHttpHandler { MaxConnectionsPerServer = 1, UseCookies = false, AllowAutoRedirect = false });

    private static async Task<HttpStatusCode> LogOnAsync(HttpMessageInvoker first, HttpMessageInvoker second, ExchangeHost host, string package, NetworkCredential credential, string path = Ews)
    {
        using var client = new WindowsClient(package, credential);
        var begin = client.Begin();
        Assert.Equal(package is "NTLM", begin.StartsWith("TlRMTVNT", StringComparison.Ordinal));
        var answer = await SendAsync(first, host, new AuthenticationHeaderValue(package, begin), path);
        for (var round = 0; round < 3 && answer.StatusCode == HttpStatusCode.Unauthorized; round++)
        {
            if (answer.Headers.WwwAuthenticate.SingleOrDefault(one => one.Scheme == package)?.Parameter is not { } challenge)
            {
                break;
            }

            answer = await SendAsync(second, host, new AuthenticationHeaderValue(package, client.Answer(challenge)), path);
        }

        return answer.StatusCode;
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpMessageInvoker connection, ExchangeHost host, AuthenticationHeaderValue? authorization, string path = Ews)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"http://{host.Endpoint}{path}");
        request.Headers.Host = "mail.contoso.com";
        request.Headers.Authorization = authorization;
        var answer = await connection.SendAsync(request, TestContext.Current.CancellationToken);
        await answer.Content.LoadIntoBufferAsync(TestContext.Current.CancellationToken);
        return answer;
    }
}

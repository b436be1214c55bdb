namespace AutoDetectSim.Tests.Exchange;

/// <summary>The form of OWA and ECP ([OWAFORM]).</summary>
public sealed class FormsLogonTests
{
    private const string Mail = "mail.contoso.com";

    [Theory]
    [InlineData("your@contoso.com", "Winter-2021", "https://mail.contoso.com/owa/")]
    [InlineData("CONTOSO%5Cyour", "Winter-2021", "https://mail.contoso.com/owa/")]
    [InlineData("your@contoso.com", "Winter-2020", "https://mail.contoso.com/owa/auth/logon.aspx?replaceCurrent=1&reason=2&url=https%3A%2F%2Fmail.contoso.com%2Fowa%2F")]
    [InlineData("nobody@contoso.com", "Winter-2021", "https://mail.contoso.com/owa/auth/logon.aspx?replaceCurrent=1&reason=2&url=https%3A%2F%2Fmail.contoso.com%2Fowa%2F")]
    public async Task A_right_password_lets_in_and_a_wrong_one_gives_reason_2(string user, string password, string location)
    {
        await using var host = await StartAsync();
        var answer = await PostAsync(host, $"destination=https%3A%2F%2Fmail.contoso.com%2Fowa%2F&flags=4&forcedownlevel=0&username={user}&password={password}&isUtf8=1");
        Assert.Equal(302, answer.Status);
        Assert.Equal([location], answer["Location"]);
        Assert.Equal(password == "Winter-2021" && !user.StartsWith("nobody", StringComparison.Ordinal) ? 5 : 0, answer["Set-Cookie"].Count());
    }

    [Fact]
    public async Task The_cookies_open_OWA_and_ECP_and_others_open_nothing()
    {
        await using var host = await StartAsync();
        var cookies = string.Join("; ", (await PostAsync(host, "username=your@contoso.com&password=Winter-2021"))["Set-Cookie"].Select(cookie => cookie.Split(';')[0]));
        foreach (var folder in (string[])["/owa/", "/ecp/"])
        {
            var inside = RawAnswer.Parse(await host.GetAsync(Mail, folder, $"Cookie: {cookies}\r\n"));
            Assert.Equal(200, inside.Status);
            Assert.Contains("your@contoso.com", inside.Body, StringComparison.Ordinal);
            Assert.Equal(302, RawAnswer.Parse(await host.GetAsync(Mail, folder, "Cookie: cadata=AAAA\r\n")).Status);
        }

        host.Servers.Forget();
        Assert.Equal(302, RawAnswer.Parse(await host.GetAsync(Mail, "/owa/", $"Cookie: {cookies}\r\n")).Status);
    }

    [Fact]
    public async Task The_form_leads_to_no_other_server()
    {
        await using var host = await StartAsync();
        var answer = await PostAsync(host, "destination=https%3A%2F%2Fwww.example.org%2F&username=your@contoso.com&password=Winter-2021");
        Assert.Equal(["https://mail.contoso.com/owa/"], answer["Location"]);
    }

    private static Task<ExchangeHost> StartAsync() => ExchangeHost.StartAsync(ExchangeHost.Contoso(organization => organization with { Password = "Winter-2021" }));

    private static async Task<RawAnswer> PostAsync(ExchangeHost host, string form) => RawAnswer.Parse(await host.RawAsync(
        $"POST /owa/auth.owa HTTP/1.1\r\nHost: {Mail}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {form.Length}\r\nConnection: close\r\n\r\n{form}"));
}

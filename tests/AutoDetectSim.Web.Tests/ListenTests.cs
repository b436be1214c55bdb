using System.CommandLine;
using System.Net;
using AutoDetectSim.Cli.Output;
using AutoDetectSim.Cli.Web;
using AutoDetectSim.Control;
using AutoDetectSim.Web.Desks;
using AutoDetectSim.Web.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AutoDetectSim.Web.Tests;

/// <summary>Consoles that are open to other computers.</summary>
public sealed class ListenTests(Browser browser) : IClassFixture<Browser>
{
    private const string Password = "correct horse";

    [Fact]
    [Trait("Needs", "tools")]
    public async Task A_console_with_a_password_asks_for_it_beside_the_link()
    {
        await using var console = await RunningConsole.StartAsync(configure: settings => settings with { Password = Password });
        var page = await browser.NewPageAsync();
        await page.GotoAsync(console.Console.Link.ToString());
        await RunningConsole.AssertAccessibleAsync(page);
        await page.GetByLabel("Password").FillAsync("wrong horse");
        await page.GetByRole(AriaRole.Button, new() { Name = "Open the console" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("This is not the password.");
        await page.GetByLabel("Password").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Open the console" }).ClickAsync();
        await Expect(page.Locator("a.node.bad")).ToHaveCountAsync(19);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task The_link_alone_gives_no_cookie_where_a_password_is_asked_for()
    {
        await using var console = await RunningConsole.StartAsync(configure: settings => settings with { Password = Password });
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false });
        using var form = await client.GetAsync(console.Console.Link, Token);
        Assert.False(form.Headers.Contains("Set-Cookie"));
        Assert.Contains("<form method=\"post\">", await form.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync(client, console.Console.Link, "http://evil.example"));
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(client, new Uri(console.Url + "/enter?token=0"), console.Url));
        Assert.Equal(HttpStatusCode.OK, await PostAsync(client, console.Console.Link, console.Url));
    }

    [Theory]
    [InlineData("192.0.2.7", true)]
    [InlineData("::ffff:192.0.2.7", true)]
    [InlineData("192.0.3.7", false)]
    [InlineData("2001:db8::7", true)]
    [InlineData("127.0.0.1", true)]
    public void Only_the_clients_that_were_named_and_this_computer_are_let_in(string address, bool isIn)
    {
        var settings = new ConsoleSettings
        {
            EndPoint = new IPEndPoint(IPAddress.Any, 0),
            Desk = new Desk { Control = new ControlAccess { Url = "", Token = "" }, Info = new ConsoleInfo { ReadyFile = "lab.json", RootCertificate = "" } },
            Clients = [IPNetwork.Parse("192.0.2.0/24"), IPNetwork.Parse("2001:db8::/32")],
        };
        var gate = new ConsoleGate(["192.0.2.1:80"], 80, 1, settings);
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = IPAddress.Parse(address);
        context.Request.Method = "GET";
        context.Request.Host = new HostString("192.0.2.1:80");
        context.Request.Path = ConsoleGate.EnterPath;
        context.Request.QueryString = new QueryString(gate.LinkOf(0).Query);
        Assert.Equal(isIn ? null : 403, gate.Refusal(context.Request)?.Status);
    }

    [Theory]
    [InlineData("--listen 0.0.0.0:8080 --port 1", "--listen takes the port too")]
    [InlineData("--allow 192.0.2.0/24", "--allow requires --listen")]
    [InlineData("--listen 0.0.0.0 --allow 192.0.2.0/99", "--allow must be an IP address, or a network such as 192.0.2.0/24, not '192.0.2.0/99'.")]
    [InlineData("--token-file token", "--token-file requires --listen")]
    [InlineData("--listen 0.0.0.0 --reached-at a/b", "--reached-at must be a host name with an optional port")]
    [InlineData("--listen 0.0.0.0 --gateway 0.0.0.0", "--gateway and --gateway-token-file require each other.")]
    [InlineData("--listen everywhere", "--listen must be an IP address")]
    public void A_wrong_combination_is_named(string line, string problem)
    {
        var (_, parsed) = Parse(line);
        Assert.Contains(parsed.Errors, error => error.Message.Contains(problem, StringComparison.Ordinal));
    }

    [Fact]
    public void Beyond_loopback_a_password_or_a_list_of_clients_is_required()
    {
        var (options, parsed) = Parse("--listen 192.0.2.1:8080");
        Assert.Contains("require a password", Assert.Throws<InputException>(() => options.Read(parsed)).Message, StringComparison.Ordinal);

        using var folder = new TemporaryFolder();
        var file = folder.Write("short", "1234567\n");
        (options, parsed) = Parse($"--listen 192.0.2.1:8080 --password-file {file}");
        Assert.Contains("at least 8 characters", Assert.Throws<InputException>(() => options.Read(parsed)).Message, StringComparison.Ordinal);

        file = folder.Write("good", Password + "\r\nanother line\n");
        (options, parsed) = Parse($"--listen 192.0.2.1:8080 --password-file {file}");
        var entrance = options.Read(parsed);
        Assert.Equal(Password, entrance.Password);
        Assert.Equal("Port 8080 of 192.0.2.1 is open to every computer that reaches it, with the link and the password. It is HTTP without TLS: whoever can listen on the network can read it.", entrance.Describe(new Uri("http://192.0.2.1:8080/")));

        (options, parsed) = Parse("--listen 0.0.0.0:8080 --allow 192.0.2.0/24 --allow 198.51.100.4");
        entrance = options.Read(parsed);
        Assert.StartsWith("Port 8080 of all addresses of this computer is open to clients in 192.0.2.0/24, 198.51.100.4/32, with the link.", entrance.Describe(new Uri("http://192.0.2.1:8080/")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_token_from_a_file_is_in_the_link_that_is_handed_out_and_replaces_the_password()
    {
        using var folder = new TemporaryFolder();
        var tooShort = folder.Write("short", "abc");
        var (options, parsed) = Parse($"--listen 192.0.2.1:8080 --token-file {tooShort}");
        Assert.Contains("at least 32 letters and digits", Assert.Throws<InputException>(() => options.Read(parsed)).Message, StringComparison.Ordinal);

        var file = folder.Write("token", "0123456789abcdef0123456789abcdef\n");
        (options, parsed) = Parse($"--listen 192.0.2.1:8080 --token-file {file} --reached-at lab.example:30080 --gateway 0.0.0.0:8888 --gateway-token-file {file}");
        var entrance = options.Read(parsed);
        Assert.Equal(8888, entrance.Gateway!.Port);
        var settings = new ConsoleSettings
        {
            EndPoint = entrance.EndPoint,
            Desk = new Desk { Control = new ControlAccess { Url = "", Token = "" }, Info = new ConsoleInfo { ReadyFile = "lab.json", RootCertificate = "" } },
            Token = entrance.Token,
        };
        var gate = new ConsoleGate([.. entrance.Names, "192.0.2.1:8080"], 8080, 2, settings);
        Assert.Equal("http://lab.example:30080/enter?token=0123456789abcdef0123456789abcdef", gate.LinkOf(0).ToString());
        Assert.NotEqual(gate.LinkOf(0), gate.LinkOf(1));
    }

    [Fact]
    public void Links_and_Host_headers_follow_the_address()
    {
        Assert.Equal(["127.0.0.1:8080", "localhost:8080"], HostNames.Of(new IPEndPoint(IPAddress.Loopback, 8080)));
        Assert.Equal(["192.0.2.1:8080", $"{Dns.GetHostName()}:8080"], HostNames.Of(new IPEndPoint(IPAddress.Parse("192.0.2.1"), 8080)));
        var all = HostNames.Of(new IPEndPoint(IPAddress.Any, 8080));
        Assert.Contains("127.0.0.1:8080", all);
        Assert.Contains("localhost:8080", all);
        Assert.DoesNotContain("0.0.0.0:8080", all);
        Assert.Equal(["[::1]:80", "localhost:80", "[::1]", "localhost"], HostNames.Of(new IPEndPoint(IPAddress.IPv6Loopback, 80)));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static (ListenOptions Options, ParseResult Parsed) Parse(string line)
    {
        var port = CheckedOption.WholeNumber("--port", "Port.", 0, 65535, 0);
        var options = new ListenOptions(port);
        var command = new Command("console") { port };
        options.AddTo(command);
        return (options, command.Parse(line.Split(' ')));
    }

    private static async Task<HttpStatusCode> PostAsync(HttpClient client, Uri link, string origin)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, link) { Content = new FormUrlEncodedContent([new("password", Password)]) };
        request.Headers.Add("Origin", origin);
        using var answer = await client.SendAsync(request, Token);
        Assert.Equal(answer.StatusCode == HttpStatusCode.OK, answer.Headers.Contains("Set-Cookie"));
        return answer.StatusCode;
    }
}

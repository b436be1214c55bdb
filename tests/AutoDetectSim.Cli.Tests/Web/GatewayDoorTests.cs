using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using AutoDetectSim.Cli.Web;
using AutoDetectSim.Scenarios.Library;

namespace AutoDetectSim.Cli.Tests.Web;

/// <summary>The way to a lab's gateway for other computers, which asks for a token.</summary>
public sealed class GatewayDoorTests
{
    private const string Token = "0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData("")]
    [InlineData("Proxy-Authorization: Basic %")]
    [InlineData("Proxy-Authorization: Basic dHJhaW5lZTp3cm9uZw==")] // trainee:wrong
    [InlineData("Proxy-Authorization: Bearer 0123456789abcdef0123456789abcdef")]
    [InlineData("X-Other: Proxy-Authorization: Basic")]
    public async Task Without_the_token_the_gateway_is_not_reached(string header)
    {
        await using var lab = await Lab.StartAsync(ScenarioLibrary.Load("healthy").Scenario!, new LabOptions(), TestContext.Current.CancellationToken);
        await using var door = Open(lab);
        var answer = await AskAsync(door.EndPoint, header);
        Assert.StartsWith("HTTP/1.1 407 ", answer, StringComparison.Ordinal);
        Assert.EndsWith("This gateway requires its token as the password of the proxy.\n", answer, StringComparison.Ordinal);
        Assert.Equal(0, lab.Network.Journal.Count);
    }

    [Fact]
    public async Task With_the_token_programs_call_hosts_of_the_lab_and_no_others()
    {
        await using var lab = await Lab.StartAsync(ScenarioLibrary.Load("healthy").Scenario!, new LabOptions(), TestContext.Current.CancellationToken);
        await using var door = Open(lab);
        var header = "Proxy-Authorization: Basic " + Convert.ToBase64String(Encoding.ASCII.GetBytes("trainee:" + Token));
        Assert.StartsWith("HTTP/1.1 403 ", await AskAsync(door.EndPoint, header, "www.example.org"), StringComparison.Ordinal);

        using var handler = new SocketsHttpHandler { Proxy = new WebProxy($"http://{door.EndPoint}") { Credentials = new NetworkCredential("trainee", Token) } };
        var trust = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        trust.CustomTrustStore.ImportFromPem(lab.RootCertificatesPem);
        handler.SslOptions.CertificateChainPolicy = trust;
        using var client = new HttpClient(handler);
        client.DefaultRequestHeaders.Add("X-Email", "your@contoso.com");
        using var answer = await client.GetAsync(new Uri("https://prod-autodetect.outlookmobile.com/detect?services=office365"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private static GatewayDoor Open(Lab lab) => GatewayDoor.Open(new IPEndPoint(IPAddress.Loopback, 0), IPEndPoint.Parse(lab.Gateway.Authority), Token);

    private static async Task<string> AskAsync(IPEndPoint door, string header, string host = "autodiscover.contoso.com")
    {
        using var client = new TcpClient();
        await client.ConnectAsync(door, TestContext.Current.CancellationToken);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"CONNECT {host}:443 HTTP/1.1\r\nHost: {host}:443\r\n{(header.Length == 0 ? "" : header + "\r\n")}\r\n"), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }
}

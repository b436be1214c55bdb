using System.Net.Sockets;
using AutoDetectSim.Diagnosis.Checking.Grouping;
using AutoDetectSim.Protocols;
using AutoDetectSim.Protocols.Aia;
using AutoDetectSim.Protocols.Dialing;

namespace AutoDetectSim.Diagnosis.Tests.Checking;

/// <summary>What the lab's AIA server does, as programs see it that download issuers.</summary>
public sealed class AiaServerTests
{
    private const string Url = "http://aia.autodetectsim.test/issuing.cer";

    /// <summary>Modes that keep the certificate back, and what a client says of each.</summary>
    public static TheoryData<string, string> Modes() => new()
    {
        { "off", "ECONNREFUSED" },
        { "{ answer: slow, delay: 60s }", "no answer within 0.5 s" },
        { "wrongType", "text/html is not a certificate" },
        { "damaged", "the response is not a certificate" },
        { "tooLarge", "more than 64 KB" },
        { "endless", "no answer within 0.5 s" },
        { "httpError", "HTTP 404" },
        { "{ answer: httpError, status: 503 }", "HTTP 503" },
        { "redirectLoop", "more than 5 redirects" },
        { "{ authorities: { issuing: tooLarge } }", "more than 64 KB" },
        { "{ answer: off, authorities: { issuing: { answer: httpError, status: 410 } } }", "HTTP 410" },
    };

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task Every_mode_is_met_through_the_gateway_and_inside_the_lab_alike(string mode, string problem)
    {
        await using var lab = await StartAsync(mode);
        var limit = TimeSpan.FromSeconds(0.5);
        var outside = new AiaClient(new DialedAiaTransport(new ProxyDialer(lab.Gateway, new DirectDialer()), TimeProvider.System), limit);
        var inside = new AiaClient(new LabAiaTransport(lab.Client, () => lab.Network.Connections.NewExternalCaller()), limit);
        foreach (var client in new[] { outside, inside })
        {
            var download = await client.DownloadAsync(Url, TestContext.Current.CancellationToken);
            Assert.Empty(download.Certificates);
            Assert.Contains(mode == "off" && client == inside ? "refuses connections" : problem, download.Problem!, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task Windows_and_browsers_fail_where_they_cannot_download_and_the_reason_is_told(string mode, string problem)
    {
        await using var lab = await StartAsync(mode);
        var result = await CheckedLab.CheckAsync(lab);
        var chain = Assert.Single(result.Hosts[0].Chains);
        Assert.Equal("", chain.Accepting());
        var windows = chain.Clients.Single(client => client.Profile.Name == "windows").InUse;
        Assert.Contains(Url, windows.Because, StringComparison.Ordinal);
        Assert.Contains(problem switch { "ECONNREFUSED" => "refuses connections", _ => problem.Replace("0.5 s", "15 s", StringComparison.Ordinal) }, windows.Because, StringComparison.Ordinal);
        Assert.Equal([FaultNames.MissingIntermediate], result.Hosts[0].FaultyNodes.SelectMany(node => node.Faults));
    }

    [Theory]
    [InlineData("on")]
    [InlineData("{ answer: slow, delay: 10s }")]
    [InlineData("{ answer: off, authorities: { issuing: on } }")]
    public async Task Windows_and_browsers_pass_where_the_download_comes_in_time(string mode)
    {
        await using var lab = await StartAsync(mode);
        var chain = Assert.Single((await CheckedLab.CheckAsync(lab)).Hosts[0].Chains);
        Assert.Equal("windows windows-revocation connectivity-analyzer browser", chain.Accepting());
    }

    [Fact]
    public async Task A_wrong_certificate_completes_no_path()
    {
        await using var lab = await StartAsync("wrongCertificate");
        var result = await CheckedLab.CheckAsync(lab);
        var download = Assert.Single(result.Downloads);
        Assert.Single(download.Certificates);
        var windows = result.Hosts[0].Chains[0].Clients.Single(client => client.Profile.Name == "windows").InUse;
        Assert.False(windows.Accepted);
        Assert.Contains("do not complete the path", windows.Because, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_one_authority_does_leaves_the_others_alone()
    {
        await using var lab = await Lab.StartAsync(
            CheckedLab.Load("""
                authorities:
                  root: { subject: "CN=Root", trusted: true }
                  one: { subject: "CN=One", issuer: root, aia: true }
                  two: { subject: "CN=Two", issuer: root, aia: true }
                certificates:
                  first: { issuer: one, hosts: [autodiscover.contoso.com, mail.contoso.com] }
                  second: { issuer: two, hosts: [autodiscover.contoso.com, mail.contoso.com] }
                loadBalancers: { perimeter: { nodes: [{ name: ex01, certificate: first, present: [first] }, { name: ex02, certificate: second, present: [second] }] } }
                aiaServer: { authorities: { two: off } }
                """),
            cancellationToken: TestContext.Current.CancellationToken);
        var host = (await CheckedLab.CheckAsync(lab)).Hosts[0];
        Assert.Equal("windows windows-revocation connectivity-analyzer browser", host.Chains.Single(chain => chain.Nodes.Contains("EX01")).Accepting());
        Assert.Equal("", host.Chains.Single(chain => chain.Nodes.Contains("EX02")).Accepting());
    }

    [Fact]
    public async Task A_server_that_is_off_has_a_closed_port()
    {
        await using var lab = await StartAsync("off");
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        var refused = await Assert.ThrowsAsync<SocketException>(async () =>
            await socket.ConnectAsync(lab.Network.VirtualIps.Single(virtualIp => virtualIp.Name == "aia").EndPoint!, TestContext.Current.CancellationToken));
        Assert.Equal(SocketError.ConnectionRefused, refused.SocketErrorCode);
    }

    [Theory]
    [InlineData("on", "AutoDiscover")]
    [InlineData("off", "AskUser")]
    [InlineData("{ answer: slow, delay: 20s }", "AskUser")]
    public async Task Outlook_on_a_new_desktop_depends_on_the_download(string mode, string setup)
    {
        await using var lab = await StartAsync(mode);
        Assert.True(EmailAddress.TryParse("your@contoso.com", out var address));
        var result = await lab.OutlookDesktop.AddAccountAsync(address, TestContext.Current.CancellationToken);
        Assert.Equal(setup, result.Setup.ToString());
    }

    [Fact]
    public async Task Issuers_are_to_be_had_at_any_port_and_address_that_certificates_name()
    {
        await using var lab = await Lab.StartAsync(
            CheckedLab.Load("""
                authorities:
                  root: { subject: "CN=Root", trusted: true, aiaUrl: "http://pki.contoso.com:8080/root.cer" }
                  policy: { subject: "CN=Policy", issuer: root, aiaUrl: "http://192.0.2.222:81/policy%201.cer?x=1" }
                  issuing: { subject: "CN=Issuing", issuer: policy, aiaUrl: "http://pki.contoso.com/issuing.cer" }
                loadBalancers: { perimeter: { nodes: [{ name: ex01, present: missingIntermediate }] } }
                """),
            cancellationToken: TestContext.Current.CancellationToken);
        var result = await CheckedLab.CheckAsync(lab);
        Assert.Equal(["issuing.cer", "policy%201.cer?x=1", "root.cer"], result.Downloads.Select(download => download.Url[(download.Url.LastIndexOf('/') + 1)..]));
        Assert.All(result.Downloads, download => Assert.Null(download.Problem));
        Assert.Contains("windows", result.Hosts[0].Chains[0].Accepting(), StringComparison.Ordinal);
        var outside = new AiaClient(new DialedAiaTransport(new ProxyDialer(lab.Gateway, new DirectDialer()), TimeProvider.System), AiaClient.UsualTimeout);
        foreach (var download in result.Downloads)
        {
            Assert.Null((await outside.DownloadAsync(download.Url, TestContext.Current.CancellationToken)).Problem);
        }
    }

    private static Task<Lab> StartAsync(string mode) => Lab.StartAsync(
        CheckedLab.Load($"{{ aiaServer: {mode}, loadBalancers: {{ perimeter: {{ nodes: [{{ name: ex01, present: missingIntermediate }}] }} }} }}"),
        cancellationToken: TestContext.Current.CancellationToken);
}

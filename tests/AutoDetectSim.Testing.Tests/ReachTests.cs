using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using AutoDetectSim.Certificates.Issuance;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Testing.Tests;

/// <summary>The ways by which a tool under test reaches a lab.</summary>
public sealed class ReachTests
{
    private const string AutoDiscover = "https://autodiscover.contoso.com/autodiscover/healthcheck.htm";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_client_reaches_the_labs_names_and_refuses_what_AutoDetect_refuses()
    {
        await using var lab = await AutoDetectLab.StartAsync("one-in-twenty", cancellationToken: Token);
        using (var http = lab.CreateClient())
        {
            Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(AutoDiscover, Token)).StatusCode);
        }

        using var second = lab.CreateClient();
        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => second.GetAsync(AutoDiscover, Token));
        Assert.Equal(HttpRequestError.SecureConnectionError, refused.HttpRequestError);
        var reason = Assert.IsType<AuthenticationException>(refused.InnerException);
        Assert.StartsWith("UNABLE_TO_VERIFY_LEAF_SIGNATURE: ", reason.Message, StringComparison.Ordinal);
        Assert.Contains("CN=Contoso Lab Issuing CA 1", reason.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_judges_by_host_name_as_well()
    {
        await using var lab = await AutoDetectLab.StartAsync(new ScenarioBuilder().WithLoadBalancer("perimeter", balancer => balancer.WithNode("ex01", ChainShape.NameMismatch)).Build(), cancellationToken: Token);
        using var http = lab.CreateClient();
        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync(AutoDiscover, Token));
        Assert.StartsWith("ERR_TLS_CERT_ALTNAME_INVALID: ", refused.InnerException!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ChainShape.Complete, 2)]
    [InlineData(ChainShape.MissingIntermediate, 1)]
    [InlineData(ChainShape.ContainsAnchor, 3)]
    public async Task A_tool_with_TLS_of_its_own_meets_the_chain_of_the_node(ChainShape shape, int certificates)
    {
        await using var lab = await AutoDetectLab.StartAsync(new ScenarioBuilder().WithLoadBalancer("perimeter", balancer => balancer.WithNode("ex01", shape)).Build(), cancellationToken: Token);
        var presented = new HashSet<string>(StringComparer.Ordinal);
        using var http = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = lab.ConnectAsync,
            SslOptions = new SslClientAuthenticationOptions
            {
                CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, DisableCertificateDownloads = true, RevocationMode = X509RevocationMode.NoCheck },
                RemoteCertificateValidationCallback = (_, leaf, chain, _) =>
                {
                    presented.UnionWith([leaf!.GetCertHashString(), .. chain!.ChainPolicy.ExtraStore.Select(other => other.GetCertHashString())]);
                    return true;
                },
            },
        });
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(AutoDiscover, Token)).StatusCode);
        Assert.Equal(certificates, presented.Count);
        Assert.Equal(certificates, lab.Node("ex01").Presented.Count);
    }

    [Fact]
    public async Task A_tool_can_speak_TLS_over_a_bare_connection()
    {
        await using var lab = await AutoDetectLab.StartAsync(new ScenarioBuilder().Build(), cancellationToken: Token);
        await using var tls = new SslStream(await lab.ConnectAsync("mail.contoso.com", 443, Token), leaveInnerStreamOpen: false);
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = "mail.contoso.com",
                CertificateChainPolicy = Trusting(lab),
            },
            Token);
        await tls.WriteAsync(Encoding.ASCII.GetBytes("GET /owa/healthcheck.htm HTTP/1.1\r\nHost: mail.contoso.com\r\nConnection: close\r\n\r\n"), Token);
        using var reader = new StreamReader(tls);
        Assert.StartsWith("HTTP/1.1 200 OK", await reader.ReadToEndAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tool_with_a_proxy_setting_reaches_the_lab_by_its_gateway()
    {
        await using var lab = await AutoDetectLab.StartAsync(new ScenarioBuilder().Build(), cancellationToken: Token);
        using var http = new HttpClient(new SocketsHttpHandler { Proxy = new WebProxy(lab.Gateway), SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = Trusting(lab) } });
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(AutoDiscover, Token)).StatusCode);
    }

    [Fact]
    [Trait("Needs", "tools")]
    public async Task A_child_process_finds_the_lab_by_its_environment_alone()
    {
        await using var lab = await AutoDetectLab.StartAsync("one-in-twenty", cancellationToken: Token);
        var curl = await Tool.RunAsync("curl", ["-sS", "-i", "--suppress-connect-headers", "-H", "x-email: your@contoso.com", lab.DetectUrl.ToString()], environment: lab.ProcessEnvironment);
        Assert.StartsWith("HTTP/1.1 200 OK", curl.Output, StringComparison.Ordinal);
        Assert.Contains("\"service\":\"office365\"", curl.Output, StringComparison.Ordinal);
        var refused = await Tool.RunAsync("curl", ["-sS", AutoDiscover], environment: lab.ProcessEnvironment);
        Assert.Equal(60, refused.ExitCode);
    }

    [Fact]
    public async Task The_root_file_goes_with_the_lab()
    {
        string file;
        await using (var lab = await AutoDetectLab.StartAsync(new ScenarioBuilder().Build(), cancellationToken: Token))
        {
            file = lab.RootCertificateFile;
            Assert.Equal(lab.RootCertificatesPem, await File.ReadAllTextAsync(file, Token));
            Assert.Equal(lab.GetRootCertificates().Count, File.ReadAllText(file).Split("BEGIN CERTIFICATE").Length - 1);
        }

        Assert.False(Directory.Exists(Path.GetDirectoryName(file)));
    }

    [Theory]
    [InlineData("https://autodiscover.fabrikam.com/", SocketError.HostNotFound, HttpRequestError.NameResolutionError)]
    [InlineData("https://www.contoso.com/", SocketError.HostNotFound, HttpRequestError.NameResolutionError)]
    [InlineData("https://mail.contoso.com/", SocketError.ConnectionRefused, HttpRequestError.ConnectionError)]
    [InlineData("https://autodiscover.contoso.com:8443/", SocketError.ConnectionRefused, HttpRequestError.ConnectionError)]
    public async Task Where_there_is_no_way_a_tool_is_told_what_the_system_would_say(string url, SocketError error, HttpRequestError kind)
    {
        await using var lab = await AutoDetectLab.StartAsync(
            new ScenarioBuilder()
                .WithLoadBalancer("perimeter", balancer => balancer.WithHosts("autodiscover.contoso.com").WithNode("ex01"))
                .WithLoadBalancer("mail", balancer => balancer.WithHosts("mail.contoso.com").WithNode("ex02", configure: node => node with { Up = false }))
                .Build(),
            cancellationToken: Token);
        using var http = lab.CreateClient();
        var failure = await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync(url, Token));
        Assert.Equal(kind, failure.HttpRequestError);
        Assert.Equal(error, Assert.IsType<SocketException>(failure.InnerException).SocketErrorCode);
        await lab.Journal.AssertAnyAsync(connection => connection.Node == null && connection.ServerName == new Uri(url).Host);
    }

    [Theory]
    [InlineData("perimeter: allowFrom 10.0.0.0/8")]
    [InlineData("ex01: fault silent")]
    [InlineData("ex01: fault noAnswer")]
    public async Task Where_nothing_answers_a_tool_waits_until_its_own_time_is_up(string change)
    {
        await using var lab = await AutoDetectLab.StartAsync(new ScenarioBuilder().WithLoadBalancer("perimeter", balancer => balancer.WithNode("ex01")).Build(), cancellationToken: Token);
        await lab.ChangeAsync(change, Token);
        using var http = lab.CreateClient();
        http.Timeout = TimeSpan.FromMilliseconds(300);
        var late = await Assert.ThrowsAsync<TaskCanceledException>(() => http.GetAsync(AutoDiscover, Token));
        Assert.IsType<TimeoutException>(late.InnerException);
    }

    [Fact]
    public async Task A_tool_can_come_from_the_addresses_of_AutoDetect()
    {
        var scenario = new ScenarioBuilder()
            .WithLoadBalancer("perimeter", balancer => balancer.WithNode("ex01").With(it => it with { AllowFrom = ["autodetect"], Blocked = Blocking.Reject }))
            .Build();
        await using var lab = await AutoDetectLab.StartAsync(scenario, cancellationToken: Token);
        using var outsider = lab.CreateClient();
        await Assert.ThrowsAsync<HttpRequestException>(() => outsider.GetAsync(AutoDiscover, Token));
        using var insider = lab.CreateClient(IPAddress.Parse("52.125.128.7"));
        Assert.Equal(HttpStatusCode.OK, (await insider.GetAsync(AutoDiscover, Token)).StatusCode);

        await using var other = await AutoDetectLab.StartAsync(scenario, new AutoDetectLabOptions { Source = IPAddress.Parse("52.125.128.7") }, Token);
        using var usual = other.CreateClient();
        Assert.Equal(HttpStatusCode.OK, (await usual.GetAsync(AutoDiscover, Token)).StatusCode);
    }

    [Theory]
    [InlineData("one-in-twenty", "X-AutoDv2-Error", 200)]
    [InlineData("one-in-twenty", null, 400)]
    public async Task The_front_door_answers_in_memory(string scenario, string? header, int status)
    {
        await using var lab = await AutoDetectLab.StartAsync(scenario, cancellationToken: Token);
        await lab.ChangeAsync("perimeter/*: present missingIntermediate", Token);
        using var http = lab.CreateFrontDoorClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/detect?protocols=eas");
        request.Headers.Add("x-email", header is null ? "nobody" : "your@contoso.com");
        using var response = await http.SendAsync(request, Token);
        Assert.Equal(status, (int)response.StatusCode);
        if (header is not null)
        {
            Assert.Equal("UNABLE_TO_VERIFY_LEAF_SIGNATURE", response.Headers.GetValues(header).Single());
            Assert.Equal(["ex01"], Assert.Single(lab.Journal.Detections).Nodes);
        }

        Assert.Empty(lab.Journal.Connections);
    }

    private static X509ChainPolicy Trusting(AutoDetectLab lab)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, DisableCertificateDownloads = true, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(lab.GetRootCertificates());
        return policy;
    }
}

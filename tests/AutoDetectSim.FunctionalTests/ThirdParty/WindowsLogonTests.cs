using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using AutoDetectSim.FunctionalTests.Network;

namespace AutoDetectSim.FunctionalTests.ThirdParty;

/// <summary>NTLM as curl and .NET's HttpClient speak it, over TLS, through the devices that break it.</summary>
public sealed class WindowsLogonTests
{
    private const string Ews = "https://mail.contoso.com/EWS/Exchange.asmx";
    private const string Mapi = "https://mail.contoso.com/mapi/emsmdb/";

    private const string Contoso = "organizations:\n  contoso: { domains: [contoso.com], auth: basic, password: Winter-2021, mailboxes: [your@contoso.com], lockout: 3 }\n";

    private const string Certificates = """
        certificates:
          renewed: { issuer: issuing, hosts: [autodiscover.contoso.com, mail.contoso.com] }
          former: { issuer: issuing, hosts: [autodiscover.contoso.com, mail.contoso.com] }

        """;

    [Theory]
    [Trait("Needs", "tools")]
    [InlineData("your@contoso.com:Winter-2021", Ews, "200")]
    [InlineData("CONTOSO\\your:Winter-2021", Ews, "200")]
    [InlineData("your@contoso.com:Winter-2020", Ews, "401")]

    // curl binds nothing to the connection, and MAPI demands that.
    [InlineData("your@contoso.com:Winter-2021", Mapi, "401")]
    public async Task Curl_logs_on_with_NTLM(string user, string url, string status)
    {
        await using var lab = await NetworkLab.StartAsync(Contoso + "loadBalancers: { perimeter: { nodes: [ex01] } }\n");
        Assert.Equal(status, await CurlAsync(lab, user, url));
    }

    [Fact]
    [Trait("Needs", "tools")]
    public async Task Curl_is_locked_out_after_wrong_passwords_and_so_is_the_phone()
    {
        await using var lab = await NetworkLab.StartAsync(Contoso + "loadBalancers: { perimeter: { nodes: [ex01] } }\n");
        for (var tries = 0; tries < 3; tries++)
        {
            Assert.Equal("401", await CurlAsync(lab, "your@contoso.com:Winter-2020", Ews));
        }

        Assert.Equal("401", await CurlAsync(lab, "your@contoso.com:Winter-2021", Ews));
        var phone = await lab.CurlAsync("-o", "/dev/null", "-w", "%{http_code}", "-X", "OPTIONS", "--user", "your@contoso.com:Winter-2021", "https://mail.contoso.com/Microsoft-Server-ActiveSync");
        Assert.Equal("401", phone.Output);
        await lab.Lab.ResetAsync(TestContext.Current.CancellationToken);
        Assert.Equal("200", await CurlAsync(lab, "your@contoso.com:Winter-2021", Ews));
    }

    [Theory]
    [Trait("Needs", "tools")]
    [InlineData("perClient", "200")]
    [InlineData("perRequest", "401")]
    public async Task A_proxy_that_does_not_keep_a_clients_connection_together_breaks_curls_NTLM(string connections, string status)
    {
        await using var lab = await NetworkLab.StartAsync(Contoso + $"loadBalancers: {{ perimeter: {{ tls: terminate, present: complete, backEndConnections: {connections}, nodes: [ex01] }} }}\n");
        Assert.Equal(status, await CurlAsync(lab, "your@contoso.com:Winter-2021", Ews));
    }

    [Theory]
    [Trait("Needs", "tools")]
    [InlineData(Ews, "renewed", "https", HttpStatusCode.OK)]
    [InlineData(Mapi, "renewed", "https", HttpStatusCode.OK)]
    [InlineData(Ews, "former", "https", HttpStatusCode.Unauthorized)]
    [InlineData(Mapi, "former", "https", HttpStatusCode.Unauthorized)]
    public async Task HttpClient_binds_its_logon_to_the_certificate_that_it_sees(string url, string certificate, string backEnd, HttpStatusCode status)
    {
        await using var lab = await NetworkLab.StartAsync(
            Contoso + Certificates + $"loadBalancers: {{ perimeter: {{ tls: terminate, present: [renewed, issuing], backEnd: {backEnd}, nodes: [{{ name: ex01, certificate: {certificate} }}] }} }}\n");
        Assert.Equal(status, await HttpClientAsync(lab, url));

        // Who binds nothing gets into EWS either way.
        Assert.Equal("200", await CurlAsync(lab, "your@contoso.com:Winter-2021", Ews));
    }

    [Theory]
    [InlineData("tls: passthrough", HttpStatusCode.OK)]
    [InlineData("tls: terminate, present: complete", HttpStatusCode.OK)]
    [InlineData("tls: terminate, present: complete, backEnd: http", HttpStatusCode.Unauthorized)]
    public async Task A_server_that_hears_no_TLS_has_no_certificate_to_bind_to(string balancer, HttpStatusCode status)
    {
        await using var lab = await NetworkLab.StartAsync(Contoso + $"loadBalancers: {{ perimeter: {{ {balancer}, nodes: [ex01] }} }}\n");
        Assert.Equal(status, await HttpClientAsync(lab, Ews));
    }

    private static async Task<string> CurlAsync(NetworkLab lab, string user, string url) =>
        (await lab.CurlAsync("-o", "/dev/null", "-w", "%{http_code}", "--ntlm", "--user", user, url)).Output;

    private static async Task<HttpStatusCode> HttpClientAsync(NetworkLab lab, string url)
    {
        var policy = new X509ChainPolicy { DisableCertificateDownloads = true, RevocationMode = X509RevocationMode.NoCheck, TrustMode = X509ChainTrustMode.CustomRootTrust };
        policy.CustomTrustStore.ImportFromPem(lab.Lab.RootCertificatesPem);
        using var handler = new SocketsHttpHandler
        {
            Credentials = new CredentialCache { { new Uri(url), "NTLM", new NetworkCredential("your@contoso.com", "Winter-2021") } },
            SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = policy },
            ConnectCallback = async (_, cancellationToken) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(lab.VirtualIp("perimeter").EndPoint!, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        using var client = new HttpClient(handler);
        using var request = new HttpRequestMessage(HttpMethod.Get, url);

        // Without it, HttpClient asks DNS for the name that goes into the logon.
        request.Headers.Host = request.RequestUri!.Host;
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}

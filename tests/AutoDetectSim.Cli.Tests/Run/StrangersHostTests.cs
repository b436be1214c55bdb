using System.Net;
using System.Net.Sockets;
using System.Text;
using AutoDetectSim.Cli.Check;
using AutoDetectSim.Cli.Learn;
using AutoDetectSim.Training.Lessons;

namespace AutoDetectSim.Cli.Tests.Run;

/// <summary>Which hosts commands contact, and which names and addresses they take.</summary>
public sealed class StrangersHostTests
{
    [Fact]
    public async Task A_proxy_that_redirects_leads_to_no_other_host()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        using var proxy = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        proxy.Start();
        var answering = Task.Run(
            async () =>
            {
                using var client = await proxy.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
                await client.GetStream().ReadExactlyAsync(new byte[16], TestContext.Current.CancellationToken);
                await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 302 Found\r\nLocation: http://{other.LocalEndpoint}/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"), TestContext.Current.CancellationToken);
            },
            TestContext.Current.CancellationToken);

        await LessonTools.ThrowIfForbiddenAsync(new Uri($"http://{proxy.LocalEndpoint}"), LessonTool.Check, TestContext.Current.CancellationToken);

        await answering;
        Assert.False(other.Pending());
    }

    [Theory]
    [InlineData("münchen.example", "xn--mnchen-3ya.example")]
    [InlineData("https://münchen.example/owa", "xn--mnchen-3ya.example")]
    [InlineData("münchen.example:8443", "xn--mnchen-3ya.example")]
    public void A_host_with_letters_beyond_ASCII_is_checked_by_the_name_that_DNS_knows(string text, string host) => Assert.Equal(host, HostAndPort.Parse(text)?.Host);

    [Theory]
    [InlineData("detect", "your@contoso.com", "--url", "http://198.51.100.7/detect")]
    [InlineData("detect", "your@contoso.com", "--url", "http://127.0.0.1.evil.example/detect")]
    [InlineData("detect", "your@contoso.com", "--url", "http://a.example/detect", "--proxy", "http://198.51.100.7:3128")]
    [InlineData("detect", "your@contoso.com\r\nX-Evil: y", "--scenario", "healthy")]
    [InlineData("detect", "jörg@contoso.com", "--scenario", "healthy")]
    [InlineData("check", "mail.contoso.com", "--scenario", "healthy", "--email", "jörg@contoso.com")]
    [InlineData("capture", "[::1]", "--live", "-o", "none.yaml")]
    [InlineData("capture", "192.0.2.1", "--live", "-o", "none.yaml")]
    public void What_leads_outside_a_lab_or_cannot_be_asked_is_refused_before_the_work(params string[] arguments) =>
        Assert.NotEmpty(Program.CreateRoot().Parse(arguments).Errors);

    [Theory]
    [InlineData("detect", "your@contoso.com", "--url", "http://198.51.100.7/detect", "--live")]
    [InlineData("detect", "your@contoso.com", "--url", "http://127.0.0.1:9/detect")]
    [InlineData("detect", "your@contoso.com", "--url", "https://prod-autodetect.outlookmobile.com/detect", "--proxy", "http://127.0.0.1:9", "--ca", "root.pem")]
    [InlineData("detect", "your@münchen.de", "--scenario", "healthy")]
    public void What_stays_in_a_lab_or_is_agreed_to_is_taken(params string[] arguments) => Assert.Empty(Program.CreateRoot().Parse(arguments).Errors);
}

using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using AutoDetectSim.Diagnosis.Checking.Connecting;
using AutoDetectSim.FunctionalTests.Support;
using AutoDetectSim.Protocols.Dialing;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.FunctionalTests.Diagnosis;

/// <summary>Questions to a DNS server that is no part of the process; the lab's own stands in for it.</summary>
public sealed class RealDnsTests
{
    private const string Zone = """
        dnsServer: true
        dns:
          contoso.com: { MX: ["20 backup.contoso.com", "10 mail.contoso.com"] }
          fabrikam.com: { MX: ["5 alt1.aspmx.l.google.com", "1 aspmx.l.google.com"] }
          nomail.com: { MX: ["0 ."] }
          gone.com: NXDOMAIN
          broken.com: SERVFAIL
          host.com: { A: ["127.0.0.1"], AAAA: ["::1"] }
          alias.com: { CNAME: [host.com] }
        """;

    [Theory]
    [InlineData("contoso.com", "mail.contoso.com backup.contoso.com", null)]
    [InlineData("fabrikam.com", "aspmx.l.google.com alt1.aspmx.l.google.com", null)]
    [InlineData("nomail.com", "", null)]
    [InlineData("gone.com", "", null)]
    [InlineData("host.com", "", null)]
    [InlineData("broken.com", "", "ServerFailure")]
    public async Task Mail_exchangers_come_best_first_and_a_failure_is_told_from_none(string domain, string exchangers, string? problem)
    {
        await using var lab = await StartAsync();
        var answer = await new RealDns(lab.DnsEndPoint).MailExchangersAsync(domain, TestContext.Current.CancellationToken);
        Assert.Equal(exchangers, string.Join(' ', answer.Names));
        Assert.Equal(problem is null, answer.Problem is null);
        Assert.Contains(problem ?? "", answer.Problem ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_told_after_a_while()
    {
        using var silent = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        silent.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var dns = new RealDns((IPEndPoint)silent.LocalEndPoint!, TimeSpan.FromMilliseconds(200));
        Assert.Contains("does not answer", (await dns.MailExchangersAsync("contoso.com", TestContext.Current.CancellationToken)).Problem!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Addresses_are_found_through_an_alias_and_none_is_an_error()
    {
        await using var lab = await StartAsync();
        var dns = new RealDns(lab.DnsEndPoint);
        Assert.Equal([IPAddress.Loopback, IPAddress.IPv6Loopback], await dns.AddressesAsync("alias.com", TestContext.Current.CancellationToken));
        Assert.Equal("ENOTFOUND", (await Assert.ThrowsAsync<DialException>(() => dns.AddressesAsync("gone.com", TestContext.Current.CancellationToken))).Error.Code);
        Assert.Equal("EAI_AGAIN", (await Assert.ThrowsAsync<DialException>(() => dns.AddressesAsync("broken.com", TestContext.Current.CancellationToken))).Error.Code);
    }

    [Fact]
    public async Task A_check_through_a_gateway_follows_the_case_to_the_mail_exchangers_that_a_dns_server_names()
    {
        using var directory = new TemporaryFolder();
        var scenario = directory.Write("google.yaml", "{ loadBalancers: { perimeter: { nodes: 2 } }, dns: { contoso.com: { MX: [\"1 aspmx.l.google.com\"] } } }");
        await using var lab = await LabProcess.StartAsync(scenario, "--dns-port", "0");
        string[] check = ["check", "autodiscover.contoso.com", "--email", "your@contoso.com", "--proxy", lab.Gateway, "--ca", lab.RootCertificate, "--json"];

        var mail = Mail(await InProcessCommand.RunAsync([.. check, "--dns", lab.Ready.GetProperty("dns").GetString()!]));
        Assert.Equal("aspmx.l.google.com", mail!.Value.GetProperty("exchangers")[0].GetString());
        Assert.Equal("google", mail.Value.GetProperty("provider").GetString());

        // Without the option nothing outside of the lab is asked.
        Assert.Null(Mail(await InProcessCommand.RunAsync(check)));
    }

    [Theory]
    [InlineData("--scenario", "one-of-two", "--dns", "127.0.0.1")]
    [InlineData("--proxy", "http://127.0.0.1:1", "--ca", "root.pem", "--dns", "192.0.2.1:53")]
    [InlineData("--live", "--dns", "dns.example.com")]
    [InlineData("--live", "--dns", "127.0.0.1:99999")]
    public async Task A_dns_server_that_makes_no_sense_is_explained(params string[] options)
    {
        var result = await InProcessCommand.RunAsync(["check", "autodiscover.contoso.com", .. options]);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("--dns", result.Error, StringComparison.Ordinal);
    }

    private static Task<Lab> StartAsync()
    {
        var loaded = ScenarioLoader.Parse(Zone, "test.yaml", baseDirectory: null);
        Assert.Empty(loaded.Problems);
        return Lab.StartAsync(loaded.Scenario!, cancellationToken: TestContext.Current.CancellationToken);
    }

    private static JsonElement? Mail(ToolResult result)
    {
        using var document = JsonDocument.Parse(result.Output);
        return document.RootElement.TryGetProperty("mail", out var mail) ? mail.Clone() : null;
    }
}

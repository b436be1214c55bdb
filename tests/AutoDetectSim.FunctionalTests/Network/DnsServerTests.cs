using System.Buffers.Binary;
using System.Globalization;
using System.Net.Sockets;
using AutoDetectSim.FunctionalTests.Support;

namespace AutoDetectSim.FunctionalTests.Network;

/// <summary>The zone over real DNS, asked by dig.</summary>
public sealed class DnsServerTests
{
    private const string Scenario = """
        dnsServer: true
        loadBalancers:
          perimeter: { hosts: [autodiscover.contoso.com, mail.contoso.com], ipv6Address: "2001:db8::10", nodes: 1 }
        dns:
          contoso.com: { MX: ["20 backup.contoso.com", "10 mail.contoso.com"], TXT: ["v=spf1 mx -all"] }
          _autodiscover._tcp.contoso.com: { SRV: ["0 0 443 mail.contoso.com"] }
          owa.contoso.com: { CNAME: [mail.contoso.com] }
          gone.contoso.com: { NXDOMAIN: [] }
          broken.contoso.com: { SERVFAIL: [] }
          slow.contoso.com: { A: ["203.0.113.99"], DELAY: [700ms] }
          never.contoso.com: { A: ["203.0.113.98"], DELAY: [1m] }
          wrong.contoso.com: { A: ["203.0.113.97"], AAAA: ["2001:db8::dead"] }
        """;

    [Theory]
    [Trait("Needs", "tools")]
    [InlineData("mail.contoso.com A", "203.0.113.10")]
    [InlineData("MAIL.Contoso.COM A", "203.0.113.10")]
    [InlineData("mail.contoso.com AAAA", "2001:db8::10")]
    [InlineData("wrong.contoso.com AAAA", "2001:db8::dead")]
    [InlineData("owa.contoso.com CNAME", "mail.contoso.com.")]
    [InlineData("owa.contoso.com A", "mail.contoso.com.\n203.0.113.10")]
    [InlineData("contoso.com MX", "10 mail.contoso.com.\n20 backup.contoso.com.")]
    [InlineData("_autodiscover._tcp.contoso.com SRV", "0 0 443 mail.contoso.com.")]
    [InlineData("contoso.com TXT", "\"v=spf1 mx -all\"")]
    [InlineData("slow.contoso.com A", "203.0.113.99")]
    [InlineData("contoso.com A", "")]
    [InlineData("contoso.com SOA", "ns1.contoso.com. hostmaster.contoso.com. 1 3600 600 86400 0")]
    [InlineData("mail.contoso.com SOA", "")]
    public async Task Dig_reads_every_record_type_over_udp_and_over_tcp(string question, string answer)
    {
        await using var lab = await NetworkLab.StartAsync(Scenario);
        foreach (var transport in (string[])["+notcp", "+tcp"])
        {
            var result = await DigAsync(lab, [.. question.Split(' '), "+short", "+nocookie", transport]);
            Assert.Equal(answer, string.Join('\n', result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
        }
    }

    [Theory]
    [Trait("Needs", "tools")]
    [InlineData("gone.contoso.com", "NXDOMAIN")]
    [InlineData("www.example.org", "NXDOMAIN")]
    [InlineData("broken.contoso.com", "SERVFAIL")]
    [InlineData("contoso.com", "NOERROR")]
    [InlineData("mail.contoso.com", "NOERROR")]
    public async Task Dig_is_told_the_response_code(string name, string status)
    {
        await using var lab = await NetworkLab.StartAsync(Scenario);
        var result = await DigAsync(lab, [name, "A", "+tries=1"]);
        Assert.Contains($"status: {status},", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Needs", "tools")]
    [InlineData("contoso.com A", "contoso.com.")] // no such records
    [InlineData("mail.contoso.com MX", "contoso.com.")]
    [InlineData("gone.contoso.com A", "contoso.com.")] // no such name
    [InlineData("owa.contoso.com MX", "contoso.com.")] // behind an alias
    [InlineData("nowhere.office365.com A", "office365.com.")]
    [InlineData("www.example.org A", ".")]
    public async Task A_negative_answer_names_its_zone_and_a_server_that_recurses(string question, string zone)
    {
        // RFC 2308; systemd-resolved asks with DNSSEC's flag, and takes no server without recursion.
        await using var lab = await NetworkLab.StartAsync(Scenario);
        var result = await DigAsync(lab, [.. question.Split(' '), "+noall", "+comments", "+authority", "+dnssec"]);
        Assert.Contains("flags: qr aa rd ra;", result.Output, StringComparison.Ordinal);
        Assert.Contains("OPT PSEUDOSECTION", result.Output, StringComparison.Ordinal);
        var soa = Assert.Single(result.Output.Split('\n'), line => line.Contains("\tSOA\t", StringComparison.Ordinal));
        Assert.StartsWith(zone + "\t", soa, StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Needs", "tools")]
    [InlineData("mail.contoso.com", "contoso.com.")]
    [InlineData("nowhere.mail.contoso.com", "contoso.com.")]
    [InlineData("contoso.com", "contoso.com.")]
    [InlineData("www.example.org", ".")]
    public async Task Dnspython_finds_the_zone_of_a_name(string name, string zone)
    {
        await using var lab = await NetworkLab.StartAsync(Scenario);
        const string Program = """
            import sys, dns.resolver
            resolver = dns.resolver.Resolver(configure=False)
            resolver.nameservers, resolver.port = ["127.0.0.1"], int(sys.argv[1])
            print(dns.resolver.zone_for_name(sys.argv[2], resolver=resolver))
            """;
        var result = await Tool.RunAsync("/usr/bin/python3", ["-c", Program, lab.Lab.DnsEndPoint!.Port.ToString(CultureInfo.InvariantCulture), name]);
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Equal(zone, result.Output.Trim());
    }

    [Fact]
    [Trait("Needs", "tools")]
    public async Task A_name_whose_server_never_answers_lets_dig_time_out()
    {
        await using var lab = await NetworkLab.StartAsync(Scenario);
        var never = DigAsync(lab, ["never.contoso.com", "A", "+tries=1", "+time=2"]);
        var other = await DigAsync(lab, ["mail.contoso.com", "A", "+short"]);
        Assert.Equal("203.0.113.10", other.Output.Trim());
        Assert.Equal(9, (await never).ExitCode);
    }

    [Fact]
    [Trait("Needs", "tools")]
    public async Task Garbage_oversized_messages_and_idle_connections_do_not_stop_the_server()
    {
        await using var lab = await NetworkLab.StartAsync(Scenario);
        var endPoint = lab.Lab.DnsEndPoint!;
        var random = new Random(1);
        using (var udp = new UdpClient())
        {
            for (var round = 0; round < 500; round++)
            {
                var bytes = new byte[random.Next(0, 600)];
                random.NextBytes(bytes);
                await udp.SendAsync(bytes, endPoint);
            }
        }

        var idle = new List<TcpClient>();
        for (var round = 0; round < 200; round++)
        {
            var client = new TcpClient();
            await client.ConnectAsync(endPoint);
            idle.Add(client);
            if (round % 2 == 0)
            {
                var message = new byte[2 + random.Next(1, 400)];
                random.NextBytes(message);
                BinaryPrimitives.WriteUInt16BigEndian(message, (ushort)(round % 4 == 0 ? message.Length - 2 : ushort.MaxValue));
                await client.GetStream().WriteAsync(message);
            }
        }

        foreach (var transport in (string[])["+notcp", "+tcp"])
        {
            var result = await DigAsync(lab, ["mail.contoso.com", "A", "+short", transport]);
            Assert.Equal("203.0.113.10", result.Output.Trim());
        }

        idle.ForEach(client => client.Dispose());
    }

    [Fact]
    public async Task The_ready_file_names_the_dns_server_when_there_is_one()
    {
        await using var with = await LabProcess.StartAsync(Tool.Scenario("healthy.yaml"), "--dns-port", "0");
        Assert.StartsWith("127.0.0.1:", with.Ready.GetProperty("dns").GetString(), StringComparison.Ordinal);
        await using var without = await LabProcess.StartAsync(Tool.Scenario("healthy.yaml"));
        Assert.Null(without.Ready.GetProperty("dns").GetString());
    }

    [Fact]
    public async Task Slow_names_cost_AutoDetect_time_that_nobody_waits()
    {
        await using var lab = await NetworkLab.StartAsync(Scenario + "\n  autodiscover.contoso.com: { DELAY: [3s] }\n  mail.contoso.com: { DELAY: [1h] }\n");
        var late = await lab.GetAsync("https://autodiscover.contoso.com/owa/healthcheck.htm");
        Assert.Equal(200, late.Response?.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(3), late.SimulatedWait);
        Assert.Equal("ETIMEDOUT", (await lab.GetAsync("https://mail.contoso.com/owa/healthcheck.htm")).Error?.Code);
        Assert.Equal("EAI_AGAIN", (await lab.GetAsync("https://mail.contoso.com/owa/healthcheck.htm", TimeSpan.FromSeconds(30))).Error?.Code);
    }

    private static Task<ToolResult> DigAsync(NetworkLab lab, string[] arguments) =>
        Tool.RunAsync("dig", ["@127.0.0.1", "-p", lab.Lab.DnsEndPoint!.Port.ToString(CultureInfo.InvariantCulture), .. arguments]);
}

namespace AutoDetectSim.FunctionalTests.Network;

/// <summary>Firewalls, IPv6, port 80, latency and shares of connections, with real sockets.</summary>
public sealed class ReachabilityTests
{
    private const string AutoDiscover = "https://autodiscover.contoso.com/autodiscover/healthcheck.htm";
    private const string Mail = "https://mail.contoso.com/owa/healthcheck.htm";

    [Theory]
    [Trait("Needs", "tools")]
    [InlineData("reject", "ECONNREFUSED", "502")]
    [InlineData("drop", "ETIMEDOUT", "000")]
    public async Task One_host_is_open_to_AutoDetect_and_the_other_is_not(string blocked, string code, string proxied)
    {
        await using var lab = await NetworkLab.StartAsync($$"""
            loadBalancers:
              open: { hosts: [autodiscover.contoso.com], allowFrom: [autodetect, 198.51.100.0/24], nodes: 1 }
              shut: { hosts: [mail.contoso.com], denyFrom: [autodetect], blocked: {{blocked}}, nodes: 1 }
            """);
        Assert.Equal(200, (await lab.GetAsync(AutoDiscover)).Response?.StatusCode);
        Assert.Equal(code, (await lab.GetAsync(Mail)).Error?.Code);
        Assert.Equal(200, (await lab.GetAsync(Mail, source: "198.51.100.20")).Response?.StatusCode);
        Assert.Equal("ETIMEDOUT", (await lab.GetAsync(AutoDiscover, source: "192.0.2.1")).Error?.Code);

        // A real program says where it comes from in the user name of the proxy's address.
        var phone = await lab.CurlAsync("-o", "-", "-w", "%{http_code}", Mail);
        Assert.EndsWith("200", phone.Output, StringComparison.Ordinal);
        var autoDetect = await lab.CurlAsync("-m", "2", "--proxy-user", "52.125.128.7:", "-o", "-", "-w", "%{http_connect}", Mail);
        Assert.Equal(proxied, autoDetect.Output[^3..]);
    }

    [Theory]
    [InlineData("open", "none", 0)]
    [InlineData("dropped", "none", 250)]
    [InlineData("refused", "none", 0)]
    [InlineData("silent", "ETIMEDOUT", 10_000)]
    public async Task IPv6_that_is_broken_costs_what_it_costs_Node(string ipv6, string code, double milliseconds)
    {
        await using var lab = await NetworkLab.StartAsync($$"""
            loadBalancers:
              perimeter: { ipv6Address: "2001:db8::10", ipv6: {{ipv6}}, nodes: 1 }
            """);
        var exchange = await lab.GetAsync(AutoDiscover);
        Assert.Equal(code, exchange.Error?.Code ?? "none");
        Assert.InRange(exchange.SimulatedWait.TotalMilliseconds, milliseconds is 10_000 ? 5_000 : milliseconds, milliseconds);
        Assert.Equal(ipv6 is "open" or "silent" ? "2001:db8::10" : "203.0.113.10", exchange.Connection?.Address?.ToString());
    }

    [Fact]
    public async Task An_IPv6_address_that_nobody_has_and_an_IPv4_address_that_refuses_give_the_code_of_the_first()
    {
        await using var lab = await NetworkLab.StartAsync("""
            loadBalancers:
              perimeter: { nodes: [{ name: ex01, fault: refused }] }
            dns:
              autodiscover.contoso.com: { AAAA: ["2001:db8::dead"] }
            """);

        // Measured on Node 20: an AggregateError takes the code of its first error.
        Assert.Equal("ETIMEDOUT", (await lab.GetAsync(AutoDiscover)).Error?.Code);
        Assert.Equal("ECONNREFUSED", (await lab.GetAsync(Mail)).Error?.Code);
    }

    [Fact]
    public async Task A_share_in_exact_form_hits_every_twentieth_connection_and_a_share_in_percent_follows_the_seed()
    {
        const string Scenario = """
            seed: 7
            loadBalancers:
              exact: { hosts: [autodiscover.contoso.com], nodes: [{ name: ex01, fault: reset, faultShare: 1/20 }] }
              drawn: { hosts: [mail.contoso.com], fault: reset, faultShare: 25%, nodes: 1 }
            """;
        var runs = new List<string>();
        for (var run = 0; run < 2; run++)
        {
            await using var lab = await NetworkLab.StartAsync(Scenario);
            var exact = await CodesAsync(lab, AutoDiscover, 40);
            Assert.Equal([19, 39], exact.Index().Where(item => item.Item == "ECONNRESET").Select(item => item.Index));
            var drawn = await CodesAsync(lab, Mail, 60);
            Assert.InRange(drawn.Count(code => code == "ECONNRESET"), 5, 30);
            runs.Add(string.Join(',', drawn));
        }

        Assert.Equal(runs[0], runs[1]);
    }

    [Fact]
    [Trait("Needs", "tools")]
    public async Task Latency_is_counted_for_AutoDetect_and_waited_out_by_real_programs()
    {
        await using var lab = await NetworkLab.StartAsync("""
            loadBalancers:
              near: { hosts: [autodiscover.contoso.com], latency: 100ms, nodes: [{ name: ex01, latency: 100ms }] }
              far: { hosts: [mail.contoso.com], latency: 4s, nodes: 1 }
            """);

        // TCP, TLS 1.3 and HTTP each take one round trip.
        var near = await lab.GetAsync(AutoDiscover);
        Assert.Equal(TimeSpan.FromMilliseconds(600), near.SimulatedWait);
        Assert.True(near.Elapsed >= TimeSpan.FromMilliseconds(600));
        var far = await lab.GetAsync(Mail);
        Assert.Equal("ETIMEDOUT", far.Error?.Code);
        Assert.Equal(200, (await lab.GetAsync(Mail, TimeSpan.FromSeconds(30))).Response?.StatusCode);

        var curl = await lab.CurlAsync("-o", "-", "-w", "\n%{time_appconnect} %{time_total}", AutoDiscover);
        var times = curl.Output.Split('\n')[^1].Split(' ').Select(text => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture)).ToList();
        Assert.True(times[0] >= 0.4 && times[1] >= 0.6, curl.Output);
    }

    [Fact]
    public async Task A_node_presents_what_its_Windows_store_holds()
    {
        await using var lab = await NetworkLab.StartAsync("""
            authorities:
              root: { trusted: true }
              policy: { issuer: root }
              issuing: { issuer: policy }
            certificates:
              mail: { issuer: issuing, hosts: [autodiscover.contoso.com, mail.contoso.com] }
            loadBalancers:
              perimeter:
                persistence: none
                nodes:
                  - { name: ex01 }
                  - { name: ex02, intermediateStore: [issuing] }
                  - { name: ex03, intermediateStore: [policy] }
                  - { name: ex04, intermediateStore: [] }
            """);
        var presented = new List<(string?, int, string?)>();
        for (var node = 0; node < 4; node++)
        {
            var exchange = await lab.GetAsync(AutoDiscover);
            presented.Add((exchange.Connection?.Node, exchange.Connection?.Presented.Count ?? 0, exchange.Error?.Code));
        }

        Assert.Equal(
            [("ex01", 3, null), ("ex02", 2, "UNABLE_TO_GET_ISSUER_CERT_LOCALLY"), ("ex03", 1, "UNABLE_TO_VERIFY_LEAF_SIGNATURE"), ("ex04", 1, "UNABLE_TO_VERIFY_LEAF_SIGNATURE")],
            presented);
    }

    [Fact]
    [Trait("Needs", "tools")]
    public async Task Port_80_is_closed_unless_it_redirects_or_serves()
    {
        await using var lab = await NetworkLab.StartAsync("""
            organizations: { contoso: { domains: [contoso.com, fabrikam.com, adatum.com] } }
            loadBalancers:
              closed: { hosts: [autodiscover.contoso.com], nodes: 1 }
              redirect: { hosts: [autodiscover.fabrikam.com], http: redirect, nodes: 1 }
              open: { hosts: [autodiscover.adatum.com], http: open, nodes: 1 }
            """);
        Assert.Equal("ECONNREFUSED", (await lab.GetAsync("http://autodiscover.contoso.com/owa/healthcheck.htm")).Error?.Code);
        var redirect = await lab.GetAsync("http://autodiscover.fabrikam.com/autodiscover/autodiscover.xml?a=%40b");
        Assert.Equal(302, redirect.Response?.StatusCode);
        Assert.Equal(["https://autodiscover.fabrikam.com/autodiscover/autodiscover.xml?a=%40b"], redirect.Response!.Values("Location"));
        Assert.Equal(200, (await lab.GetAsync("http://autodiscover.adatum.com/owa/healthcheck.htm")).Response?.StatusCode);

        var plain = await lab.CurlAsync("-o", "-", "-w", "%{http_code} %{redirect_url}", "http://autodiscover.fabrikam.com/autodiscover/autodiscover.xml");
        Assert.Equal("302 https://autodiscover.fabrikam.com/autodiscover/autodiscover.xml", plain.Output);
        var tunnel = await lab.CurlAsync("--proxytunnel", "-o", "-", "-w", "%{http_code}", "http://autodiscover.fabrikam.com/");
        Assert.Equal("302", tunnel.Output);
    }

    [Fact]
    [Trait("Needs", "tools")]
    public async Task A_web_server_that_redirects_to_https_behind_a_balancer_that_offloads_tls_is_a_loop()
    {
        await using var lab = await NetworkLab.StartAsync("""
            loadBalancers:
              perimeter: { tls: terminate, backEnd: http, http: redirect, nodes: 1 }
            """);
        var curl = await lab.CurlAsync("-L", "--max-redirs", "10", "-o", "-", AutoDiscover);
        Assert.Equal(47, curl.ExitCode);
    }

    [Fact]
    public async Task A_balancer_that_ends_tls_says_503_when_no_node_is_left()
    {
        await using var lab = await NetworkLab.StartAsync("""
            loadBalancers:
              perimeter: { tls: terminate, nodes: [{ name: ex01, up: false }] }
            """);
        var exchange = await lab.GetAsync(AutoDiscover);
        Assert.Equal(503, exchange.Response?.StatusCode);
        Assert.Null(exchange.Connection?.Node);
    }

    [Theory]
    [InlineData("/owa/healthcheck.htm", 503)]
    [InlineData("/autodiscover/healthcheck.htm", 200)]
    public async Task A_balancer_takes_a_node_out_only_when_its_own_probe_fails(string probe, int status)
    {
        await using var lab = await NetworkLab.StartAsync($$"""
            loadBalancers:
              perimeter:
                persistence: none
                healthProbe: { path: {{probe}} }
                nodes: [{ name: ex01, offline: [autoDiscover] }, { name: ex02 }]
            """);
        var statuses = new[] { (await lab.GetAsync(AutoDiscover)).Response!.StatusCode, (await lab.GetAsync(AutoDiscover)).Response!.StatusCode };
        Assert.Equal([status, 200], statuses);
        Assert.Equal(status == 200 ? ["ex02"] : ["ex01", "ex02"], lab.VirtualIp("perimeter").Balancer.Nodes.Where(node => node.IsAvailable).Select(node => node.Name));
    }

    private static async Task<List<string>> CodesAsync(NetworkLab lab, string url, int count)
    {
        var codes = new List<string>();
        for (var index = 0; index < count; index++)
        {
            codes.Add((await lab.GetAsync(url)).Error?.Code ?? "none");
        }

        return codes;
    }
}

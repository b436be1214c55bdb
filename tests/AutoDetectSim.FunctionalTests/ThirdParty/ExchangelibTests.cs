using System.Globalization;
using System.Text.Json;
using AutoDetectSim.FunctionalTests.Network;
using AutoDetectSim.FunctionalTests.Support;

namespace AutoDetectSim.FunctionalTests.ThirdParty;

/// <summary>exchangelib goes through all steps of AutoDiscover: https, plain http, SRV records, redirects; it logs on with NTLM.</summary>
[Trait("Needs", "tools")]
public sealed class ExchangelibTests
{
    private const string World = """
        dnsServer: true
        organizations:
          contoso:
            domains: [contoso.test, fabrikam.test, tailspin.test]
            password: secret
            mailboxes: [your@contoso.test, your@fabrikam.test, your@tailspin.test]
            mailboxSettings:
              former@contoso.test: { redirectAddress: your@contoso.test }
        loadBalancers:
          perimeter: { hosts: [autodiscover.contoso.test, mail.contoso.test], nodes: 2 }
          redirector: { hosts: [autodiscover.fabrikam.test], http: redirect, httpRedirectUrl: "https://autodiscover.contoso.test/autodiscover/autodiscover.xml", nodes: [{ name: web, present: nameMismatch }] }
        dns:
          _autodiscover._tcp.tailspin.test: { SRV: ["0 0 443 autodiscover.contoso.test"] }
        """;

    [Theory]
    [InlineData("pox", "your@contoso.test", "your@contoso.test")]
    [InlineData("soap", "your@contoso.test", "your@contoso.test")]
    [InlineData("pox", "former@contoso.test", "your@contoso.test")]
    [InlineData("soap", "former@contoso.test", "your@contoso.test")]
    [InlineData("pox", "your@fabrikam.test", "your@fabrikam.test")]
    [InlineData("pox", "your@tailspin.test", "your@tailspin.test")]
    [InlineData("soap", "your@tailspin.test", "your@tailspin.test")]
    public async Task Exchangelib_finds_the_EWS_address(string method, string email, string address)
    {
        await using var lab = await NetworkLab.StartAsync(World);
        var report = await DiscoverAsync(lab, method, email, "secret");
        Assert.Equal((null, "https://mail.contoso.test/EWS/Exchange.asmx", address), (report.GetProperty("error").GetString(), report.GetProperty("ews").GetString(), report.GetProperty("address").GetString()));
    }

    [Theory]
    [InlineData("pox", "AutoDiscoverFailed")]
    [InlineData("soap", "UnauthorizedError")]
    public async Task Exchangelib_is_refused_with_a_wrong_password(string method, string error)
    {
        await using var lab = await NetworkLab.StartAsync(World);
        Assert.Equal(error, (await DiscoverAsync(lab, method, "your@contoso.test", "wrong")).GetProperty("error").GetString());
    }

    [Fact]
    public async Task Exchangelib_fails_where_a_server_lacks_the_intermediate()
    {
        await using var lab = await NetworkLab.StartAsync(World.Replace("nodes: 2", "nodes: [{ name: ex01, present: missingIntermediate }]", StringComparison.Ordinal));
        var report = await DiscoverAsync(lab, "pox", "your@contoso.test", "secret");
        Assert.Equal("AutoDiscoverFailed", report.GetProperty("error").GetString());
        Assert.Equal(
            ["https://contoso.test/Autodiscover/Autodiscover.xml", "https://autodiscover.contoso.test/Autodiscover/Autodiscover.xml"],
            report.GetProperty("tried").EnumerateArray().Select(url => url.GetString()));
    }

    private static async Task<JsonElement> DiscoverAsync(NetworkLab lab, string method, string email, string password)
    {
        // exchangelib keeps what it found in the folder for temporary files.
        using var directory = new TemporaryFolder();
        var dns = lab.Lab.DnsEndPoint!;
        var result = await Exchangelib.RunAsync(
            "exchangelib_discover.py",
            [method, email, password, dns.Address.ToString(), dns.Port.ToString(CultureInfo.InvariantCulture)],
            new Dictionary<string, string>
            {
                ["HTTPS_PROXY"] = lab.Gateway,
                ["HTTP_PROXY"] = lab.Gateway,
                ["NO_PROXY"] = "",
                ["REQUESTS_CA_BUNDLE"] = lab.Roots,
                ["TMPDIR"] = directory.Path,
            });
        Assert.True(result.ExitCode == 0, result.ToString());
        using var document = JsonDocument.Parse(result.Output);
        return document.RootElement.Clone();
    }
}

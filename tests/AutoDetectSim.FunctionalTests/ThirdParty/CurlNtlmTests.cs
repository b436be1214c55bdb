using AutoDetectSim.FunctionalTests.Network;

namespace AutoDetectSim.FunctionalTests.ThirdParty;

/// <summary>curl logs on with NTLM.</summary>
[Trait("Needs", "tools")]
public sealed class CurlNtlmTests
{
    private const string Url = "https://autodiscover.contoso.test/autodiscover/autodiscover.xml";

    private const string World = """
        organizations:
          contoso: { domains: [contoso.test], internalDomain: corp.contoso.test, password: secret, mailboxes: [your@contoso.test] }
        loadBalancers:
          perimeter: { hosts: [autodiscover.contoso.test, mail.contoso.test], nodes: 2 }
        """;

    [Theory]
    [InlineData("your@contoso.test:secret", "200")]
    [InlineData("CORP\\your:secret", "200")]
    [InlineData("your@contoso.test:wrong", "401")]
    [InlineData("nobody@contoso.test:secret", "401")]
    public async Task Curl_logs_on_with_the_password_of_the_mailbox(string credentials, string status)
    {
        await using var lab = await NetworkLab.StartAsync(World);
        var answer = await lab.CurlAsync("--ntlm", "-u", credentials, "-d", "", "-o", "/dev/null", "-w", "%{http_code}", Url);
        Assert.Equal(status, answer.Output);
    }

    [Fact]
    public async Task A_connection_that_is_logged_on_stays_so_and_another_one_is_not()
    {
        await using var lab = await NetworkLab.StartAsync(World);
        string[] request = ["-o", "/dev/null", "-w", "%{num_connects} %{http_code}\n", Url];
        var kept = await lab.CurlAsync(["--ntlm", "-u", "your@contoso.test:secret", "-v", .. request, .. request]);
        Assert.Equal(["1 200", "0 200"], kept.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(2, kept.Error.Split("> Authorization: NTLM").Length - 1);

        Assert.EndsWith("401\n", (await lab.CurlAsync(request)).Output, StringComparison.Ordinal);
    }
}

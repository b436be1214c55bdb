namespace AutoDetectSim.Cli.Tests.Check;

/// <summary>Exit codes and first lines of <c>check</c> and <c>detect</c>.</summary>
public sealed class CheckCommandTests
{
    [Fact]
    public async Task A_sticky_balancer_seen_from_one_source_ends_with_exit_code_1()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("one-source.yaml", "loadBalancers: { perimeter: { algorithm: sourceHash, allowFrom: [203.0.113.9], blocked: reject, nodes: 2 } }");
        var result = await Tool.AutoDetectSimAsync("check", "autodiscover.contoso.com", "--scenario", file, "--source", "203.0.113.9");
        Assert.True(result.ExitCode == 1, result.ToString());
        Assert.Contains("not enough to call it healthy", result.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lab_says_so_in_the_first_line()
    {
        foreach (var arguments in (string[][])[["check", "autodiscover.contoso.com"], ["detect", "your@contoso.com"]])
        {
            var result = await Tool.AutoDetectSimAsync([.. arguments, "--scenario", "one-of-two"]);
            Assert.StartsWith("Reproduction of scenario one-of-two", (result.Output + result.Error).TrimStart(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_first_detection_of_the_walk_through_meets_the_healthy_ex01()
    {
        var result = await Tool.AutoDetectSimAsync("detect", "your@contoso.com", "--scenario", "one-in-twenty");
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Contains("ex01", result.ToString(), StringComparison.Ordinal);
        Assert.Contains("1 detection met 1 of the 20 nodes", result.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_that_is_healthy_in_one_role_and_faulty_in_the_other_is_named_with_its_roles()
    {
        var result = await Tool.AutoDetectSimAsync("check", "mail.contoso.com", "--email", "your@contoso.com", "--scenario", "balancer/one-node-without-oauth");
        Assert.Contains("mail.contoso.com (AutoDiscover) is healthy", result.Output, StringComparison.Ordinal);
        Assert.Contains("mail.contoso.com (ActiveSync) fails intermittently", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Needs", "time")]
    [InlineData("dns: { autodiscover.contoso.com: { DELAY: 2s } }", "autodiscover.contoso.com: a connection takes 2", "s of it for name resolution and TCP")]
    [InlineData("loadBalancers: { perimeter: { latency: 700ms, nodes: 2 } }", "autodiscover.contoso.com: a connection takes ", "s of it for TLS and HTTP")]
    public async Task A_healthy_host_that_is_slow_is_called_slow_and_says_where_the_time_goes(string world, string slow, string part)
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("slow.yaml", world);
        var result = await Tool.AutoDetectSimAsync("check", "autodiscover.contoso.com", "--attempts", "1", "--scenario", file, "--json");
        Assert.Contains(slow, result.Output, StringComparison.Ordinal);
        Assert.Contains(part, result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_that_answers_at_once_is_not_called_slow()
    {
        var result = await Tool.AutoDetectSimAsync("check", "autodiscover.contoso.com", "--attempts", "1", "--scenario", "healthy", "--json");
        Assert.DoesNotContain("a connection takes", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("check", "your@contoso.com", "give the host, for example autodiscover.contoso.com, and the address with --email.")]
    [InlineData("capture", "your@contoso.com", "give the host, for example autodiscover.contoso.com, and the address with --email.")]
    [InlineData("check", null, "Give a HOST, for example autodiscover.contoso.com.")]
    [InlineData("check", "mail.contoso.com:99999", "'mail.contoso.com:99999' is not a host name with an optional port.")]
    public async Task What_is_no_host_is_told_with_what_to_give_instead(string command, string? host, string advice)
    {
        var result = await Tool.AutoDetectSimAsync([command, .. host is null ? (string[])[] : [host], "--scenario", "healthy"]);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(advice, result.Error, StringComparison.Ordinal);
    }
}

using System.Text.Json;
using AutoDetectSim.FunctionalTests.Support;

namespace AutoDetectSim.FunctionalTests.WhatIf;

public sealed class FixOptionTests
{
    private const string TwoFaults = """
        organizations: { contoso: { domains: [contoso.com], mailboxes: [your@contoso.com] } }
        loadBalancers:
          front: { hosts: [autodiscover.contoso.com], nodes: [fe01, { name: fe02, present: missingIntermediate }] }
          mail: { hosts: [mail.contoso.com], tls: terminate, preAuthentication: form, nodes: [ex01, ex02] }
        expect: { detect: your@contoso.com, attempts: 4 }
        """;

    [Fact]
    public async Task Half_of_the_nodes_put_right_helps_half_of_the_people()
    {
        var result = await InProcessCommand.RunAsync("detect", "your@contoso.com", "--scenario", "one-in-twenty", "--attempts", "200", "--fix", "perimeter/ex{02..06}: present complete", "--fix", "perimeter/ex07,ex08: install issuing", "--json");
        Assert.Equal(1, result.ExitCode);
        using var document = JsonDocument.Parse(result.Output);
        Assert.Equal(0.05, document.RootElement.GetProperty("successRate").GetDouble());
        var whatIf = document.RootElement.GetProperty("whatIf");
        Assert.Equal(2, whatIf.GetProperty("changes").GetArrayLength());
        Assert.Equal(0.4, whatIf.GetProperty("after").GetProperty("successRate").GetDouble());
    }

    [Fact]
    public async Task All_names_the_fewest_changes_and_shows_that_they_are_enough()
    {
        using var directory = new TemporaryFolder();
        var result = await InProcessCommand.RunAsync("detect", "your@contoso.com", "--scenario", directory.Write("two-faults.yaml", TwoFaults), "--attempts", "8", "--fix", "all", "--json");
        Assert.Equal(1, result.ExitCode);
        using var document = JsonDocument.Parse(result.Output);
        Assert.Equal(0, document.RootElement.GetProperty("successes").GetInt32());
        var whatIf = document.RootElement.GetProperty("whatIf");
        Assert.Equal(["front/fe02: present complete", "mail: preAuthentication default"], whatIf.GetProperty("changes").EnumerateArray().Select(change => change.GetString()));
        Assert.True(whatIf.GetProperty("isComplete").GetBoolean());
        Assert.True(whatIf.GetProperty("isSmallest").GetBoolean());
        Assert.Equal(1, whatIf.GetProperty("after").GetProperty("successRate").GetDouble());
    }

    [Fact]
    public async Task A_sound_world_needs_no_change()
    {
        var result = await InProcessCommand.RunAsync("detect", "your@contoso.com", "--scenario", "healthy", "--fix", "all");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("Nothing needs to be changed", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everything_that_is_wrong_with_changes_is_told_at_once()
    {
        var result = await InProcessCommand.RunAsync("detect", "your@contoso.com", "--scenario", "one-of-two", "--fix", "perimeter/ex09: present complete", "--fix", "present complete", "--fix", "perimeter: allow nowhere");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("no node `ex09`", result.Error, StringComparison.Ordinal);
        Assert.Contains("Expected a part, a colon", result.Error, StringComparison.Ordinal);
        Assert.Contains("nowhere", result.Error, StringComparison.Ordinal);
        var withoutLab = await InProcessCommand.RunAsync("detect", "your@contoso.com", "--url", "http://127.0.0.1:1/detect", "--fix", "all");
        Assert.Equal(2, withoutLab.ExitCode);
        Assert.Contains("--fix requires --scenario", withoutLab.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_check_shows_each_host_before_and_after()
    {
        using var directory = new TemporaryFolder();
        var result = await InProcessCommand.RunAsync("check", "autodiscover.contoso.com", "--scenario", directory.Write("two-chains.yaml", TwoFaults.Replace("preAuthentication: form", "present: missingIntermediate", StringComparison.Ordinal)), "--email", "your@contoso.com", "--fix", "front/fe02: present complete", "--json");
        Assert.Equal(1, result.ExitCode);
        var hosts = Hosts(result.Output);
        Assert.Equal([("autodiscover.contoso.com", 0.5, 1.0), ("mail.contoso.com", 0.0, 0.0)], hosts);
    }

    [Fact]
    public async Task Changes_to_a_host_outside_the_process_are_made_to_a_reproduction_of_it()
    {
        await using var lab = await LabProcess.StartAsync("one-of-two");
        string[] place = ["--proxy", lab.Gateway, "--ca", lab.RootCertificate];
        var result = await InProcessCommand.RunAsync(["check", "autodiscover.contoso.com", .. place, "--email", "your@contoso.com", "--fix", "all", "--json"]);
        Assert.Equal(1, result.ExitCode);
        using var document = JsonDocument.Parse(result.Output);
        var whatIf = document.RootElement.GetProperty("whatIf");
        Assert.True(whatIf.GetProperty("isReproduction").GetBoolean());
        Assert.Equal("perimeter/ex02: present complete", Assert.Single(whatIf.GetProperty("changes").EnumerateArray()).GetString());
        Assert.All(Hosts(result.Output), host => Assert.Equal((0.5, 1.0), (host.Before, host.After)));

        // The lab itself has not been touched.
        var again = await InProcessCommand.RunAsync(["check", "autodiscover.contoso.com", .. place, "--json"]);
        Assert.Equal(1, again.ExitCode);
    }

    private static List<(string? Host, double Before, double After)> Hosts(string json)
    {
        using var document = JsonDocument.Parse(json);
        return
        [
            .. document.RootElement.GetProperty("whatIf").GetProperty("hosts").EnumerateArray()
                .Select(host => (host.GetProperty("host").GetString(), host.GetProperty("successRateBefore").GetDouble(), host.GetProperty("successRate").GetDouble())),
        ];
    }
}

namespace AutoDetectSim.Cli.Tests.Library;

/// <summary><c>new</c>: a scenario from a template.</summary>
public sealed class NewCommandTests
{
    [Fact]
    public async Task A_scenario_from_a_template_is_written_and_an_existing_file_is_kept()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "customer.yaml");
        var made = await Tool.AutoDetectSimAsync("new", "balancer", "--domain", "fabrikam.com", "--nodes", "20", "-o", file);
        Assert.True(made.ExitCode == 0, made.ToString());
        var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        Assert.Contains("\"ex{01..20}\"", text, StringComparison.Ordinal);
        Assert.Contains("your@fabrikam.com", text, StringComparison.Ordinal);

        var again = await Tool.AutoDetectSimAsync("new", "hybrid", "-o", file);
        Assert.Equal(2, again.ExitCode);
        Assert.Contains("--force", again.Error, StringComparison.Ordinal);
        Assert.Equal(text, await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("new balancr", "did you mean 'balancer'?")]
    [InlineData("new x", "choose from: balancer, hybrid, mail-provider, one-server, terminating-device.")]
    [InlineData("new one-server --nodes 2", "The template one-server has one server")]
    [InlineData("new hybrid --domain com", "'com' is not a domain name such as contoso.com.")]
    [InlineData("new --domain fabrikam.com", "Give a TEMPLATE")]
    public async Task What_cannot_be_made_is_refused_with_the_way_out(string line, string problem)
    {
        var result = await Tool.AutoDetectSimAsync(line.Split(' '));
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(problem, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_name_the_templates_are_listed()
    {
        var result = await Tool.AutoDetectSimAsync("new");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("terminating-device", result.Output, StringComparison.Ordinal);
    }
}

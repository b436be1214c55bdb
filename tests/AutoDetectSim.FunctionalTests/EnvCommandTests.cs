using AutoDetectSim.FunctionalTests.Support;

namespace AutoDetectSim.FunctionalTests;

/// <summary><c>env</c> in the shells that people use.</summary>
public sealed class EnvCommandTests
{
    private const string Curl = "curl -sS -H 'x-email: your@contoso.com' \"$DETECT_URL\"";

    private static readonly string Program = $"dotnet '{Tool.CommandAssembly}'";

    [Theory]
    [Trait("Needs", "tools")]
    [InlineData("bash")]
    [InlineData("sh")]
    public async Task A_posix_shell_that_evaluates_it_reaches_the_lab_with_a_short_line(string shell)
    {
        await using var lab = await LabProcess.StartAsync("none-complete", "--dns-port", "0");

        var result = await RunAsync(lab, shell, $"eval \"$({Program} env --shell bash)\"; {Curl}; echo; echo \"$GATEWAY $ROOT $CUSTOMER $FRONT_DOOR $DNS\"; curl -sS https://autodiscover.contoso.com/");

        Assert.Contains("""{"email":"your@contoso.com","services":[],"protocols":[]}""", result.Output, StringComparison.Ordinal);
        Assert.Contains(
            $"{lab.Gateway} {lab.RootCertificate} {lab.VirtualIp("perimeter").GetProperty("endpoint").GetString()} {lab.VirtualIp("autodetect").GetProperty("endpoint").GetString()} {lab.Ready.GetProperty("dns").GetString()}",
            result.Output,
            StringComparison.Ordinal);
        Assert.Contains("curl: (60) SSL certificate problem: unable to get local issuer certificate", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Needs", "tools")]
    public async Task Fish_sources_it_and_takes_it_back()
    {
        await using var lab = await LabProcess.StartAsync("healthy");

        var result = await RunAsync(lab, "fish", $"{Program} env --shell fish | source; {Curl}; {Program} env --shell fish --unset | source; echo \"gateway: $GATEWAY $HTTPS_PROXY\"");

        Assert.Contains("\"service\":\"office365\"", result.Output, StringComparison.Ordinal);
        Assert.EndsWith("gateway:  \n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Needs", "tools")]
    public async Task PowerShell_invokes_it()
    {
        await using var lab = await LabProcess.StartAsync("healthy");

        var script = $"& dotnet '{Tool.CommandAssembly}' env --shell powershell | Out-String | Invoke-Expression; (Invoke-WebRequest -SkipCertificateCheck -Headers @{{ 'x-email' = 'your@contoso.com' }} -Uri $env:DETECT_URL).Content; $env:ROOT";
        var result = await Tool.RunAsync(await PowerShell.Program.Value, ["-NoProfile", "-NonInteractive", "-Command", script], environment: Environment(lab));

        Assert.Contains("\"service\":\"office365\"", result.Output, StringComparison.Ordinal);
        Assert.Contains(lab.RootCertificate, result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_ready_file_names_a_lab_as_well_and_a_file_that_is_not_one_is_refused()
    {
        await using var lab = await LabProcess.StartAsync("healthy");

        var result = await Tool.AutoDetectSimAsync("env", "--shell", "bash", "--lab", lab.ReadyFilePath);
        Assert.Contains($"export GATEWAY='{lab.Gateway}'\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("unset DNS\n", result.Output, StringComparison.Ordinal);

        var other = await Tool.AutoDetectSimAsync("env", "--lab", lab.RootCertificate);
        Assert.Equal((2, ""), (other.ExitCode, other.Output));
        Assert.Contains("not a ready file", other.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_lab_it_says_how_to_start_one_and_of_several_it_lets_me_choose()
    {
        using var folder = new TemporaryFolder();
        var none = await Tool.RunAsync("dotnet", [Tool.CommandAssembly, "env"], environment: new Dictionary<string, string> { [LabProcess.DataVariable] = folder.Path });
        Assert.Equal((3, ""), (none.ExitCode, none.Output));
        Assert.Contains("No lab is running. Start one in another terminal: autodetectsim run SCENARIO", none.Error, StringComparison.Ordinal);

        await using var first = await LabProcess.StartAsync("healthy");
        await using var second = await LabProcess.StartBesideAsync(first, "one-of-two");
        var several = await RunAsync(first, "sh", $"{Program} env");
        Assert.Equal((2, ""), (several.ExitCode, several.Output));
        Assert.Contains("2 labs are running: ", several.Error, StringComparison.Ordinal);
        Assert.Contains($"one-of-two (gateway port {new Uri(second.Gateway).Port})", several.Error, StringComparison.Ordinal);

        var chosen = await RunAsync(first, "sh", $"{Program} env one-of-two --shell bash; {Program} env {new Uri(first.Gateway).Port} --shell bash");
        Assert.Contains($"GATEWAY='{second.Gateway}'", chosen.Output, StringComparison.Ordinal);
        Assert.Contains($"GATEWAY='{first.Gateway}'", chosen.Output, StringComparison.Ordinal);

        // A lab that is killed leaves its entry behind, which then no longer counts.
        await second.KillAsync();
        var left = await RunAsync(first, "sh", $"{Program} env --shell bash");
        Assert.Contains($"GATEWAY='{first.Gateway}'", left.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_of_running_labs_holds_no_token_and_is_for_the_user_alone()
    {
        await using var lab = await LabProcess.StartAsync("healthy", "--control", "--wiremock-admin");
        Assert.NotEmpty(lab.Ready.GetProperty("wireMockToken").GetString()!);

        var listed = Assert.Single(Directory.GetFiles(Path.Combine(lab.DataFolder, "labs"), "*.json"));
        var text = await File.ReadAllTextAsync(listed, TestContext.Current.CancellationToken);

        Assert.Contains(lab.Gateway, text, StringComparison.Ordinal);
        Assert.DoesNotContain("oken", text, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(listed));
        }
    }

    private static Task<ToolResult> RunAsync(LabProcess lab, string shell, string script) => Tool.RunAsync(shell, ["-c", script], environment: Environment(lab));

    private static Dictionary<string, string> Environment(LabProcess lab) => new() { [LabProcess.DataVariable] = lab.DataFolder, ["HOME"] = lab.DataFolder };
}

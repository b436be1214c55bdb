using System.Text.Json;
using AutoDetectSim.FunctionalTests.Support;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.FunctionalTests;

public sealed class ChangeCommandTests
{
    [Fact]
    [Trait("Needs", "tools")]
    public async Task A_lab_in_another_process_is_changed_shown_and_set_back()
    {
        await using var lab = await LabProcess.StartAsync("none-complete", "--control");
        Assert.Equal("UNABLE_TO_VERIFY_LEAF_SIGNATURE", await ErrorOfAsync(lab));

        var changed = await ChangeAsync(lab, "perimeter/ex{01..10}: present complete", "perimeter/ex{11..20}: install issuing", "--json");
        Assert.Equal(0, changed.ExitCode);
        Assert.Equal("Changed: perimeter/ex{01..10}: present complete\nChanged: perimeter/ex{11..20}: install issuing\n", changed.Error.ReplaceLineEndings("\n"));
        using var state = JsonDocument.Parse(changed.Output);
        Assert.All(state.RootElement.GetProperty("virtualIps")[0].GetProperty("nodes").EnumerateArray(), node => Assert.Equal(2, node.GetProperty("presents").GetArrayLength()));
        Assert.Null(await ErrorOfAsync(lab));

        var shown = await ChangeAsync(lab, "--show");
        Assert.Empty(ScenarioLoader.Parse(shown.Output, "shown.yaml", baseDirectory: null).Problems);

        var undone = await ChangeAsync(lab, "--undo");
        Assert.Equal((0, "Undone: perimeter/ex{11..20}: install issuing"), (undone.ExitCode, undone.Output.Trim()));
        Assert.Equal(0, (await ChangeAsync(lab, "--reset")).ExitCode);
        Assert.Equal("UNABLE_TO_VERIFY_LEAF_SIGNATURE", await ErrorOfAsync(lab));
    }

    [Fact]
    [Trait("Needs", "tools")]
    public async Task What_cannot_be_changed_is_told_and_what_came_before_it_stays()
    {
        await using var lab = await LabProcess.StartAsync("none-complete", "--control");
        var result = await ChangeAsync(lab, "perimeter/*: present complete", "perimeter/ex77: present complete", "perimeter/*: up false");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("ex77", result.Error, StringComparison.Ordinal);
        Assert.Null(await ErrorOfAsync(lab));
    }

    [Fact]
    public async Task A_lab_that_nobody_opened_cannot_be_changed()
    {
        await using var lab = await LabProcess.StartAsync("none-complete");
        Assert.False(lab.Ready.TryGetProperty("control", out _));
        var result = await ChangeAsync(lab, "perimeter/*: present complete");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("start it with run --control", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lab_that_is_gone_is_told_with_exit_code_3()
    {
        using var folder = new TemporaryFolder();
        string ready;
        await using (var lab = await LabProcess.StartAsync("none-complete", "--control"))
        {
            ready = folder.Write("ready.json", await File.ReadAllTextAsync(lab.ReadyFilePath, TestContext.Current.CancellationToken));
        }

        var result = await InProcessCommand.RunAsync("change", "perimeter/*: present complete", "--lab", ready);
        Assert.Equal(3, result.ExitCode);
        Assert.Contains("the lab no longer answers", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Give a change, --reset, --undo, --show or --json.")]
    [InlineData("--show and --json both write to standard output: give one of them.", "--show", "--json")]
    [InlineData("not a ready file of 'run --ready-file'.", "mail: renew")]
    public async Task A_command_line_that_cannot_be_is_told(string message, params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        var result = await InProcessCommand.RunAsync(["change", .. arguments, "--lab", folder.Write("ready.json", "{")]);
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_with_control_needs_a_ready_file()
    {
        var result = await InProcessCommand.RunAsync("run", "none-complete", "--control");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("--control requires --ready-file", result.Error, StringComparison.Ordinal);
    }

    private static Task<ToolResult> ChangeAsync(LabProcess lab, params string[] arguments) => InProcessCommand.RunAsync(["change", .. arguments, "--lab", lab.ReadyFilePath]);

    /// <summary>The header X-AutoDv2-Error of a detection by curl; null where there is none.</summary>
    private static async Task<string?> ErrorOfAsync(LabProcess lab)
    {
        var answer = await Tool.RunAsync("curl", ["-sS", "-x", lab.Gateway, "--cacert", lab.RootCertificate, "-H", "x-email: your@contoso.com", "-o", Path.Combine(Path.GetDirectoryName(lab.ReadyFilePath)!, "body"), "-D", "-", lab.DetectUrl]);
        const string Name = "X-AutoDv2-Error: ";
        return answer.Output.Split("\r\n").FirstOrDefault(line => line.StartsWith(Name, StringComparison.Ordinal))?[Name.Length..];
    }
}

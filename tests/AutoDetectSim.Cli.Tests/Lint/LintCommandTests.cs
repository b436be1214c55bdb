using System.CommandLine;
using System.Text.Json;
using AutoDetectSim.Cli.Lint;
using AutoDetectSim.Cli.Output;
using AutoDetectSim.Cli.Schema;
using AutoDetectSim.Scenarios;
namespace AutoDetectSim.Cli.Tests.Lint;

public sealed class LintCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("lint-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Every_problem_of_every_file_is_printed_with_its_place()
    {
        var bad = Write("bad.yaml", "titel: x\nseed: one\n");
        var worse = Write(Path.Combine("below", "worse.yml"), "expect: [{ detect: nobody }]\n");
        Write("good.yaml", "title: fine\n");

        var (exit, output, errors) = await RunAsync(LintCommand.Create(), "lint", _folder.FullName);

        Assert.Equal(2, exit);
        Assert.Empty(errors);
        Assert.Equal(
            [
                $"{bad}:1:1: Unknown key `titel`; did you mean `title`?",
                $"{bad}:2:7: `seed` is `one`, expected a whole number",
                $"{worse}:1:20: `detect`: `nobody` is not an e-mail address such as your@contoso.com",
                "3 files: 3 problems in 2 of them.",
            ],
            output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    [Fact]
    public async Task Good_files_give_exit_code_0()
    {
        var good = Write("good.yaml", "title: fine\n");

        var (exit, output, errors) = await RunAsync(LintCommand.Create(), "lint", good);

        Assert.Equal((0, "1 file: no problems.", ""), (exit, output.Trim(), errors));
    }

    [Fact]
    public async Task Links_to_folders_are_not_followed_and_no_file_is_counted_twice()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a right on Windows.");
        var good = Write(Path.Combine("one", "good.yaml"), "title: fine\n");
        Write(Path.Combine("two", "lesson.yaml"), "title: { damaged\n");
        var folder = Path.Combine(_folder.FullName, "one");
        File.CreateSymbolicLink(Path.Combine(folder, "same.yaml"), good);
        Directory.CreateSymbolicLink(Path.Combine(folder, "loop"), folder);
        Directory.CreateSymbolicLink(Path.Combine(folder, "again"), folder);
        Directory.CreateSymbolicLink(Path.Combine(folder, "elsewhere"), Path.Combine(_folder.FullName, "two"));

        var (exit, output, _) = await RunAsync(LintCommand.Create(), "lint", folder, good, Path.Combine(folder, "..", "one", "good.yaml"));

        Assert.Equal((0, "1 file: no problems."), (exit, output.Trim()));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    public async Task A_load_balancer_without_nodes_is_a_problem(string nodes)
    {
        var bad = Write("bad.yaml", $"loadBalancers: {{ perimeter: {{ nodes: {nodes} }} }}\n");

        var (exit, output, _) = await RunAsync(LintCommand.Create(), "lint", bad);

        Assert.Equal(2, exit);
        Assert.Contains("`nodes` is empty: name at least one, or leave it out for one node", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GitHub_is_shown_each_problem_at_its_line()
    {
        var bad = Write("bad.yaml", "titel: x, 100%\n");

        var (exit, output, _) = await RunAsync(LintCommand.Create(), "lint", "--github", bad);

        Assert.Equal(2, exit);
        Assert.Contains($"::error file={bad},line=1,col=1,title=autodetectsim lint::Unknown key `titel`; did you mean `title`?", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_is_one_document_with_file_line_column_and_what_was_expected()
    {
        var bad = Write("bad.yaml", "titel: x\n");

        var (exit, output, errors) = await RunAsync(LintCommand.Create(), "lint", "--json", bad);

        Assert.Equal((2, ""), (exit, errors));
        using var document = JsonDocument.Parse(output);
        Assert.Equal(1, document.RootElement.GetProperty("files").GetInt32());
        var problem = Assert.Single(document.RootElement.GetProperty("problems").EnumerateArray());
        Assert.Equal(bad, problem.GetProperty("file").GetString());
        Assert.Equal((1, 1), (problem.GetProperty("line").GetInt32(), problem.GetProperty("column").GetInt32()));
        Assert.Equal(("titel", "title"), (problem.GetProperty("value").GetString(), problem.GetProperty("expected").GetString()));
    }

    [Fact]
    public async Task A_path_that_does_not_exist_is_invalid_input() =>
        await Assert.ThrowsAsync<InputException>(() => RunAsync(LintCommand.Create(), "lint", Path.Combine(_folder.FullName, "none")));

    [Fact]
    public async Task Schema_prints_the_schema_and_nothing_else()
    {
        var (exit, output, errors) = await RunAsync(SchemaCommand.Create(), "schema");

        Assert.Equal((0, ScenarioSchema.Generate(), ""), (exit, output, errors));
        using var document = JsonDocument.Parse(output);
        Assert.Contains("world", document.RootElement.GetProperty("description").GetString(), StringComparison.Ordinal);
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    private static async Task<(int Exit, string Output, string Errors)> RunAsync(Command command, params string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var exit = await new RootCommand { command }.Parse(arguments).InvokeAsync(
            new InvocationConfiguration { Output = output, Error = errors, EnableDefaultExceptionHandler = false },
            TestContext.Current.CancellationToken);
        return (exit, output.ToString(), errors.ToString());
    }
}

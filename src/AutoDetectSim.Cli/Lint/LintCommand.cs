using System.CommandLine;
using AutoDetectSim.Cli.Output;
using AutoDetectSim.Documents;
using AutoDetectSim.Exchange.Answers;
using AutoDetectSim.Regression;
using AutoDetectSim.Regression.Adapters;
using AutoDetectSim.Regression.Packs;
using AutoDetectSim.Scenarios;
using AutoDetectSim.Scenarios.Library;
using AutoDetectSim.Training.Library;

namespace AutoDetectSim.Cli.Lint;

/// <summary><c>lint PATH..</c>: lists every problem in scenario files, without running them.</summary>
internal static class LintCommand
{
    public static Command Create()
    {
        var paths = new Argument<string[]>("PATH") { Description = "Scenario files, adapters, packs, lessons, folders to search for them, or names and themes of the library.", Arity = ArgumentArity.OneOrMore };
        var changesOf = new Option<string?>("--changes-of") { Description = "Scenario (file or name) that the files change: each is then read as changes in the form of a remedy, and checked with the scenario that they make.", HelpName = "SCENARIO" };
        var github = GitHubAnnotations.CreateOption();
        var json = new Option<bool>("--json") { Description = "JSON document on standard output." };
        var command = new Command("lint", "Check scenario files, adapters, packs and lessons, and list every problem with its file, line and column.") { paths, changesOf, github, json };
        command.SetAction(parsed =>
        {
            var (files, problems) = parsed.GetValue(changesOf) is { } scenario ? LintChanges(scenario, parsed.GetValue(paths)!) : LintAll(parsed.GetValue(paths)!);
            if (parsed.GetValue(json))
            {
                parsed.InvocationConfiguration.Output.WriteLine(ReadableJson.Text(new LintReport(files, problems), LintJson.Default.LintReport));
            }
            else
            {
                WriteText(files, problems, parsed.InvocationConfiguration.Output);
            }

            if (parsed.GetValue(github))
            {
                foreach (var problem in problems)
                {
                    GitHubAnnotations.Write(
                        parsed.GetValue(json) ? parsed.InvocationConfiguration.Error : parsed.InvocationConfiguration.Output,
                        new GitHubAnnotation { File = problem.File, Line = problem.Line, Column = problem.Column, Title = "autodetectsim lint", Message = problem.Message });
                }
            }

            return problems.Count == 0 ? ExitCodes.Success : ExitCodes.InvalidInput;
        });
        return command;
    }

    private static (int Files, List<DocumentProblem> Problems) LintAll(string[] paths)
    {
        var selection = LintSelection.Find(paths);
        return (selection.Count, [.. selection.Files.SelectMany(Problems), .. selection.Lessons.SelectMany(lesson => LessonLibrary.Load(lesson).Problems)]);
    }

    private static (int Files, List<DocumentProblem> Problems) LintChanges(string scenario, string[] paths)
    {
        var loaded = ScenarioLibrary.Load(scenario);
        return loaded.Scenario is { } changed ? (paths.Length, [.. paths.SelectMany(path => ScenarioOverlay.Check(path, changed))]) : (1, [.. loaded.Problems]);
    }

    private static IReadOnlyList<DocumentProblem> Problems(string file) => FileKinds.Of(file) switch
    {
        FileKind.Adapter => AdapterFile.Load(file).Problems,
        FileKind.Pack => PackFile.Load(file).Problems,
        _ => ScenarioProblems(file),
    };

    private static IReadOnlyList<DocumentProblem> ScenarioProblems(string file)
    {
        var result = ScenarioLibrary.Load(file);
        return result.Scenario is { } scenario
            ? [.. new[] { scenario, scenario.Fault?.Repaired }.OfType<Scenario>().SelectMany(MappingFiles.Check).Distinct()]
            : result.Problems;
    }

    private static void WriteText(int files, List<DocumentProblem> problems, TextWriter output)
    {
        // Editors and CI systems read a problem per line; only a terminal breaks it.
        var width = Console.IsOutputRedirected ? int.MaxValue : OutputWidth.OfOutput;
        var counted = files == 1 ? "1 file" : $"{files} files";
        var summary = problems.Count == 0
            ? $"{counted}: no problems."
            : $"{counted}: {problems.Count} {(problems.Count == 1 ? "problem" : "problems")} in {problems.Select(problem => problem.File).Distinct(StringComparer.Ordinal).Count()} of them.";
        foreach (var line in problems.Select(problem => problem.ToString()).Append(summary).SelectMany(line => TextFlow.WrapItem(line, width)))
        {
            output.WriteLine(line);
        }
    }
}

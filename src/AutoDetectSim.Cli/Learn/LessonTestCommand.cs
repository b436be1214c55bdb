using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using AutoDetectSim.Cli.Output;
using AutoDetectSim.Scenarios.Library;
using AutoDetectSim.Training.Library;
using AutoDetectSim.Training.Testing;

namespace AutoDetectSim.Cli.Learn;

/// <summary><c>learn test FOLDER..</c>: does lessons as their authors say, with several seeds.</summary>
internal static class LessonTestCommand
{
    private const int UsualSeeds = 5;

    public static Command Create()
    {
        var lessons = new Argument<string[]>("LESSON") { Description = "Folders with a lesson, folders with several, or names of built-in lessons.", Arity = ArgumentArity.OneOrMore };
        var seeds = CheckedOption.WholeNumber("--seeds", "Number of seeds to test each lesson with (1 to 1,000); each draws another variant.", 1, 1000, UsualSeeds);
        var command = new Command("test", "Test lessons for their author: the expectations, every step of the solution, and every wrong repair, with several seeds. Reports every problem.") { lessons, seeds };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var found = Find(parsed.GetValue(lessons)!);
            var numbers = Enumerable.Range(1, parsed.GetValue(seeds)).ToList();
            var asJson = parsed.GetValue(LearnOptions.Json);
            var tester = new LessonTester(RunSelfAsync);
            var results = await ProgressBar.RunAsync("Testing lessons", found.Count * numbers.Count, show: !asJson, async progress =>
            {
                var done = 0;
                var tested = new List<LessonTestResult>();
                foreach (var lesson in found)
                {
                    var name = Path.GetFileName(lesson.TrimEnd(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar));
                    var result = await tester.TestAsync(name, LessonLibrary.Load(lesson), numbers, () => progress?.Report(Interlocked.Increment(ref done)), cancellationToken);
                    tested.Add(result);
                }

                return tested;
            });
            if (asJson)
            {
                Console.Out.WriteLine(JsonSerializer.Serialize(new LessonTestReport(results), LearnJson.Default.LessonTestReport));
            }
            else
            {
                Write(results, LearnOptions.People);
            }

            return results.Exists(result => result.Files.Count > 0) ? ExitCodes.InvalidInput
                : results.TrueForAll(result => result.IsPassed) ? ExitCodes.Success
                : ExitCodes.NotAsExpected;
        });
        return command;
    }

    private static List<string> Find(IEnumerable<string> paths)
    {
        var found = new List<string>();
        foreach (var path in paths)
        {
            if (Directory.Exists(path) && !ScenarioSelection.IsLesson(path))
            {
                var below = Directory.EnumerateDirectories(path).Where(ScenarioSelection.IsLesson).Order(StringComparer.Ordinal).ToList();
                found.AddRange(below.Count > 0 ? below : throw new InputException($"{path}: no lesson was found in this folder: a lesson is a folder with a {ScenarioSelection.LessonFile}."));
            }
            else
            {
                found.Add(path);
            }
        }

        return [.. found.Distinct(StringComparer.Ordinal)];
    }

    private static void Write(List<LessonTestResult> results, TextWriter writer)
    {
        foreach (var result in results)
        {
            var problems = result.Files.Count + result.Problems.Count;
            writer.WriteLine(problems == 0
                ? string.Create(CultureInfo.InvariantCulture, $"{result.Lesson}: passed with {result.Seeds.Count} {(result.Seeds.Count == 1 ? "seed" : "seeds")}.")
                : string.Create(CultureInfo.InvariantCulture, $"{result.Lesson}: {problems} {(problems == 1 ? "problem" : "problems")}"));
            foreach (var problem in result.Files)
            {
                writer.WriteLine("  " + problem);
            }

            foreach (var problem in result.Problems)
            {
                var which = problem.Seeds.Count == result.Seeds.Count ? "every seed" : $"{(problem.Seeds.Count == 1 ? "seed" : "seeds")} {string.Join(", ", problem.Seeds)}";
                writer.WriteLine($"  {problem.Place}: {problem.Message} ({which})");
            }
        }
    }

    /// <summary>Runs this very command in a separate process: what it prints belongs to a step of a lesson.</summary>
    private static async Task<(int ExitCode, string Error)> RunSelfAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var assembly = typeof(LessonTestCommand).Assembly.Location;
        var isApp = string.Equals(Path.GetFileNameWithoutExtension(Environment.ProcessPath), Path.GetFileNameWithoutExtension(assembly), StringComparison.OrdinalIgnoreCase);
        var start = new ProcessStartInfo(isApp ? Environment.ProcessPath! : "dotnet", isApp ? arguments : [assembly, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = await process.StandardError.ReadToEndAsync(cancellationToken);
        await output;
        await process.WaitForExitAsync(cancellationToken);
        return (process.ExitCode, error);
    }
}

/// <summary>Tests of lessons. Its JSON form is a contract: members are added, never renamed.</summary>
internal sealed record LessonTestReport(IReadOnlyList<LessonTestResult> Lessons);

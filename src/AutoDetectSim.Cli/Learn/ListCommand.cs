using System.CommandLine;
using System.Globalization;
using AutoDetectSim.Cli.Output;
using AutoDetectSim.Documents;
using AutoDetectSim.Scenarios.Library;
using AutoDetectSim.Training.Lessons;
using AutoDetectSim.Training.Library;
using AutoDetectSim.Training.Progress;
using Spectre.Console;

namespace AutoDetectSim.Cli.Learn;

/// <summary><c>learn list</c>: all lessons, and how far the trainee is.</summary>
internal static class ListCommand
{
    public static Command Create()
    {
        var folder = new Argument<DirectoryInfo?>("FOLDER") { Description = "Folder with your own lessons. Default: the built-in lessons.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("list", "List the lessons, with your progress.") { folder };
        command.SetAction((parsed, _) => LearnCommand.GuardAsync(() =>
        {
            var store = LearnOptions.Store(parsed);
            var problems = new List<DocumentProblem>();
            var list = LessonList.Make(parsed.GetValue(folder) is { } own ? Load(own, problems) : LessonLibrary.All, store.Read(), store.Folder);
            if (parsed.GetValue(LearnOptions.Json))
            {
                Console.Out.WriteLine(ReadableJson.Text(list, LearnJson.Default.LessonList));
            }
            else
            {
                Write(list, parsed.GetValue(folder)?.ToString());
            }

            foreach (var problem in problems)
            {
                Notice.WriteLine(problem.ToString());
            }

            return Task.FromResult(problems.Count == 0 ? ExitCodes.Success : ExitCodes.InvalidInput);
        }));
        return command;
    }

    private static List<Lesson> Load(DirectoryInfo folder, List<DocumentProblem> problems)
    {
        if (!folder.Exists)
        {
            throw new InputException($"{folder.FullName}: folder not found.");
        }

        // Lessons with problems are missing from the list, and their problems follow it.
        var results = folder.EnumerateDirectories().Where(one => ScenarioSelection.IsLesson(one.FullName)).Select(one => LessonLibrary.Load(one.FullName)).ToList();
        if (results.Count == 0)
        {
            throw new InputException($"{folder.FullName}: no lessons were found. A lesson is a folder in it with a {LessonFiles.Lesson}.");
        }

        problems.AddRange(results.SelectMany(result => result.Problems));
        return [.. results.Select(result => result.Lesson).OfType<Lesson>().OrderBy(lesson => lesson.Definition.Order).ThenBy(lesson => lesson.Name, StringComparer.Ordinal)];
    }

    private static void Write(LessonList list, string? folder)
    {
        var console = HumanConsole.Create();
        var table = new ReportTable("Lesson", "Level", "Topic", "Time", "State", "Hints", "Probes", "Points");
        foreach (var lesson in list.Lessons)
        {
            table.Add(
                lesson.Name,
                lesson.Level,
                lesson.Title,
                lesson.Minutes is { } minutes ? string.Create(CultureInfo.InvariantCulture, $"{minutes} min") : string.Empty,
                StateOf(lesson.State),
                lesson.State == LessonState.NotStarted ? string.Empty : lesson.Hints.ToString(CultureInfo.InvariantCulture),
                lesson.State == LessonState.NotStarted ? string.Empty : lesson.Probes.ToString(CultureInfo.InvariantCulture),
                lesson.Points?.ToString(CultureInfo.InvariantCulture) ?? string.Empty);
        }

        if (list.Lessons.Count == 0)
        {
            return;
        }

        table.WriteTo(console);
        var place = folder is null ? string.Empty : folder.TrimEnd('/', '\\') + "/";
        console.Prose(list.Next is { } next
            ? $"Next: autodetectsim learn start {place}{next}"
            : "All lessons are solved. There are more cases in learn mystery --level 1 to 4.");
        console.Prose("Start any other one by its name. The lab then runs in that terminal; work on it from a second one.");
    }

    public static ReportCell StateOf(LessonState state) => state switch
    {
        LessonState.Open => new("open", Color.Yellow),
        LessonState.Solved => new("solved", Color.Green),
        LessonState.GivenUp => new("given up"),
        _ => new(string.Empty),
    };
}

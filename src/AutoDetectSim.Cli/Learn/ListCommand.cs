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
            var list = LessonList.Make(parsed.GetValue(folder) is { } own ? Load(own) : LessonLibrary.All, store.Read(), store.Folder);
            if (parsed.GetValue(LearnOptions.Json))
            {
                Console.Out.WriteLine(ReadableJson.Text(list, LearnJson.Default.LessonList));
            }
            else
            {
                Write(list);
            }

            return Task.FromResult(ExitCodes.Success);
        }));
        return command;
    }

    private static List<Lesson> Load(DirectoryInfo folder)
    {
        if (!folder.Exists)
        {
            throw new InputException($"{folder.FullName}: folder not found.");
        }

        var results = folder.EnumerateDirectories().Where(one => ScenarioSelection.IsLesson(one.FullName)).Select(one => LessonLibrary.Load(one.FullName)).ToList();
        var problems = results.SelectMany(result => result.Problems).ToList();
        return problems.Count == 0
            ? [.. results.Select(result => result.Lesson!).OrderBy(lesson => lesson.Definition.Order).ThenBy(lesson => lesson.Name, StringComparer.Ordinal)]
            : throw new InputException(string.Join(Environment.NewLine, problems));
    }

    private static void Write(LessonList list)
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

        table.WriteTo(console);
        console.Prose("Start one: autodetectsim learn start LESSON");
    }

    public static ReportCell StateOf(LessonState state) => state switch
    {
        LessonState.Open => new("open", Color.Yellow),
        LessonState.Solved => new("solved", Color.Green),
        LessonState.GivenUp => new("given up"),
        _ => new(string.Empty),
    };
}

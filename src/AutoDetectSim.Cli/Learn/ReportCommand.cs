using System.CommandLine;
using System.Globalization;
using AutoDetectSim.Cli.Output;
using AutoDetectSim.Documents;
using AutoDetectSim.Training.Reporting;
using Spectre.Console;

namespace AutoDetectSim.Cli.Learn;

/// <summary><c>learn report DIR</c>: what a class has done, and where people got stuck.</summary>
internal static class ReportCommand
{
    public static Command Create()
    {
        var folder = new Argument<DirectoryInfo>("DIR") { Description = "Folder with the progress of a class: the --data folders of the trainees, or copies of their progress files." };
        var csv = new Option<bool>("--csv") { Description = "Comma-separated values on standard output, one line per trainee and lesson." };
        var command = new Command("report", "Show who solved what, with how many hints and probes, and where trainees got stuck.") { folder, csv };
        command.Validators.Add(result =>
        {
            if (result.GetValue(csv) && result.GetValue(LearnOptions.Json))
            {
                result.AddError("--csv and --json both write to standard output: give one of them.");
            }
        });
        command.SetAction((parsed, _) =>
        {
            var report = Read(parsed.GetValue(folder)!.FullName);
            if (parsed.GetValue(LearnOptions.Json))
            {
                Console.Out.WriteLine(ReadableJson.Text(report, LearnJson.Default.ClassReport));
            }
            else if (parsed.GetValue(csv))
            {
                ReportCsv.Write(report, Console.Out);
            }
            else
            {
                Write(report, HumanConsole.Create());
            }

            foreach (var problem in report.Problems)
            {
                Notice.WriteLine(problem);
            }

            return Task.FromResult(report.Problems.Count == 0 ? ExitCodes.Success : ExitCodes.InvalidInput);
        });
        return command;
    }

    private static ClassReport Read(string folder)
    {
        try
        {
            var (files, problems) = ClassFolder.Read(folder);
            return files.Count + problems.Count > 0
                ? ClassReporter.Make(files, problems)
                : throw new InputException($"{folder}: no progress file was found in this folder or below it.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{folder}: {exception.Message}");
        }
    }

    private static void Write(ClassReport report, IAnsiConsole console)
    {
        var people = new ReportTable("Trainee", "Lesson", "Level", "State", "Hints", "Probes", "Diagnoses", "Repairs", "Points", "Where");
        foreach (var entry in report.Entries)
        {
            people.Add(
                entry.Trainee,
                entry.Lesson,
                Text(entry.Level),
                ListCommand.StateOf(entry.State),
                Text(entry.Hints),
                entry.ProbesNeeded is { } needed ? $"{Text(entry.Probes)} ({Text(needed)} needed)" : Text(entry.Probes),
                entry.BestDiagnosis is { } best ? string.Create(CultureInfo.InvariantCulture, $"{entry.Diagnoses}, best {best * 100:0} %") : Text(entry.Diagnoses),
                Repairs(entry),
                entry.Points is { } points ? Text(points) : string.Empty,
                entry.StuckAt is { } point ? WordsOf(CamelCase<StuckPoint>.Of(point)) : string.Empty);
        }

        people.WriteTo(console);
        var lessons = new ReportTable("Lesson", "Begun", "Solved", "Given up", "Hints", "Probes", "Points", "Trainees' progress", "Wrong diagnoses", "Repairs that did not help");
        foreach (var lesson in report.Lessons)
        {
            lessons.Add(
                lesson.Lesson,
                Text(lesson.Begun),
                Text(lesson.Solved),
                Text(lesson.GivenUp),
                Text(lesson.MedianHints),
                Text(lesson.MedianProbes),
                lesson.MedianPoints is { } points ? Text(points) : string.Empty,
                Counted(lesson.StuckAt, WordsOf),
                Counted(lesson.WrongFaults, static word => word),
                Counted(lesson.WrongRepairs, static word => word));
        }

        lessons.WriteTo(console);
        console.Prose("Hints, probes and points of a lesson are medians.");
    }

    private static string Repairs(ReportEntry entry) =>
        entry.RepairsWithoutEffect + entry.HarmfulRepairs == 0
            ? Text(entry.Repairs)
            : string.Create(CultureInfo.InvariantCulture, $"{entry.Repairs}, {entry.RepairsWithoutEffect} without effect, {entry.HarmfulRepairs} harmful");

    private static string WordsOf(string point) => point switch
    {
        "looking" => "no diagnosis yet",
        "answering" => "answering questions",
        "naming" => "no correct diagnosis yet",
        _ => "not repaired yet",
    };

    private static string Counted(IReadOnlyDictionary<string, int> counts, Func<string, string> text) =>
        string.Join("\n", counts.Select(count => string.Create(CultureInfo.InvariantCulture, $"{text(count.Key)} ({count.Value})")));

    private static string Text(double number) => number.ToString("0.#", CultureInfo.InvariantCulture);
}

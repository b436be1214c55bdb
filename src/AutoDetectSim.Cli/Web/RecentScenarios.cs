using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using AutoDetectSim.Cli.Output;
using AutoDetectSim.Documents.Files;
using AutoDetectSim.Scenarios.Library;
using AutoDetectSim.Training.Progress;

namespace AutoDetectSim.Cli.Web;

/// <summary>The scenarios that the user has opened in a console lately, in the user's data folder: names of the library, and paths of files.</summary>
internal static class RecentScenarios
{
    private const string FileName = "recent.json";
    private const int Most = 8;
    private const int LargestFile = 64 * 1024;

    private static readonly OutputKind Kind = new("list of recent scenarios") { IsOurs = IsList };

    /// <summary>Remembers a scenario that is opened, and tells which ones were, the last one first. Where the folder cannot be read or written, the console does without.</summary>
    /// <param name="dataFolder">The data folder.</param>
    /// <param name="opened">The scenario as it was named; null for none.</param>
    public static IReadOnlyList<string> Open(string dataFolder, string? opened)
    {
        var path = Path.Combine(dataFolder, FileName);
        var known = Read(path);
        if (opened is null)
        {
            return known;
        }

        var name = File.Exists(opened) ? Path.GetFullPath(opened) : opened;
        IReadOnlyList<string> now = [.. known.Where(one => !string.Equals(one, name, StringComparison.Ordinal)).Prepend(name).Take(Most)];
        try
        {
            new ProgressStore(dataFolder, TimeProvider.System).CreateFolder();
            OutputFile.Claim(path, Kind).Write(Encoding.UTF8.GetBytes(Write(now)));
        }
        catch (Exception exception) when (exception is OutputFileException or ProgressException)
        {
            Notice.WriteLine($"The scenario is not added to the recent ones: {exception.Message}");
        }

        return now;
    }

    /// <summary>Whether a text is such a list, written as it is written here.</summary>
    private static bool IsList(string text) => Parse(text) is { Count: > 0 } names
        && names.All(name => ScenarioLibrary.Find(name).Count > 0 || Path.IsPathRooted(name))
        && string.Equals(Write(names), text, StringComparison.Ordinal);

    private static List<string> Read(string path)
    {
        try
        {
            return FileForms.Of(path) == FileForm.Regular ? Parse(InputFile.ReadText(path, LargestFile)) ?? [] : [];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>The names of a list; null for any other text.</summary>
    private static List<string>? Parse(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, RecentJson.Default.IReadOnlyListString)?.OfType<string>().Take(Most).ToList();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Write(IReadOnlyList<string> names) => JsonSerializer.Serialize(names, RecentJson.Default.IReadOnlyListString);
}

/// <summary>Source-generated JSON of the list.</summary>
[JsonSerializable(typeof(IReadOnlyList<string>))]
internal sealed partial class RecentJson : JsonSerializerContext;

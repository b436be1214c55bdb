using System.Text.Json;
using AutoDetectSim.Control;
using AutoDetectSim.Documents.Files;
using AutoDetectSim.Training.Progress;

namespace AutoDetectSim.Cli.Learn;

/// <summary>
/// How other terminals find the lesson that runs: a file beside the progress that only the user can read. It is as true as the
/// lock beside it is held, which the operating system lets go when the process of the lesson ends, however it ends.
/// </summary>
internal sealed record SessionFile
{
    private const string FileName = "session.json";
    private const string LockName = "session.lock";

    public required string Lesson { get; init; }

    public required ControlAccess Control { get; init; }

    /// <summary>Takes the place of the one lesson that runs for this folder.</summary>
    /// <exception cref="LabStartException">Another lesson runs.</exception>
    public static FileLock Take(string folder) =>
        FileLock.TryTake(Path.Combine(folder, LockName))
        ?? throw new LabStartException($"{(TryRead(folder) is { } other ? $"The lesson {other.Lesson}" : "A lesson")} is already running in another terminal: end it with learn stop, or separate a second trainee with --data FOLDER.");

    /// <summary>Session files, which have the token of the lesson in them.</summary>
    public static OutputKind Kind { get; } = new("session file") { IsSecret = true, IsOurs = ContentSeal.Json.IsOn };

    /// <summary>Where the file is.</summary>
    public static string PathIn(string folder) => Path.Combine(folder, FileName);

    /// <summary>Writes the file, readable for the user alone.</summary>
    /// <exception cref="OutputFileException">It cannot be written.</exception>
    public void Write(OutputFile file) => file.Write(ContentSeal.Json.Seal(JsonSerializer.Serialize(this, LearnJson.Default.SessionFile)));

    /// <summary>The running lesson, or null.</summary>
    public static SessionFile? Find(string folder) => IsTaken(folder) ? TryRead(folder) : null;

    /// <summary>Whether a lesson runs.</summary>
    public static bool IsTaken(string folder)
    {
        if (FileForms.Of(Path.Combine(folder, LockName)) != FileForm.Regular)
        {
            return false;
        }

        using var taken = FileLock.TryTake(Path.Combine(folder, LockName));
        return taken is null;
    }

    private static SessionFile? TryRead(string folder)
    {
        try
        {
            if (FileForms.Of(PathIn(folder)) != FileForm.Regular)
            {
                return null;
            }

            using var file = new FileStream(PathIn(folder), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return JsonSerializer.Deserialize(file, LearnJson.Default.SessionFile);
        }
        catch (Exception exception) when (exception is IOException or JsonException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

using System.Text.Json;
using AutoDetectSim.Cli.Output;
using AutoDetectSim.Control;
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

    /// <summary>Writes the file, readable for the user alone.</summary>
    /// <exception cref="InputException">It cannot be written.</exception>
    public void Write(string folder) => OutputFile.Write(Path.Combine(folder, FileName), "session file", temporary =>
    {
        File.Delete(temporary);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var file = new FileStream(temporary, options);
        JsonSerializer.Serialize(file, this, LearnJson.Default.SessionFile);
    });

    /// <summary>Takes the file away.</summary>
    public static void Delete(string folder) => File.Delete(Path.Combine(folder, FileName));

    /// <summary>The running lesson, or null.</summary>
    public static SessionFile? Find(string folder) => IsTaken(folder) ? TryRead(folder) : null;

    /// <summary>Whether a lesson runs.</summary>
    public static bool IsTaken(string folder)
    {
        if (!File.Exists(Path.Combine(folder, LockName)))
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
            using var file = new FileStream(Path.Combine(folder, FileName), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return JsonSerializer.Deserialize(file, LearnJson.Default.SessionFile);
        }
        catch (Exception exception) when (exception is IOException or JsonException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using AutoDetectSim.Documents.Files;

namespace AutoDetectSim.Training.Progress;

/// <summary>
/// The progress of one trainee in a folder. Every change is written to a new file, flushed and renamed over the
/// old one: a process killed at any moment leaves the whole old or the whole new state; several processes may
/// change it at once.
/// </summary>
internal sealed class ProgressStore
{
    public const string FileName = "progress.json";

    private const string LockName = "progress.lock";
    private const long LargestFile = 32 * 1024 * 1024;

    // What is replaced has been read as progress before, with the lock held.
    private static readonly OutputKind Kind = new("progress") { IsOurs = static _ => true };

    private readonly TimeProvider _time;

    /// <summary>Opens the store; nothing is written yet.</summary>
    /// <param name="folder">The folder; it is made when something is written.</param>
    /// <param name="time">For times in the records.</param>
    public ProgressStore(string folder, TimeProvider time)
    {
        Folder = Path.GetFullPath(folder);
        _time = time;
    }

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>The default folder for progress: in the user's application data.</summary>
    public static string DefaultFolder =>
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "AutoDetectSim");

    private string FilePath => Path.Combine(Folder, FileName);

    /// <summary>The present state; null where nothing has been done yet.</summary>
    /// <exception cref="ProgressException">The file cannot be read.</exception>
    public TraineeProgress? Read() => Read(FilePath);

    /// <summary>Reads any progress file; null if it does not exist.</summary>
    /// <exception cref="ProgressException">The file cannot be read.</exception>
    public static TraineeProgress? Read(string path)
    {
        try
        {
            if (FileForms.OfTarget(path) is not (FileForm.Regular or FileForm.Missing))
            {
                throw new ProgressException($"{path}: not a progress file: a device, pipe or folder.");
            }

            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var progress = file.Length > LargestFile
                ? throw ProgressProblems.Damaged(path, $"it is larger than {LargestFile / 1024 / 1024} MB")
                : JsonSerializer.Deserialize(file, ProgressJson.Default.TraineeProgress) ?? throw ProgressProblems.Damaged(path, "it holds no progress");
            if (ProgressCheck.Problem(progress) is { } problem)
            {
                throw ProgressProblems.Damaged(path, problem);
            }

            return progress.Format <= TraineeProgress.PresentFormat
                ? progress
                : throw new ProgressException(string.Create(CultureInfo.InvariantCulture, $"{path}: the file has format {progress.Format} of a later version; this version reads format {TraineeProgress.PresentFormat}."));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException)
        {
            var place = exception is JsonException { LineNumber: { } line } ? string.Create(CultureInfo.InvariantCulture, $"line {line + 1} is not valid JSON, or not a value that belongs there") : "it is not valid JSON";
            throw ProgressProblems.Damaged(path, place, exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ProgressException($"{path}: the progress cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>The present state, created if there is none yet.</summary>
    /// <param name="trainee">The name of a new trainee; null: that of the user.</param>
    /// <param name="seed">The seed of future draws; null keeps the present one, or chooses one for a new trainee.</param>
    /// <param name="cancellationToken">Gives up; what has begun to be written is written.</param>
    /// <exception cref="ProgressException">The file cannot be read or written.</exception>
    public async Task<TraineeProgress> OpenAsync(string? trainee, int? seed, CancellationToken cancellationToken)
    {
        using var held = await LockAsync(cancellationToken);
        var progress = Read();
        var wanted = progress is null
            ? new TraineeProgress { Trainee = trainee ?? Environment.UserName, Seed = seed ?? RandomNumberGenerator.GetInt32(int.MaxValue) }
            : progress with { Trainee = trainee ?? progress.Trainee, Seed = seed ?? progress.Seed };
        if (wanted != progress)
        {
            Write(wanted);
        }

        return wanted;
    }

    /// <summary>Changes one lesson.</summary>
    /// <param name="lesson">Its name.</param>
    /// <param name="change">Makes the new state from the present one; it is given null where the lesson has not been begun, and null from it takes the lesson away.</param>
    /// <param name="cancellationToken">Gives up; what has begun to be written is written.</param>
    /// <exception cref="ProgressException">The file cannot be read or written.</exception>
    public async Task<LessonProgress?> UpdateAsync(string lesson, Func<LessonProgress?, LessonProgress?> change, CancellationToken cancellationToken)
    {
        using var held = await LockAsync(cancellationToken);
        var progress = Read() ?? throw new ProgressException($"{FilePath}: the progress file no longer exists. Put it back, or end the lesson with Ctrl-C and start it again.");
        var now = change(progress.Lessons.GetValueOrDefault(lesson));
        Write(now is null
            ? progress with { Lessons = progress.Lessons.Where(entry => !string.Equals(entry.Key, lesson, StringComparison.Ordinal)).ToDictionary(StringComparer.Ordinal) }
            : progress.With(lesson, now));
        return now;
    }

    /// <summary>Makes the folder, readable for the user alone where it is new.</summary>
    /// <exception cref="ProgressException">It cannot be made.</exception>
    public void CreateFolder()
    {
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(Folder);
            }
            else
            {
                Directory.CreateDirectory(Folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw ProgressProblems.Problem(Folder, exception);
        }
    }

    private async Task<FileLock> LockAsync(CancellationToken cancellationToken)
    {
        CreateFolder();
        return await FileLock.TakeAsync(Path.Combine(Folder, LockName), _time, cancellationToken);
    }

    private void Write(TraineeProgress progress)
    {
        try
        {
            OutputFile.Claim(FilePath, Kind).Write(JsonSerializer.SerializeToUtf8Bytes(progress, ProgressJson.Default.TraineeProgress));
        }
        catch (OutputFileException exception)
        {
            throw ProgressProblems.Problem(FilePath, exception.InnerException ?? exception);
        }
    }
}

/// <summary>Progress that cannot be read or written.</summary>
internal sealed class ProgressException : Exception
{
    public ProgressException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}

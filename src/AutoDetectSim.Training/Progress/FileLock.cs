using AutoDetectSim.Documents.Files;

namespace AutoDetectSim.Training.Progress;

/// <summary>A file that one process at a time has open. The operating system closes it for a process that is killed.</summary>
internal sealed class FileLock : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly FileStream _file;

    private FileLock(FileStream file) => _file = file;

    /// <summary>Takes the lock if it is free.</summary>
    /// <returns>The lock, or null when another process, or another part of this one, has it.</returns>
    /// <exception cref="ProgressException">The file cannot be made.</exception>
    public static FileLock? TryTake(string path)
    {
        if (FileForms.Of(path) is not (FileForm.Regular or FileForm.Missing))
        {
            throw new ProgressException($"{path}: this is not a file, but AutoDetectSim needs a file of this name; move or rename it.");
        }

        try
        {
            return new FileLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException exception) when (ProgressProblems.IsInUse(exception))
        {
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw ProgressProblems.Problem(path, exception);
        }
    }

    /// <summary>Takes the lock, and waits for it while another has it.</summary>
    /// <exception cref="ProgressException">The file cannot be made, or the other does not let go.</exception>
    public static async Task<FileLock> TakeAsync(string path, TimeProvider time, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            if (TryTake(path) is { } taken)
            {
                return taken;
            }

            if (time.GetElapsedTime(started) > Patience)
            {
                throw new ProgressException($"{path}: another process has held this file for {Patience.TotalSeconds:0} seconds.");
            }

            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    public void Dispose() => _file.Dispose();
}

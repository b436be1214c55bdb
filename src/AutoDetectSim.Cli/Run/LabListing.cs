using System.Globalization;
using System.Text.Json;
using AutoDetectSim.Cli.Output;
using AutoDetectSim.Documents.Files;
using AutoDetectSim.Training.Progress;

namespace AutoDetectSim.Cli.Run;

/// <summary>
/// The running labs of a user, for other terminals to find: a file for each in the user's data folder, named like the port of its
/// gateway. An entry counts as long as the lock beside it is held, which the operating system releases when the process ends, however it ends.
/// </summary>
internal sealed class LabListing : IDisposable
{
    private const string FolderName = "labs";
    private const string EntryEnding = ".json";
    private const string LockEnding = ".lock";

    /// <summary>More is not an entry.</summary>
    private const int LargestEntry = 64 * 1024 * 1024;

    private readonly FileLock _held;
    private readonly string _lock;
    private readonly OutputFile _entry;

    private LabListing(FileLock held, string path, OutputFile entry)
    {
        _held = held;
        _lock = path;
        _entry = entry;
    }

    /// <summary>
    /// Lists a lab for as long as the result is not disposed of. Where the data folder cannot be written, or has files of the user in the places
    /// of the entry, the lab runs all the same, and a warning says that it is not listed.
    /// </summary>
    public static LabListing? TryAdd(string dataFolder, ReadyFile lab)
    {
        try
        {
            new ProgressStore(dataFolder, TimeProvider.System).CreateFolder();
            var folder = Path.Combine(dataFolder, FolderName);
            if (FileForms.Of(folder) is not (FileForm.Folder or FileForm.Missing))
            {
                throw new OutputFileException($"{folder}: this is not a folder, or a symbolic link, which is not followed.");
            }

            Directory.CreateDirectory(folder);
            var path = Path.Combine(folder, new Uri(lab.Gateway).Port.ToString(CultureInfo.InvariantCulture));
            var held = TryTake(path + LockEnding) ?? throw new OutputFileException($"{path + LockEnding}: this file exists and is not a lock file of AutoDetectSim, or another program has it open.");
            try
            {
                var entry = Claim(path + EntryEnding);
                // Tokens are for those to whom the ready file was given.
                (lab with { Control = null, WireMockToken = null }).Write(entry);
                return new LabListing(held, path + LockEnding, entry);
            }
            catch
            {
                Release(held, path + LockEnding);
                throw;
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ProgressException or OutputFileException)
        {
            Notice.WriteLine($"autodetectsim env will not find this lab without its ready file: {exception.Message}");
            return null;
        }
    }

    /// <summary>The labs that run now, by the ports of their gateways.</summary>
    public static IReadOnlyList<ReadyFile> Find(string dataFolder)
    {
        var folder = Path.Combine(dataFolder, FolderName);
        return FileForms.Of(folder) == FileForm.Folder
            ? [.. Directory.EnumerateFiles(folder, "*" + EntryEnding).Where(IsHeld).Select(TryRead).OfType<ReadyFile>().OrderBy(lab => new Uri(lab.Gateway).Port)]
            : [];
    }

    public void Dispose()
    {
        if (_entry.Delete() is { } problem)
        {
            Notice.WriteLine(problem);
        }

        Release(_held, _lock);
    }

    /// <summary>Lets go of a lock, without which the entry no longer counts, and deletes it.</summary>
    private static void Release(FileLock held, string path)
    {
        held.Dispose();
        try
        {
            if (IsLock(path))
            {
                File.Delete(path);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The next lab at this port takes it over.
        }
    }

    /// <summary>The lock of an entry, or null where there is another file or the lock is held.</summary>
    /// <exception cref="ProgressException">The file cannot be made.</exception>
    private static FileLock? TryTake(string path) => IsLock(path) || FileForms.Of(path) == FileForm.Missing ? FileLock.TryTake(path) : null;

    /// <summary>Whether a file is a lock: those are empty.</summary>
    private static bool IsLock(string path) => FileForms.Of(path) == FileForm.Regular && new FileInfo(path).Length == 0;

    /// <summary>The place of an entry. The lock is held: an entry there is of a lab that has ended, whatever process it names.</summary>
    /// <exception cref="OutputFileException">There is a file of the user.</exception>
    private static OutputFile Claim(string path)
    {
        var isThere = FileForms.Of(path) != FileForm.Missing;
        return isThere && !(FileForms.Of(path) == FileForm.Regular && ReadyFile.Kind.IsOurs(InputFile.ReadText(path, LargestEntry)))
            ? throw new OutputFileException($"{path}: this exists and is not AutoDetectSim's; move or rename it.")
            : OutputFile.Claim(path, ReadyFile.Kind, force: isThere);
    }

    private static bool IsHeld(string path)
    {
        try
        {
            var file = Path.ChangeExtension(path, LockEnding);
            if (IsLock(file))
            {
                using var taken = FileLock.TryTake(file);
                return taken is null;
            }
        }
        catch (ProgressException)
        {
            // A lock that cannot be opened is not ours.
        }

        return false;
    }

    private static ReadyFile? TryRead(string path)
    {
        try
        {
            return ReadyFile.Parse(path, LargestEntry);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }
}

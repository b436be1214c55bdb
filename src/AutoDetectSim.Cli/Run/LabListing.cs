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

    private readonly FileLock _held;
    private readonly string _path;

    private LabListing(FileLock held, string path)
    {
        _held = held;
        _path = path;
    }

    /// <summary>Lists a lab for as long as the result is not disposed of. Where the data folder cannot be written, the lab runs all the same, and a warning says that it is not listed.</summary>
    public static LabListing? TryAdd(string dataFolder, ReadyFile lab)
    {
        try
        {
            new ProgressStore(dataFolder, TimeProvider.System).CreateFolder();
            var folder = Directory.CreateDirectory(Path.Combine(dataFolder, FolderName)).FullName;
            var path = Path.Combine(folder, new Uri(lab.Gateway).Port.ToString(CultureInfo.InvariantCulture));
            if (FileLock.TryTake(path + ".lock") is not { } held)
            {
                return null;
            }

            // Tokens are for those to whom the ready file was given. The lock makes what another run left here ours.
            (lab with { Control = null, WireMockToken = null }).Write(OutputFile.Claim(path + ".json", ReadyFile.Kind, force: true));
            return new LabListing(held, path);
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
        return Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder, "*.json").Where(IsHeld).Select(TryRead).OfType<ReadyFile>().OrderBy(lab => new Uri(lab.Gateway).Port)]
            : [];
    }

    public void Dispose()
    {
        try
        {
            File.Delete(_path + ".json");
            _held.Dispose();
            File.Delete(_path + ".lock");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Without its lock the entry no longer counts.
            _held.Dispose();
        }
    }

    private static bool IsHeld(string path)
    {
        try
        {
            var file = Path.ChangeExtension(path, ".lock");
            if (File.Exists(file))
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
            return ReadyFile.Parse(new FileInfo(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }
}

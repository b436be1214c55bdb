using System.Text;
using AutoDetectSim.Documents.Files;
using AutoDetectSim.Hosting;
using AutoDetectSim.Training.Progress;

namespace AutoDetectSim.Cli.Run;

/// <summary>
/// The lines of a lab in a hosts file: a new file, or a block at the end of an existing one, such as the system's. When the lab
/// stops, its lines are removed and all others stay as they are. Labs that share a file change it one after the other.
/// </summary>
internal sealed class HostsBlock
{
    private const int LargestFile = 16 * 1024 * 1024;
    private const int MostAttempts = 100;

    /// <summary>How long other programs may have the file open.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private static readonly OutputKind Kind = new("hosts file") { IsOurs = static _ => true };

    private bool _isWritten;
    private bool _isNew;

    private HostsBlock(string path) => Path = System.IO.Path.GetFullPath(path);

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Whether it is the file that this system resolves names with.</summary>
    public bool IsSystems => string.Equals(Path, OperatingSystem.IsWindows() ? Environment.ExpandEnvironmentVariables(@"%SystemRoot%\System32\drivers\etc\hosts") : "/etc/hosts", StringComparison.OrdinalIgnoreCase);

    /// <summary>Checks, before the lab starts, that the file can be written; removes the lines of labs that were killed.</summary>
    /// <exception cref="OutputFileException">It cannot be written.</exception>
    public static HostsBlock Claim(string path)
    {
        var block = new HostsBlock(path);
        switch (FileForms.Of(block.Path))
        {
            case FileForm.Regular:
                block.Guarded(() =>
                {
                    using var file = block.Open(FileMode.Open);
                    Replace(file, HostsLines.Without(ReadText(file), MarkedOwner.Ended));
                });
                break;
            case FileForm.Other:
                throw new OutputFileException($"{block.Path}: this is a device or a pipe, not a hosts file.");
            default:
                OutputFile.Claim(block.Path, Kind);
                break;
        }

        return block;
    }

    /// <summary>Writes the lines; what else is in the file stays.</summary>
    /// <param name="lines">The lines, each with the mark at its end.</param>
    /// <exception cref="OutputFileException">They cannot be written.</exception>
    public void Write(string lines)
    {
        var block = $"{lines}# {ProcessMark.Mine}. {HostsFile.Mark}\n";
        Guarded(() =>
        {
            for (var attempt = 0; !TryAppend(block); attempt++)
            {
                if (attempt == MostAttempts)
                {
                    throw new IOException("other programs delete it all the time.");
                }
            }
        });
        _isWritten = true;
    }

    /// <summary>Removes the lines.</summary>
    /// <returns>Why they are still there, or null.</returns>
    public string? Remove()
    {
        if (!_isWritten || FileForms.Of(Path) != FileForm.Regular)
        {
            return null;
        }

        try
        {
            Guarded(() =>
            {
                using var file = Open(FileMode.Open);
                Replace(file, HostsLines.Without(ReadText(file), MarkedOwner.Running, ProcessMark.Mine));
                if (_isNew && file.Length == 0)
                {
                    // Another lab that has opened the file meanwhile sees that it is gone, and makes a new one.
                    File.Delete(Path);
                }
            });
            return null;
        }
        catch (OutputFileException exception)
        {
            return exception.Message;
        }
    }

    /// <summary>Adds a block at the end.</summary>
    /// <returns>False if another lab has deleted the file meanwhile.</returns>
    private bool TryAppend(string block)
    {
        var wasMissing = FileForms.Of(Path) == FileForm.Missing;
        using var file = Open(FileMode.OpenOrCreate);
        var text = ReadText(file);
        var length = file.Length;
        try
        {
            file.Write(Encoding.UTF8.GetBytes(text.Length == 0 || text[^1] == '\n' ? block : "\n" + block));
            file.Flush(flushToDisk: true);
        }
        catch (IOException)
        {
            file.SetLength(length);
            if (wasMissing && length == 0)
            {
                File.Delete(Path);
            }

            throw;
        }

        // Where there is nothing but the lines of labs, the last of them deletes the file.
        _isNew = HostsLines.Without(text, owner: null).Length == 0;
        return new FileInfo(Path) is { Exists: true } present && present.Length == file.Length;
    }

    /// <summary>Opens the file for this process alone.</summary>
    private FileStream Open(FileMode mode)
    {
        var started = TimeProvider.System.GetTimestamp();
        using var pause = new ManualResetEventSlim();
        while (true)
        {
            if (FileForms.Of(Path) is not (FileForm.Regular or FileForm.Missing))
            {
                throw new IOException("it is not a file any more.");
            }

            try
            {
                // Anything but None is, on Unix, a lock that several writers can have.
                return new FileStream(Path, mode, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            }
            catch (IOException exception) when (ProgressProblems.IsInUse(exception) && TimeProvider.System.GetElapsedTime(started) < Patience)
            {
                pause.Wait(Pause);
            }
        }
    }

    /// <summary>The text of the file. It may be in any encoding: its bytes go back as they came.</summary>
    private static string ReadText(FileStream file)
    {
        if (file.Length > LargestFile)
        {
            throw new IOException($"it has more than {LargestFile / 1024 / 1024} MB.");
        }

        var content = new byte[file.Length];
        file.ReadExactly(content);
        return Encoding.Latin1.GetString(content);
    }

    /// <summary>Shortens the file in place, which needs no room on the disk and keeps its owner and rights.</summary>
    private static void Replace(FileStream file, string text)
    {
        if (text.Length == file.Length)
        {
            return;
        }

        var rest = Encoding.Latin1.GetBytes(text);
        file.Position = 0;
        var content = new byte[file.Length];
        file.ReadExactly(content);
        var same = rest.AsSpan().CommonPrefixLength(content);
        file.Position = same;
        file.Write(rest.AsSpan(same));
        file.SetLength(rest.Length);
        file.Flush(flushToDisk: true);
    }

    private void Guarded(Action work)
    {
        try
        {
            work();
        }
        catch (Exception exception) when (OutputFileException.IsRefusal(exception))
        {
            throw OutputFileException.CannotWrite(Path, Kind.Noun, exception);
        }
    }
}

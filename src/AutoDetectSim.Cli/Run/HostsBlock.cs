using System.Text;
using AutoDetectSim.Documents.Files;
using AutoDetectSim.Hosting;

namespace AutoDetectSim.Cli.Run;

/// <summary>
/// The lines of a lab in a hosts file: a new file, or a block at the end of an existing one, such as the system's. When the lab
/// stops, its lines are removed and all others stay as they are.
/// </summary>
internal sealed class HostsBlock
{
    private const int LargestFile = 16 * 1024 * 1024;

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
                block.Guarded(() => block.Rewrite(owner => owner != MarkedOwner.Ended));
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
        if (FileForms.Of(Path) is FileForm.Missing)
        {
            _isNew = true;
            OutputFile.Claim(Path, Kind).Write(block);
        }
        else
        {
            Guarded(() => Append(block));
        }

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
            Guarded(() => Rewrite(static owner => owner != MarkedOwner.Running, ProcessMark.Mine));
            if (_isNew && new FileInfo(Path).Length == 0)
            {
                Guarded(() => File.Delete(Path));
            }

            return null;
        }
        catch (OutputFileException exception)
        {
            return exception.Message;
        }
    }

    private void Append(string block)
    {
        using var file = new FileStream(Path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
        var length = file.Length;
        _isNew = length == 0;
        file.Position = Math.Max(0, length - 1);
        var endsLine = length == 0 || file.ReadByte() == '\n';
        file.Position = length;
        try
        {
            file.Write(Encoding.UTF8.GetBytes(endsLine ? block : "\n" + block));
            file.Flush(flushToDisk: true);
        }
        catch (IOException)
        {
            file.SetLength(length);
            throw;
        }
    }

    /// <summary>
    /// Removes the lines of some labs. The file is shortened in place, which needs no room on the disk and keeps its owner and rights.
    /// </summary>
    /// <param name="stays">Whether the lines of a lab with such an owner stay.</param>
    /// <param name="mark">The mark of the only lab that is meant; null for any.</param>
    private void Rewrite(Func<MarkedOwner, bool> stays, string? mark = null)
    {
        using var file = new FileStream(Path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
        if (file.Length > LargestFile)
        {
            throw new IOException($"it has more than {LargestFile / 1024 / 1024} MB.");
        }

        var content = new byte[file.Length];
        file.ReadExactly(content);
        // A hosts file may be in any encoding: its bytes go back as they came.
        var text = Encoding.Latin1.GetString(content);
        var kept = new StringBuilder(text.Length);
        var block = new StringBuilder();
        foreach (var line in Lines(text))
        {
            var isMarked = line.TrimEnd().EndsWith(HostsFile.Mark, StringComparison.Ordinal);
            if (!isMarked || line.StartsWith(HostsFile.Heading, StringComparison.Ordinal))
            {
                kept.Append(block);
                block.Clear();
            }

            // Marked lines outside of a block were written by another program.
            if (!isMarked || (block.Length == 0 && !line.StartsWith(HostsFile.Heading, StringComparison.Ordinal)))
            {
                kept.Append(line);
                continue;
            }

            block.Append(line);
            if (ProcessMark.OwnerOf(line) is var owner && owner != MarkedOwner.Nobody)
            {
                if (stays(owner) || (mark is not null && !line.Contains(mark, StringComparison.Ordinal)))
                {
                    kept.Append(block);
                }

                block.Clear();
            }
        }

        kept.Append(block);
        if (kept.Length == content.Length)
        {
            return;
        }

        var rest = Encoding.Latin1.GetBytes(kept.ToString());
        var same = rest.AsSpan().CommonPrefixLength(content);
        file.Position = same;
        file.Write(rest.AsSpan(same));
        file.SetLength(rest.Length);
        file.Flush(flushToDisk: true);
    }

    private static IEnumerable<string> Lines(string text)
    {
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start);
            end = end < 0 ? text.Length : end + 1;
            yield return text[start..end];
            start = end;
        }
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

using System.Security.Cryptography;
using System.Text;

namespace AutoDetectSim.Documents.Files;

/// <summary>
/// A file that the user asked for. It is written beside its place and moved there whole; a file that is not this program's is
/// neither replaced nor deleted; a symbolic link is not followed. Devices and pipes, such as /dev/stdout, are written to directly.
/// </summary>
internal sealed class OutputFile
{
    /// <summary>Larger files are not this program's.</summary>
    private const int LargestOwn = 64 * 1024 * 1024;

    /// <summary>What is looked at of a file that is added to, at a time.</summary>
    private const int Part = 64 * 1024;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private readonly OutputKind _kind;
    private readonly bool _force;
    private byte[]? _written;

    private OutputFile(string path, OutputKind kind, bool force)
    {
        Path = System.IO.Path.GetFullPath(path);
        _kind = kind;
        _force = force;
    }

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>Checks, before any work, that the file may and can be written. Nothing is changed yet.</summary>
    /// <param name="path">The file.</param>
    /// <param name="kind">What it will be.</param>
    /// <param name="force">Whether a file that is not this program's may be replaced.</param>
    /// <exception cref="OutputFileException">It must not, or cannot, be written.</exception>
    public static OutputFile Claim(string path, OutputKind kind, bool force = false)
    {
        try
        {
            var file = new OutputFile(path, kind, force);
            if (file.Check() != FileForm.Other)
            {
                // Whether the folder takes a file shows only when one is made.
                var trial = file.Beside();
                using (Create(trial, kind.IsSecret))
                {
                }

                File.Delete(trial);
            }

            return file;
        }
        catch (Exception exception) when (OutputFileException.IsRefusal(exception))
        {
            throw OutputFileException.CannotWrite(path, kind.Noun, exception);
        }
    }

    /// <summary>Writes a text as UTF-8.</summary>
    /// <exception cref="OutputFileException">It must not, or cannot, be written.</exception>
    public void Write(string text) => Write(Utf8.GetBytes(text));

    /// <summary>Writes the file, or replaces what this run has written.</summary>
    /// <exception cref="OutputFileException">It must not, or cannot, be written.</exception>
    public void Write(byte[] content)
    {
        try
        {
            if (Check() == FileForm.Other)
            {
                using var device = new FileStream(Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
                device.Write(content);
                return;
            }

            var temporary = Beside();
            try
            {
                using (var stream = Create(temporary, _kind.IsSecret))
                {
                    stream.Write(content);
                    stream.Flush(flushToDisk: true);
                }

                File.Move(temporary, Path, overwrite: FileForms.Of(Path) != FileForm.Missing);
            }
            catch
            {
                File.Delete(temporary);
                throw;
            }

            _written = SHA256.HashData(content);
        }
        catch (Exception exception) when (OutputFileException.IsRefusal(exception))
        {
            throw OutputFileException.CannotWrite(Path, _kind.Noun, exception);
        }
    }

    /// <summary>Deletes the file if this run wrote it and nothing has changed it since.</summary>
    /// <returns>Why a file that this run wrote is still there, or null.</returns>
    public string? Delete()
    {
        if (_written is not { } written)
        {
            return null;
        }

        try
        {
            if (FileForms.Of(Path) == FileForm.Regular && ReadOwn() is { } content && SHA256.HashData(content).AsSpan().SequenceEqual(written))
            {
                File.Delete(Path);
                return null;
            }

            return FileForms.Of(Path) == FileForm.Missing ? null : $"{Path}: this {_kind.Noun} has been changed since it was written, and stays.";
        }
        catch (Exception exception) when (OutputFileException.IsRefusal(exception))
        {
            return $"{Path}: the {_kind.Noun} could not be removed: {exception.Message}";
        }
    }

    /// <summary>Opens a file that is added to, such as a log; a new one is created for the user alone.</summary>
    /// <param name="path">The file.</param>
    /// <param name="kind">What it is; what exists must be of this kind.</param>
    /// <exception cref="OutputFileException">It must not, or cannot, be written.</exception>
    public static FileStream Append(string path, OutputKind kind)
    {
        try
        {
            var file = new OutputFile(path, kind, force: false);
            return file.Check(isAdded: true) switch
            {
                FileForm.Missing => Create(file.Path, kind.IsSecret),
                FileForm.Other => new FileStream(file.Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0),
                _ => file.OpenEnd(),
            };
        }
        catch (Exception exception) when (OutputFileException.IsRefusal(exception))
        {
            throw OutputFileException.CannotWrite(path, kind.Noun, exception);
        }
    }

    /// <summary>Creates a file that does not exist yet.</summary>
    /// <param name="path">The file.</param>
    /// <param name="isSecret">Whether only the user may read it, from the first byte on.</param>
    public static FileStream Create(string path, bool isSecret)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.Read, BufferSize = 0 };
        if (isSecret && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }

    /// <summary>What is in its place; throws if that may not be replaced.</summary>
    private FileForm Check(bool isAdded = false)
    {
        var form = FileForms.Of(Path);
        if (form == FileForm.Link && FileForms.OfTarget(Path) == FileForm.Other)
        {
            // /dev/stdout is a link to a terminal or a pipe.
            return FileForm.Other;
        }

        switch (form)
        {
            case FileForm.Folder:
                throw new OutputFileException($"{Path}: this is a folder, not a {_kind.Noun}.");
            case FileForm.Link:
                throw new OutputFileException($"{Path}: this is a symbolic link, which is not followed; name the file itself.");
            case FileForm.Regular when isAdded ? !IsOursSoFar() : !_force && !IsReplaceable():
                throw isAdded
                    ? new OutputFileException($"{Path}: this file exists and is not a {_kind.Noun}; choose another name.")
                    : new OutputFileException($"{Path}: this file exists and is not a {_kind.Noun} of AutoDetectSim; choose another name, or replace it with --force.");
            default:
                return form;
        }
    }

    private bool IsReplaceable()
    {
        if (ReadOwn() is not { } content)
        {
            return false;
        }

        if (content.Length == 0 || (_written is { } written && SHA256.HashData(content).AsSpan().SequenceEqual(written)))
        {
            return true;
        }

        var text = Encoding.UTF8.GetString(content);
        return ProcessMark.OwnerOf(text) == MarkedOwner.Running
            ? throw new OutputFileException($"{Path}: another process of AutoDetectSim that still runs has written this {_kind.Noun}; choose another name, or replace it with --force.")
            : _kind.IsOurs(text);
    }

    /// <summary>Opens the file at its end; a line that was not finished, for example on a full disk, is not added to.</summary>
    private FileStream OpenEnd()
    {
        var isUnfinished = _kind.HasLines && EndsInLine();
        var stream = new FileStream(Path, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
        if (isUnfinished)
        {
            try
            {
                stream.WriteByte((byte)'\n');
            }
            catch
            {
                stream.Dispose();
                throw;
            }
        }

        return stream;
    }

    private bool EndsInLine()
    {
        using var stream = OpenShared();
        stream.Position = Math.Max(0, stream.Length - 1);
        return stream.ReadByte() is not (-1 or '\n');
    }

    /// <summary>Whether all of the file is of the kind. Large files are looked at in parts, which end where a line does.</summary>
    private bool IsOursSoFar()
    {
        using var stream = OpenShared();
        var buffer = new byte[Part];
        var held = 0;
        while (stream.ReadAtLeast(buffer.AsSpan(held), Part - held, throwOnEndOfStream: false) is var read && held + read > 0)
        {
            var length = held + read;
            var end = length < Part ? length : Array.LastIndexOf(buffer, (byte)'\n') is >= 0 and var line ? line + 1 : length;
            if (!_kind.IsOurs(Encoding.UTF8.GetString(buffer, 0, end)))
            {
                return false;
            }

            held = length - end;
            buffer.AsSpan(end, held).CopyTo(buffer);
        }

        return true;
    }

    private FileStream OpenShared() => new(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    private byte[]? ReadOwn()
    {
        using var stream = OpenShared();
        if (stream.Length > LargestOwn)
        {
            return null;
        }

        var content = new byte[stream.Length];
        return stream.ReadAtLeast(content, content.Length, throwOnEndOfStream: false) == content.Length ? content : null;
    }

    private string Beside() => System.IO.Path.Combine(System.IO.Path.GetDirectoryName(Path) ?? Path, "." + System.IO.Path.GetFileName(Path) + "." + System.IO.Path.GetRandomFileName() + ".tmp");
}

using System.Text;

namespace AutoDetectSim.Documents.Files;

/// <summary>
/// A file that the user, or a file of the user, names for reading. It is a regular file with a limited size: a device or a pipe with a name may
/// block for ever, or never end. Only what the process was started with (/dev/stdin, and what a shell puts in the place of <c>&lt;(...)</c>) may be a pipe.
/// </summary>
internal static class InputFile
{
    private const int Step = 64 * 1024;

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="allowsPipe">Whether it may be a pipe with a name, which is read until its writer closes it.</param>
    /// <exception cref="IOException">It is a folder, a device or a pipe, or cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be read.</exception>
    public static FileStream Open(string path, bool allowsPipe = false)
    {
        switch (FileForms.OfTarget(path))
        {
            case FileForm.Folder:
                throw new IOException("this is a folder, not a file.");
            case FileForm.Other when StandardInput.IsNamedBy(path) && StandardInput.IsClosed:
                throw new IOException(StandardInput.Closed);
            case FileForm.Other when !FileForms.IsInherited(path) && !(allowsPipe && FileForms.IsPipe(path)):
                throw new IOException("this is a device or a pipe, not a file.");
            default:
                return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        }
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="limit">The most bytes that it may have.</param>
    /// <exception cref="IOException">It is larger, or is not a file, or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be read.</exception>
    public static byte[] Read(string path, int limit)
    {
        using var file = Open(path);
        if (file.CanSeek && file.Length > limit)
        {
            throw TooLarge(limit);
        }

        // A pipe, or a file that grows, shows its size only at its end.
        using var content = new MemoryStream();
        var buffer = new byte[Step];
        while (file.Read(buffer) is > 0 and var length)
        {
            if (content.Length + length > limit)
            {
                throw TooLarge(limit);
            }

            content.Write(buffer, 0, length);
        }

        return content.ToArray();
    }

    /// <summary>Reads a text file, whose first bytes may tell its encoding; otherwise it is UTF-8.</summary>
    /// <param name="path">The file.</param>
    /// <param name="limit">The most bytes that it may have.</param>
    /// <exception cref="IOException">It is larger, or is not a file, or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be read.</exception>
    public static string ReadText(string path, int limit)
    {
        using var reader = new StreamReader(new MemoryStream(Read(path, limit)), Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private static IOException TooLarge(int limit) => new($"the file has more than {limit / 1024 / 1024} MB.");
}

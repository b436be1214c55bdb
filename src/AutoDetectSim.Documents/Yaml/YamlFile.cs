using System.Text;
using AutoDetectSim.Documents.Files;

namespace AutoDetectSim.Documents.Yaml;

/// <summary>Reads the text of a YAML file within its limits.</summary>
internal static class YamlFile
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text, or null; what is wrong goes to <paramref name="problems"/>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="noun">The word for such a file, for example <c>scenario</c>.</param>
    /// <param name="problems">Receives the problem, if there is one.</param>
    public static string? Read(string path, string noun, ProblemSink problems)
    {
        byte[] bytes;
        try
        {
            using var file = InputFile.Open(path);
            if (file.CanSeek && file.Length > YamlLimits.FileBytes)
            {
                problems.Add(default, $"The file has {file.Length} bytes; a {noun} may have at most {YamlLimits.FileBytes}");
                return null;
            }

            // Reading one byte more than allowed reveals a pipe or a growing file that is too long.
            var buffer = new byte[YamlLimits.FileBytes + 1];
            var length = file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            if (length > YamlLimits.FileBytes)
            {
                problems.Add(default, $"The file has more than {YamlLimits.FileBytes} bytes");
                return null;
            }

            bytes = buffer[..length];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            problems.Add(default, Directory.Exists(path) ? $"This is a directory, not a {noun} file" : exception is FileNotFoundException or DirectoryNotFoundException ? "File not found" : "The file cannot be read: " + exception.Message);
            return null;
        }

        try
        {
            var start = bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
            return Strict.GetString(bytes, start, bytes.Length - start);
        }
        catch (DecoderFallbackException exception)
        {
            var before = bytes.AsSpan(0, Math.Clamp(exception.Index, 0, bytes.Length));
            var line = before.Count((byte)'\n') + 1;
            problems.Add(new SourcePosition(line, before.Length - (before.LastIndexOf((byte)'\n') + 1) + 1), "The file is not valid UTF-8 text");
            return null;
        }
    }
}

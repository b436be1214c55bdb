using AutoDetectSim.Diagnosis.Explaining;
using AutoDetectSim.Documents.Files;

namespace AutoDetectSim.Cli.Explain;

/// <summary>Gets the text that is to be explained.</summary>
internal static class PastedText
{
    private const int MaximumLength = 1024 * 1024;

    /// <summary>Reads the argument, else the file, else <paramref name="input"/>.</summary>
    /// <exception cref="UnreadableHeaderException">The file cannot be read, or there is too much.</exception>
    public static async Task<string> ReadAsync(string? argument, FileInfo? file, TextReader input, CancellationToken cancellationToken)
    {
        if (argument is not null and not "-")
        {
            return argument;
        }

        if (file is null)
        {
            return await ReadAsync(input, "standard input", cancellationToken);
        }

        try
        {
            using var reader = new StreamReader(InputFile.Open(file.FullName));
            return await ReadAsync(reader, file.FullName, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UnreadableHeaderException($"{file}: {exception.Message}");
        }
    }

    private static async Task<string> ReadAsync(TextReader reader, string name, CancellationToken cancellationToken)
    {
        var buffer = new char[MaximumLength + 1];
        var length = await reader.ReadBlockAsync(buffer, cancellationToken);
        return length <= MaximumLength
            ? new string(buffer, 0, length)
            : throw new UnreadableHeaderException($"{name}: more than {MaximumLength} characters, which no header has.");
    }
}

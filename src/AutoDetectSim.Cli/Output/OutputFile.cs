namespace AutoDetectSim.Cli.Output;

/// <summary>Writes files atomically: readers never see part of one.</summary>
internal static class OutputFile
{
    /// <summary>Writes a text.</summary>
    /// <exception cref="InputException">The file cannot be written.</exception>
    public static void Write(string path, string what, string text) => Write(path, what, temporary => File.WriteAllText(temporary, text));

    /// <summary>Lets <paramref name="write"/> write a temporary file, and moves it into place.</summary>
    /// <exception cref="InputException">The file cannot be written.</exception>
    public static void Write(string path, string what, Action<string> write)
    {
        var temporary = path + ".tmp";
        try
        {
            write(temporary);
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: the {what} cannot be written: {exception.Message}");
        }
    }
}

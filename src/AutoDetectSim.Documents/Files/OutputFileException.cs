namespace AutoDetectSim.Documents.Files;

/// <summary>A file or folder that cannot, or must not, be written; the message is a whole sentence that names it.</summary>
internal sealed class OutputFileException(string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>The exception for what the operating system refused.</summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="noun">What it is, for example <c>ready file</c>.</param>
    /// <param name="cause">Why it was refused.</param>
    public static OutputFileException CannotWrite(string path, string noun, Exception cause) =>
        new($"{path}: the {noun} cannot be written: {Reason(path, cause)}", cause);

    /// <summary>Whether an exception is the file system's refusal.</summary>
    public static bool IsRefusal(Exception exception) => exception is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException;

    // The temporary file beside the target is not what the user named.
    private static string Reason(string path, Exception cause)
    {
        var end = cause.Message.IndexOf(" : '", StringComparison.Ordinal);
        return cause switch
        {
            DirectoryNotFoundException => "the folder does not exist.",
            UnauthorizedAccessException when cause.Message.StartsWith("Access to the path", StringComparison.Ordinal) => $"the folder {Path.GetDirectoryName(Path.GetFullPath(path))} or the file does not allow it.",
            _ when end > 0 => cause.Message[..end] + ".",
            _ => cause.Message.TrimEnd('.') + ".",
        };
    }
}

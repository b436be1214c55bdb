namespace AutoDetectSim.Documents.Files;

/// <summary>Standard input, without which a process may be started.</summary>
internal static class StandardInput
{
    /// <summary>What is wrong where it is closed.</summary>
    public const string Closed = "Standard input is closed: nothing was given.";

    private const string Descriptors = "/proc/self/fd";
    private const string Descriptor = Descriptors + "/0";
    private const string Details = "/proc/self/fdinfo/";

    /// <summary>How a line begins that has, in octal digits, how a descriptor is open.</summary>
    private const string Flags = "flags:";

    private static readonly Lazy<bool> Seen = new(LooksClosed);

    /// <summary>Whether it is closed. Its number then means a pipe of the runtime, from which nothing ever comes; only Linux shows that.</summary>
    public static bool IsClosed => Seen.Value;

    /// <summary>Whether a path names standard input.</summary>
    public static bool IsNamedBy(string path) => path is "/dev/stdin" or "/dev/fd/0" or Descriptor;

    /// <summary>Whether the process itself has the other end of the pipe, to which it writes.</summary>
    private static bool LooksClosed()
    {
        try
        {
            return OperatingSystem.IsLinux() && FileForms.IsPipe(Descriptor) && TargetOf(Descriptor) is { } pipe
                && Directory.EnumerateFileSystemEntries(Descriptors).Any(path => TargetOf(path) == pipe && IsWritable(Path.GetFileName(path)));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Without /proc it cannot be told.
            return false;
        }
    }

    /// <summary>Whether a descriptor may be written to: the last digit is 0 for those that may only be read.</summary>
    private static bool IsWritable(string descriptor) =>
        File.ReadLines(Details + descriptor).FirstOrDefault(line => line.StartsWith(Flags, StringComparison.Ordinal)) is { } flags && flags.TrimEnd()[^1] is '1' or '2';

    private static string? TargetOf(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget;
        }
        catch (IOException)
        {
            // The listing itself has a descriptor, which may be closed by now.
            return null;
        }
    }
}

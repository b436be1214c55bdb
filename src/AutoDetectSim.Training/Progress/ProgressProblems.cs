namespace AutoDetectSim.Training.Progress;

/// <summary>Says what is wrong with the folder of the progress, and what to do about it.</summary>
internal static class ProgressProblems
{
    private const string Elsewhere = "or choose another folder with --data FOLDER or the variable AUTODETECTSIM_DATA.";

    // errno of Linux and macOS, and Win32 codes.
    private const int ReadOnlyFileSystem = 30;
    private const int WriteProtected = unchecked((int)0x80070013);
    private const int SharingViolation = unchecked((int)0x80070020);
    private const int LockViolation = unchecked((int)0x80070021);
    private const int HandleDiskFull = unchecked((int)0x80070027);
    private const int DiskFull = unchecked((int)0x80070070);
    private static readonly int[] NoSpace = OperatingSystem.IsWindows() ? [HandleDiskFull, DiskFull] : [28, OperatingSystem.IsMacOS() ? 69 : 122];
    private static readonly int[] InUse = OperatingSystem.IsWindows() ? [SharingViolation, LockViolation] : [OperatingSystem.IsMacOS() ? 35 : 11];

    /// <summary>A problem with a file or folder of the progress, in sentences that name it and the way out.</summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="exception">What the operating system says.</param>
    public static ProgressException Problem(string path, Exception exception) => new(
        exception switch
        {
            UnauthorizedAccessException => $"{path}: your progress cannot be saved here: the folder or file is read-only for you. Make it writable, {Elsewhere}",
            IOException when exception.HResult is WriteProtected || (!OperatingSystem.IsWindows() && exception.HResult == ReadOnlyFileSystem) => $"{path}: your progress cannot be saved here: the file system is read-only. Make it writable, {Elsewhere}",
            IOException when NoSpace.Contains(exception.HResult) => $"{path}: your progress cannot be saved: the disk is full. What was saved before is kept. Free some space and repeat the command, {Elsewhere}",
            _ => $"{path}: your progress cannot be saved here: {exception.Message.TrimEnd('.')}. Repair the folder, {Elsewhere}",
        },
        exception);

    /// <summary>A progress file that cannot be read.</summary>
    /// <param name="path">The file.</param>
    /// <param name="reason">Why, without a dot at the end.</param>
    /// <param name="exception">What was thrown, or null.</param>
    public static ProgressException Damaged(string path, string reason, Exception? exception = null) =>
        new($"{path}: the progress file is damaged: {reason}. Put a copy of it in its place, or rename it to begin anew. You can also {Elsewhere[3..]}", exception);

    /// <summary>Whether a file is open elsewhere.</summary>
    public static bool IsInUse(IOException exception) => InUse.Contains(exception.HResult);
}

using System.IO.Enumeration;

namespace AutoDetectSim.Documents.Files;

/// <summary>The files in a folder and below it.</summary>
internal static class FolderFiles
{
    private static readonly EnumerationOptions Everything = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false };

    /// <summary>Lists the files whose names fit. Links to folders are not followed: they may lead back, or anywhere.</summary>
    /// <param name="folder">The folder, which may itself be named by a link.</param>
    /// <param name="fits">Whether a file with such a name is wanted.</param>
    /// <exception cref="IOException">A folder cannot be listed.</exception>
    /// <exception cref="UnauthorizedAccessException">A folder must not be listed.</exception>
    public static IEnumerable<string> Below(string folder, Func<string, bool> fits) =>
        new FileSystemEnumerable<string>(folder, static (ref entry) => entry.ToSpecifiedFullPath(), Everything)
        {
            ShouldIncludePredicate = (ref entry) => !entry.IsDirectory && fits(entry.FileName.ToString()),
            ShouldRecursePredicate = static (ref entry) => !entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
        };
}

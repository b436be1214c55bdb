using System.Runtime.InteropServices;

namespace AutoDetectSim.Documents.Files;

/// <summary>What kind of thing a path names.</summary>
internal enum FileForm
{
    /// <summary>Nothing, or nothing that this user may look at.</summary>
    Missing,

    Regular,

    Folder,

    /// <summary>A symbolic link, or another reparse point.</summary>
    Link,

    /// <summary>A device, pipe or socket: opening one may block, and reading one may never end.</summary>
    Other,
}

/// <summary>Asks the operating system what a path names, without opening it.</summary>
internal static class FileForms
{
    private const int TypeMask = 0xF000;
    private const int RegularType = 0x8000;
    private const int FolderType = 0x4000;
    private const int LinkType = 0xA000;
    private const int PipeType = 0x1000;

    /// <summary>Where a system shows the files that a process was started with.</summary>
    private static readonly string[] Inherited = ["/dev/fd/", "/proc/self/fd/"];

    /// <summary>What a path names; a symbolic link is not followed.</summary>
    public static FileForm Of(string path) => OperatingSystem.IsWindows() ? WindowsForm(path) : LStat(path, out var status) == 0 ? UnixForm(status.Mode) : FileForm.Missing;

    /// <summary>What a path names once every symbolic link is followed.</summary>
    public static FileForm OfTarget(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            return Stat(path, out var status) == 0 ? UnixForm(status.Mode) : FileForm.Missing;
        }

        return WindowsForm(Of(path) == FileForm.Link ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path : path);
    }

    /// <summary>Whether the present user owns what a path names; a link is not followed. On Windows, whatever may be opened counts.</summary>
    public static bool IsOwn(string path) => OperatingSystem.IsWindows() || (LStat(path, out var status) == 0 && status.Uid == GetEUid());

    /// <summary>Whether a path names a pipe, every link followed.</summary>
    public static bool IsPipe(string path) => !OperatingSystem.IsWindows() && Stat(path, out var status) == 0 && (status.Mode & TypeMask) == PipeType;

    /// <summary>Whether a path names something that the process was started with, such as its standard input.</summary>
    public static bool IsInherited(string path) =>
        !OperatingSystem.IsWindows() && (path is "/dev/stdin" || Inherited.Any(place => path.StartsWith(place, StringComparison.Ordinal) && path.AsSpan(place.Length).ContainsAnyExceptInRange('0', '9') is false));

    /// <summary>A path without links in any of its parts, whether or not it names something; a loop of links leads nowhere.</summary>
    public static string Resolve(string path)
    {
        var full = Path.GetFullPath(path);
        var resolved = Path.GetPathRoot(full)!;
        foreach (var part in full[resolved.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            var next = Path.Combine(resolved, part);
            try
            {
                resolved = Of(next) == FileForm.Link && new FileInfo(next).ResolveLinkTarget(returnFinalTarget: true) is { } target ? Resolve(target.FullName) : next;
            }
            catch (IOException)
            {
                return Path.GetPathRoot(full)!;
            }
        }

        return resolved;
    }

    private static FileForm UnixForm(int mode) => (mode & TypeMask) switch
    {
        RegularType => FileForm.Regular,
        FolderType => FileForm.Folder,
        LinkType => FileForm.Link,
        _ => FileForm.Other,
    };

    private static FileForm WindowsForm(string path)
    {
        if (Path.GetFullPath(path).StartsWith(@"\\.\", StringComparison.Ordinal))
        {
            return FileForm.Other;
        }

        if (!Path.Exists(path))
        {
            return FileForm.Missing;
        }

        var attributes = File.GetAttributes(path);
        return attributes.HasFlag(FileAttributes.ReparsePoint) ? FileForm.Link
            : attributes.HasFlag(FileAttributes.Directory) ? FileForm.Folder
            : attributes.HasFlag(FileAttributes.Device) ? FileForm.Other
            : FileForm.Regular;
    }

    // The runtime's own library: the same structure on every Unix.
    [DllImport("libSystem.Native", EntryPoint = "SystemNative_LStat")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int LStat([MarshalAs(UnmanagedType.LPUTF8Str)] string path, out Status status);

    [DllImport("libSystem.Native", EntryPoint = "SystemNative_Stat")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Stat([MarshalAs(UnmanagedType.LPUTF8Str)] string path, out Status status);

    [DllImport("libSystem.Native", EntryPoint = "SystemNative_GetEUid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint GetEUid();

    /// <summary>The beginning of the runtime's structure; its size leaves room for what follows.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 256)]
    private struct Status
    {
        public int Flags;
        public int Mode;
        public uint Uid;
        public uint Gid;
    }
}

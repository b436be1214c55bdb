using System.Security.Cryptography;
using System.Text;
using AutoDetectSim.Documents.Files;

namespace AutoDetectSim.Cli.Export;

/// <summary>
/// The folder of an export. A list in it names every file with its hash: a later export replaces and removes what is as it was written. Files that
/// were changed since, and files of others, are neither replaced nor removed without <c>--force</c>.
/// </summary>
internal sealed class ExportFolder
{
    /// <summary>The name of the list.</summary>
    public const string ListName = ".autodetectsim-export";

    /// <summary>A folder that only its owner may enter. What is in it can be read by all, as containers do to which it is mounted.</summary>
    public const string GuardedFolder = "secret";

    private const string FirstLine = "Files that AutoDetectSim has exported here, with their SHA-256. A new export replaces them while they are unchanged.";
    private const int LargestList = 4 * 1024 * 1024;
    private const int LargestFile = 64 * 1024 * 1024;

    private const UnixFileMode ForAll = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode FolderForAll = Owner | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private readonly string _folder;
    private readonly bool _force;
    private readonly Dictionary<string, string> _before;

    private ExportFolder(string folder, bool force)
    {
        _folder = folder;
        _force = force;
        _before = ReadList();
    }

    /// <summary>Checks, before any work, that a folder may be written to.</summary>
    /// <param name="folder">The folder; it need not exist.</param>
    /// <param name="force">Whether files that are not those of an earlier export may be replaced.</param>
    /// <exception cref="OutputFileException">It holds files of others, or cannot be read.</exception>
    public static ExportFolder Claim(string folder, bool force)
    {
        var full = Path.GetFullPath(folder);
        try
        {
            switch (FileForms.Of(full))
            {
                case FileForm.Missing:
                    break;
                case FileForm.Folder when force || !Directory.EnumerateFileSystemEntries(full).Any() || FileForms.Of(Path.Combine(full, ListName)) == FileForm.Regular:
                    break;
                case FileForm.Folder:
                    throw new OutputFileException($"{full}: this folder is not empty and is not an export of AutoDetectSim; choose another folder, or write to it with --force.");
                default:
                    throw new OutputFileException($"{full}: this is not a folder; choose another name.");
            }

            return new ExportFolder(full, force);
        }
        catch (Exception exception) when (OutputFileException.IsRefusal(exception))
        {
            throw OutputFileException.CannotWrite(full, "export", exception);
        }
    }

    /// <summary>Writes the files, and removes those of an earlier export that are not among them.</summary>
    /// <exception cref="OutputFileException">A file was changed since the last export, or cannot be written.</exception>
    public void Write(IReadOnlyList<ExportFile> files)
    {
        foreach (var file in files)
        {
            ThrowIfForeign(file.Path);
        }

        try
        {
            foreach (var file in files)
            {
                var path = In(file.Path);
                CreateFolders(file.Path);
                OutputFile.Claim(path, new OutputKind("exported file") { IsSecret = file.IsSecret }, force: true).Write(file.Content);
                if (!file.IsSecret && !OperatingSystem.IsWindows())
                {
                    File.SetUnixFileMode(path, ForAll);
                }
            }

            RemoveOthers(files);
        }
        catch (Exception exception) when (OutputFileException.IsRefusal(exception))
        {
            throw OutputFileException.CannotWrite(_folder, "export", exception);
        }

        var list = new StringBuilder(FirstLine).Append('\n');
        foreach (var file in files)
        {
            list.Append(Convert.ToHexStringLower(SHA256.HashData(file.Content))).Append("  ").Append(file.Path).Append('\n');
        }

        OutputFile.Claim(In(ListName), new OutputKind("list of the export"), force: true).Write(list.ToString());
    }

    private void CreateFolders(string name)
    {
        var folder = _folder;
        Directory.CreateDirectory(folder);
        foreach (var part in name.Split('/').SkipLast(1))
        {
            folder = Path.Combine(folder, part);
            if (!Directory.Exists(folder))
            {
                Directory.CreateDirectory(folder);
                if (!OperatingSystem.IsWindows())
                {
                    File.SetUnixFileMode(folder, part == GuardedFolder ? Owner : FolderForAll);
                }
            }
        }
    }

    private void ThrowIfForeign(string name)
    {
        var path = In(name);
        var folder = _folder;
        foreach (var part in name.Split('/').SkipLast(1))
        {
            folder = Path.Combine(folder, part);
            if (FileForms.Of(folder) == FileForm.Link)
            {
                throw new OutputFileException($"{folder}: this is a symbolic link, which is not followed; choose another folder.");
            }
        }

        if (!_force && FileForms.Of(path) == FileForm.Regular && !IsAsWritten(name))
        {
            throw new OutputFileException(_before.ContainsKey(name)
                ? $"{path}: this file has been changed since it was exported; move it, or replace it with --force."
                : $"{path}: this file exists and is not part of an earlier export; move it, or replace it with --force.");
        }
    }

    private void RemoveOthers(IReadOnlyList<ExportFile> files)
    {
        var now = files.Select(file => file.Path).ToHashSet(StringComparer.Ordinal);
        foreach (var name in _before.Keys.Where(name => !now.Contains(name) && IsAsWritten(name)))
        {
            File.Delete(In(name));
            for (var folder = Path.GetDirectoryName(In(name))!; folder.Length > _folder.Length && !Directory.EnumerateFileSystemEntries(folder).Any(); folder = Path.GetDirectoryName(folder)!)
            {
                Directory.Delete(folder);
            }
        }
    }

    private bool IsAsWritten(string name)
    {
        var path = In(name);
        if (!_before.TryGetValue(name, out var hash) || FileForms.Of(path) != FileForm.Regular || new FileInfo(path).Length > LargestFile)
        {
            return false;
        }

        using var stream = InputFile.Open(path);
        return string.Equals(Convert.ToHexStringLower(SHA256.HashData(stream)), hash, StringComparison.Ordinal);
    }

    private Dictionary<string, string> ReadList()
    {
        var path = In(ListName);
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        if (FileForms.Of(path) != FileForm.Regular || new FileInfo(path).Length > LargestList)
        {
            return known;
        }

        var lines = File.ReadAllLines(path);
        foreach (var line in lines.Length > 0 && lines[0] == FirstLine ? lines.Skip(1) : [])
        {
            // The list is only a file: nothing that it says may lead out of the folder.
            if (line.Split("  ", 2) is [{ Length: 64 } hash, { Length: > 0 } name] && !name.Split('/', '\\').Any(part => part is "" or "." or "..") && !Path.IsPathRooted(name))
            {
                known[name] = hash;
            }
        }

        return known;
    }

    private string In(string name) => Path.Combine(_folder, name.Replace('/', Path.DirectorySeparatorChar));
}

namespace AutoDetectSim.Documents.Files;

/// <summary>
/// A folder of this program, with a mark in it that names the process. Only folders with a mark are deleted; what killed
/// processes have left in the temporary folder is deleted when the next one is made.
/// </summary>
internal sealed class OwnedFolder : IDisposable
{
    private const string Prefix = "autodetectsim-";
    private const string MarkName = ".autodetectsim";
    private const int LargestMark = 4096;
    private const UnixFileMode UserOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private static int _isSwept;

    private readonly IReadOnlyList<string>? _names;

    /// <param name="path">Where it is.</param>
    /// <param name="names">The files that may be in it; null for a temporary folder, which is deleted with all that is in it.</param>
    private OwnedFolder(string path, IReadOnlyList<string>? names)
    {
        Path = path;
        _names = names;
    }

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>Makes a temporary folder.</summary>
    /// <exception cref="OutputFileException">It cannot be made.</exception>
    public static OwnedFolder CreateTemporary()
    {
        var parent = System.IO.Path.GetTempPath();
        try
        {
            if (Interlocked.Exchange(ref _isSwept, 1) == 0)
            {
                Sweep(parent);
            }

            var folder = new OwnedFolder(Directory.CreateTempSubdirectory(Prefix).FullName, names: null);
            try
            {
                folder.Mark();
            }
            catch
            {
                Directory.Delete(folder.Path, recursive: true);
                throw;
            }

            return folder;
        }
        catch (Exception exception) when (OutputFileException.IsRefusal(exception))
        {
            throw OutputFileException.CannotWrite(parent.TrimEnd(System.IO.Path.DirectorySeparatorChar), "temporary folder", exception);
        }
    }

    /// <summary>Makes a folder with a name, or takes over what a killed process has left of it.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="names">The files that will be in it; nothing else in it is ever deleted.</param>
    /// <exception cref="OutputFileException">There is something else, or it cannot be made.</exception>
    public static OwnedFolder CreateAt(string path, IReadOnlyList<string> names)
    {
        try
        {
            var full = System.IO.Path.GetFullPath(path);
            if (FileForms.Of(full) != FileForm.Missing)
            {
                switch (FileForms.Of(full) == FileForm.Folder ? OwnerOf(full) : MarkedOwner.Nobody)
                {
                    case MarkedOwner.Nobody:
                        throw new OutputFileException($"{full}: this exists and is not AutoDetectSim's, which needs a folder of this name for the files of a lab; move or rename it.");
                    case MarkedOwner.Running:
                        throw new OutputFileException($"{full}: another process of AutoDetectSim that still runs uses this folder.");
                    default:
                        new OwnedFolder(full, names).DeleteFiles(names);
                        break;
                }
            }

            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(full);
            }
            else
            {
                Directory.CreateDirectory(full, UserOnly);
            }

            var folder = new OwnedFolder(full, names);
            folder.Mark();
            return folder;
        }
        catch (Exception exception) when (OutputFileException.IsRefusal(exception))
        {
            throw OutputFileException.CannotWrite(path, "folder", exception);
        }
    }

    /// <summary>Writes a file of the folder, which is deleted with it.</summary>
    /// <returns>Where it is.</returns>
    /// <exception cref="OutputFileException">It cannot be written.</exception>
    public string Write(string name, byte[] content)
    {
        var path = System.IO.Path.Combine(Path, name);
        try
        {
            File.Delete(path);
            using var stream = OutputFile.Create(path, isSecret: false);
            stream.Write(content);
            return path;
        }
        catch (Exception exception) when (OutputFileException.IsRefusal(exception))
        {
            throw OutputFileException.CannotWrite(path, "file", exception);
        }
    }

    /// <summary>Deletes the folder, if its mark is still there.</summary>
    public void Dispose()
    {
        try
        {
            if (OwnerOf(Path) == MarkedOwner.Nobody)
            {
                return;
            }

            if (_names is null)
            {
                Directory.Delete(Path, recursive: true);
            }
            else
            {
                DeleteFiles(_names);
            }
        }
        catch (Exception exception) when (OutputFileException.IsRefusal(exception))
        {
            // The next start tries again.
        }
    }

    private static void Sweep(string parent)
    {
        foreach (var path in Directory.EnumerateDirectories(parent, Prefix + "*"))
        {
            try
            {
                // Another user's mark must not make this one delete anything.
                if (FileForms.Of(path) == FileForm.Folder && FileForms.IsOwn(path) && OwnerOf(path) == MarkedOwner.Ended)
                {
                    Directory.Delete(path, recursive: true);
                }
            }
            catch (Exception exception) when (OutputFileException.IsRefusal(exception))
            {
                // A leftover that cannot be deleted is not this run's concern.
            }
        }
    }

    private static MarkedOwner OwnerOf(string folder)
    {
        var mark = System.IO.Path.Combine(folder, MarkName);
        return FileForms.Of(mark) == FileForm.Regular && new FileInfo(mark).Length <= LargestMark ? ProcessMark.OwnerOf(File.ReadAllText(mark)) : MarkedOwner.Nobody;
    }

    private void Mark()
    {
        using var mark = new StreamWriter(OutputFile.Create(System.IO.Path.Combine(Path, MarkName), isSecret: true));
        mark.Write(ProcessMark.Mine + "\n");
    }

    /// <summary>Deletes the files of the folder, and the folder if nothing else is in it.</summary>
    private void DeleteFiles(IReadOnlyList<string> names)
    {
        foreach (var name in names.Append(MarkName))
        {
            File.Delete(System.IO.Path.Combine(Path, name));
        }

        if (!Directory.EnumerateFileSystemEntries(Path).Any())
        {
            Directory.Delete(Path);
        }
    }
}

using System.Text.Json;
using AutoDetectSim.Documents.Files;

namespace AutoDetectSim.CertsGen;

/// <summary>
/// Replaces the generated files of a folder, all or none: everything is written beside its final place first, what it
/// replaces is moved away and not deleted before all of it is in place, and a failure moves everything back.
/// Files that were not generated stay where they are.
/// </summary>
internal sealed class FolderTransaction
{
    /// <summary>Lists the generated files, which a later run may remove.</summary>
    public const string ManifestName = "manifest.json";

    private const int MaximumManifestSize = 64 * 1024 * 1024;

    private readonly string _folder;
    private readonly string _staging;
    private readonly List<(string From, string To)> _moved = [];

    /// <summary>The files of an earlier run.</summary>
    private readonly IReadOnlyList<string> _before;

    private FolderTransaction(string folder)
    {
        _folder = folder;
        _staging = Path.Combine(folder, ".certs-gen-" + Path.GetRandomFileName());
        _before = GeneratedBefore();
    }

    /// <summary>Writes the files.</summary>
    /// <param name="folder">The folder; it is created where it does not exist.</param>
    /// <param name="files">The files, the manifest among them.</param>
    /// <param name="force">Whether a folder that is not empty may be written to.</param>
    /// <exception cref="FolderException">The folder is not empty, or writing failed; it is as it was.</exception>
    public static void Write(string folder, IReadOnlyList<PkiFile> files, bool force)
    {
        var full = Path.GetFullPath(folder);
        if (File.Exists(full))
        {
            throw new FolderException($"{folder} is a file, not a folder") { IsUsage = true };
        }

        var existed = Directory.Exists(full);
        try
        {
            if (existed && !force && Directory.EnumerateFileSystemEntries(full).Any())
            {
                throw new FolderException($"{folder} is not empty: choose another folder, or use --force to replace the files of an earlier run") { IsUsage = true };
            }

            Directory.CreateDirectory(full);
            var transaction = new FolderTransaction(full);
            if (files.Select(file => file.Path).Concat(transaction._before).Select(path => LinkAbove(full, path)).FirstOrDefault(link => link is not null) is { } outside)
            {
                throw new FolderException($"{outside} is a symbolic link, which is not followed: choose another folder") { IsUsage = true };
            }

            transaction.Run(files);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (!existed && Directory.Exists(full) && !Directory.EnumerateFileSystemEntries(full).Any())
            {
                Directory.Delete(full);
            }

            throw new FolderException($"{folder} cannot be written to, and nothing in it has changed: {e.Message}", e);
        }
    }

    private void Run(IReadOnlyList<PkiFile> files)
    {
        try
        {
            foreach (var file in files)
            {
                WriteStaged(file);
            }

            Replace(files);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            MoveBack(e);
            DeleteStaging();
            throw;
        }

        DeleteStaging();
    }

    private void Replace(IReadOnlyList<PkiFile> files)
    {
        var oldPaths = _before.Concat(files.Select(file => file.Path)).Distinct(StringComparer.Ordinal)
            .Where(path => File.Exists(In(_folder, path))).ToList();
        foreach (var path in oldPaths)
        {
            Move(In(_folder, path), In(Path.Combine(_staging, "old"), path));
        }

        foreach (var file in files)
        {
            Move(In(Path.Combine(_staging, "new"), file.Path), In(_folder, file.Path));
        }

        RemoveEmptyFolders(oldPaths);
    }

    private void DeleteStaging()
    {
        if (Directory.Exists(_staging))
        {
            Directory.Delete(_staging, recursive: true);
        }
    }

    private void WriteStaged(PkiFile file)
    {
        var path = In(Path.Combine(_staging, "new"), file.Path);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var stream = OutputFile.Create(path, file.Secret);
        stream.Write(file.Content);
    }

    private void Move(string from, string to)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        File.Move(from, to, overwrite: false);
        _moved.Add((from, to));
    }

    private void MoveBack(Exception cause)
    {
        try
        {
            for (var i = _moved.Count - 1; i >= 0; i--)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(_moved[i].From)!);
                File.Move(_moved[i].To, _moved[i].From, overwrite: false);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FolderException($"writing failed ({cause.Message}), and so did restoring the previous content ({e.Message}): it is in {Path.Combine(_staging, "old")}", e);
        }

        RemoveEmptyFolders([.. _moved.Select(move => Path.GetRelativePath(_folder, move.To))]);
    }

    private List<string> GeneratedBefore()
    {
        var path = Path.Combine(_folder, ManifestName);
        if (FileForms.Of(path) != FileForm.Regular || new FileInfo(path).Length > MaximumManifestSize)
        {
            return [];
        }

        try
        {
            // Somebody else's manifest.json may list files too, and they are not ours to replace.
            var text = File.ReadAllText(path);
            var manifest = OutputKind.HasMembers(text, "title", "created", "servers", "files") ? JsonSerializer.Deserialize<Manifest>(text, Manifest.Json) : null;
            return [.. (manifest?.Files ?? []).Where(IsBelow)];
        }
        catch (JsonException)
        {
            // Somebody else's manifest.json names no files of ours.
            return [];
        }
    }

    /// <summary>The first folder on the way to a file, below the folder itself, that is a link; null if there is none.</summary>
    private static string? LinkAbove(string folder, string path)
    {
        var current = folder;
        foreach (var part in path.Split('/', Path.DirectorySeparatorChar).SkipLast(1))
        {
            current = Path.Combine(current, part);
            if (FileForms.Of(current) == FileForm.Link)
            {
                return current;
            }
        }

        return null;
    }

    // The manifest is only a file: nothing that it says may lead out of the folder.
    private bool IsBelow(string path) =>
        !string.IsNullOrEmpty(path) && !path.Contains('\0', StringComparison.Ordinal) && !Path.IsPathRooted(path)
        && !path.Split('/', Path.DirectorySeparatorChar).Any(part => part is "" or "." or "..")
        && Path.GetFullPath(In(_folder, path)).StartsWith(_folder.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private void RemoveEmptyFolders(IReadOnlyList<string> paths)
    {
        foreach (var path in paths)
        {
            var folder = Path.GetDirectoryName(In(_folder, path));
            while (folder is not null && folder.Length > _folder.Length && Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any())
            {
                Directory.Delete(folder);
                folder = Path.GetDirectoryName(folder);
            }
        }
    }

    private static string In(string folder, string path) => Path.Combine(folder, path.Replace('/', Path.DirectorySeparatorChar));
}

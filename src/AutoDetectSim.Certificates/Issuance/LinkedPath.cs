namespace AutoDetectSim.Certificates.Issuance;

/// <summary>Where a path leads once its symbolic links are followed.</summary>
internal static class LinkedPath
{
    /// <summary>Links that are followed at most: more are a loop.</summary>
    private const int MostLinks = 40;

    /// <summary>Whether a path leads to a place below a folder; a loop of links leads nowhere.</summary>
    public static bool IsBelow(string path, string folder) =>
        Follow(path) is { } place && Follow(folder) is { } root
        && place.StartsWith(root.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);

    private static string? Follow(string path)
    {
        var rest = new Stack<string>(Parts(Path.GetFullPath(path)).Reverse());
        var place = Path.GetPathRoot(Path.GetFullPath(path))!;
        var links = 0;
        while (rest.TryPop(out var part))
        {
            var next = Path.GetFullPath(part, place);
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                place = next;
                continue;
            }

            if (++links > MostLinks)
            {
                return null;
            }

            var full = Path.GetFullPath(target, place);
            place = Path.GetPathRoot(full)!;
            foreach (var step in Parts(full).Reverse())
            {
                rest.Push(step);
            }
        }

        return place;
    }

    private static string[] Parts(string full) => full[Path.GetPathRoot(full)!.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries);
}

using System.Globalization;

namespace AutoDetectSim.CertsGen;

/// <summary>Makes file names out of names, portable to every file system and different from one another even where case does not count.</summary>
internal sealed class FileNames
{
    private static readonly HashSet<string> WindowsDevices = new(StringComparer.OrdinalIgnoreCase)
    {
        "CON", "PRN", "AUX", "NUL", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9",
        "LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9",
    };

    private readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase);

    public string For(string name)
    {
        var safe = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' ? c : '-')).Trim('.', '-');
        if (safe.Length == 0 || WindowsDevices.Contains(safe.Split('.')[0]))
        {
            safe = "_" + safe;
        }

        var result = safe;
        for (var i = 2; !_taken.Add(result); i++)
        {
            result = string.Create(CultureInfo.InvariantCulture, $"{safe}-{i}");
        }

        return result;
    }
}

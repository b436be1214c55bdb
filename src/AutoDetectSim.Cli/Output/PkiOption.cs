using System.CommandLine;
using AutoDetectSim.Issuing;

namespace AutoDetectSim.Cli.Output;

/// <summary>The <c>--pki</c> option: keys and certificates that exist already.</summary>
internal static class PkiOption
{
    /// <param name="condition">When it may be given, or an empty text.</param>
    public static Option<DirectoryInfo?> Create(string condition = "") => new("--pki")
    {
        Description = $"{(condition.Length == 0 ? "Folder" : condition + "folder")} of 'export pki' whose keys and certificates the lab presents. Default: the lab makes its own.",
    };

    /// <summary>Reads the folder; null without one.</summary>
    /// <exception cref="InputException">It is not such a folder; the message names the file.</exception>
    public static LabPkiFolder? Read(ParseResult parsed, Option<DirectoryInfo?> option)
    {
        try
        {
            return parsed.GetValue(option) is { } folder ? LabPkiFolder.Read(folder.FullName, TimeProvider.System.GetUtcNow()) : null;
        }
        catch (LabPkiFolderException exception)
        {
            throw new InputException(exception.Message);
        }
    }
}

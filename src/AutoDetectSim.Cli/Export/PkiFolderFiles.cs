using AutoDetectSim.Cli.Output;
using AutoDetectSim.Documents;
using AutoDetectSim.Documents.Files;
using AutoDetectSim.Issuing;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Cli.Export;

/// <summary>The files of a folder of <c>export pki</c>.</summary>
internal static class PkiFolderFiles
{
    private const int LargestFile = 16 * 1024 * 1024;

    /// <summary>Reads the files, after the folder has been checked.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="scenario">The scenario that it must have been made for.</param>
    /// <exception cref="LabPkiFolderException">It is not such a folder, or that of another scenario.</exception>
    /// <exception cref="InputException">A file cannot be read.</exception>
    public static IReadOnlyList<ExportFile> Read(string folder, Scenario scenario)
    {
        LabPkiFolder.Read(folder, TimeProvider.System.GetUtcNow()).ThrowIfOthers(scenario);
        try
        {
            var manifest = StrangersJson.Read(InputFile.Read(Path.Combine(folder, LabPkiManifest.FileName), LargestFile), LabPkiManifestJson.Default.LabPkiManifest)!;
            return
            [
                .. manifest.Files.Where(name => Path.GetFileName(name) == name).Select(name =>
                    new ExportFile(name, InputFile.Read(Path.Combine(folder, name), LargestFile), manifest.Keys.Any(key => key.File == name))),
            ];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{folder}: {exception.Message}");
        }
    }
}

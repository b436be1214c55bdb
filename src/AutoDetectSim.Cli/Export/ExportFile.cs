using System.Text;

namespace AutoDetectSim.Cli.Export;

/// <summary>A file of an export.</summary>
/// <param name="Path">Where, relative to the folder of the export, with forward slashes.</param>
/// <param name="Content">The bytes.</param>
/// <param name="IsSecret">Whether only its owner may read it.</param>
internal sealed record ExportFile(string Path, byte[] Content, bool IsSecret = false)
{
    /// <summary>A file with a text in UTF-8.</summary>
    public static ExportFile Text(string path, string text, bool isSecret = false) => new(path, Encoding.UTF8.GetBytes(text), isSecret);
}

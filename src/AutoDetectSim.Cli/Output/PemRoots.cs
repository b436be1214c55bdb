using AutoDetectSim.Certificates.Validation;
using AutoDetectSim.Documents.Files;

namespace AutoDetectSim.Cli.Output;

/// <summary>Reads files of trusted roots.</summary>
internal static class PemRoots
{
    /// <summary>Larger files are not lists of roots.</summary>
    public const int MaximumSize = 64 * 1024 * 1024;

    /// <summary>Loads every certificate of a PEM file.</summary>
    /// <exception cref="InputException">The file cannot be read or holds no certificate.</exception>
    public static TrustAnchors Load(string path)
    {
        try
        {
            var anchors = TrustAnchors.FromPem(InputFile.ReadText(path, MaximumSize));
            return anchors.Count > 0 ? anchors : throw new InputException($"{path}: contains no PEM certificate (-----BEGIN CERTIFICATE-----).");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: {exception.Message}");
        }
    }
}

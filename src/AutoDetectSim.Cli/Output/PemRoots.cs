using AutoDetectSim.Certificates.Validation;

namespace AutoDetectSim.Cli.Output;

/// <summary>Reads files of trusted roots.</summary>
internal static class PemRoots
{
    /// <summary>Loads every certificate of a PEM file.</summary>
    /// <exception cref="InputException">The file cannot be read or holds no certificate.</exception>
    public static TrustAnchors Load(string path)
    {
        try
        {
            var anchors = TrustAnchors.FromPem(File.ReadAllText(path));
            return anchors.Count > 0 ? anchors : throw new InputException($"{path}: contains no PEM certificate (-----BEGIN CERTIFICATE-----).");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: {exception.Message}");
        }
    }
}

namespace AutoDetectSim.CertsGen;

/// <summary>One file to be written.</summary>
/// <param name="Path">Where, relative to the folder, with forward slashes.</param>
/// <param name="Content">The bytes.</param>
/// <param name="Secret">Whether it contains a private key, which only its owner may read.</param>
internal sealed record PkiFile(string Path, byte[] Content, bool Secret = false)
{
    public static PkiFile Text(string path, string content, bool secret = false) => new(path, System.Text.Encoding.UTF8.GetBytes(content), secret);
}

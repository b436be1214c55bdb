using System.Text;
using AutoDetectSim.Certificates.Issuance;
using AutoDetectSim.Cli.Output;

namespace AutoDetectSim.Cli.Run;

/// <summary>The lab's trust anchors in files that live as long as the lab. Certificates only: no key is written.</summary>
internal sealed class RootCertificateFile : IDisposable
{
    private readonly DirectoryInfo _directory;

    /// <summary>Writes the files.</summary>
    /// <param name="lab">The lab.</param>
    /// <param name="folder">The folder for the files, removed with them; null for a new temporary folder.</param>
    /// <param name="file">The PEM file; null: one in the folder.</param>
    /// <exception cref="InputException"><paramref name="file"/> cannot be written.</exception>
    public RootCertificateFile(Lab lab, string? folder = null, string? file = null)
    {
        _directory = folder is null ? Directory.CreateTempSubdirectory("autodetectsim-") : Directory.CreateDirectory(folder);
        Path = file ?? System.IO.Path.Combine(_directory.FullName, "root.pem");
        TrustStore = System.IO.Path.Combine(_directory.FullName, "root.p12");
        File.WriteAllBytes(TrustStore, JavaTrustStore.Write(lab.TrustAnchors));
        try
        {
            OutputFile.Write(Path, "root file", temporary => File.WriteAllText(temporary, lab.RootCertificatesPem, Encoding.ASCII));
        }
        catch (InputException)
        {
            _directory.Delete(recursive: true);
            throw;
        }
    }

    public string Path { get; }

    /// <summary>The same as a trust store for Java.</summary>
    public string TrustStore { get; }

    public void Dispose()
    {
        try
        {
            _directory.Delete(recursive: true);
            if (File.Exists(Path))
            {
                File.Delete(Path);
            }
        }
        catch (IOException exception)
        {
            Notice.WriteLine($"{_directory.FullName} could not be removed: {exception.Message}");
        }
    }
}

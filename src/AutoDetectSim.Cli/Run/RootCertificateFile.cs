using System.Text;

namespace AutoDetectSim.Cli.Run;

/// <summary>The lab's trust anchors in a PEM file that lives as long as the lab. Certificates only: no key is written.</summary>
internal sealed class RootCertificateFile : IDisposable
{
    private readonly DirectoryInfo _directory;

    public RootCertificateFile(Lab lab)
    {
        _directory = Directory.CreateTempSubdirectory("autodetectsim-");
        Path = System.IO.Path.Combine(_directory.FullName, "root.pem");
        File.WriteAllText(Path, lab.RootCertificatesPem, Encoding.ASCII);
    }

    public string Path { get; }

    public void Dispose()
    {
        try
        {
            _directory.Delete(recursive: true);
        }
        catch (IOException exception)
        {
            Console.Error.WriteLine($"{_directory.FullName} could not be removed: {exception.Message}");
        }
    }
}

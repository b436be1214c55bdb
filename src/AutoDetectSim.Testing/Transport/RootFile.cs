using System.Text;

namespace AutoDetectSim.Testing.Transport;

/// <summary>The lab's roots in a PEM file, written on first use. Only certificates, no keys.</summary>
internal sealed class RootFile(Lab lab) : IDisposable
{
    private readonly Lock _gate = new();
    private DirectoryInfo? _directory;
    private string? _written;

    /// <summary>Where it is. Its content follows the roots that the lab trusts now.</summary>
    public string Path
    {
        get
        {
            lock (_gate)
            {
                _directory ??= Directory.CreateTempSubdirectory("autodetectsim-");
                var path = System.IO.Path.Combine(_directory.FullName, "root.pem");
                var roots = lab.RootCertificatesPem;
                if (!string.Equals(roots, _written, StringComparison.Ordinal))
                {
                    File.WriteAllText(path, roots, Encoding.ASCII);
                    _written = roots;
                }

                return path;
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            try
            {
                _directory?.Delete(recursive: true);
            }
            catch (IOException)
            {
                // A program that still reads it on Windows; a temporary file is no reason to let a test fail.
            }
        }
    }
}

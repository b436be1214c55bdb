using System.Text;
using AutoDetectSim.Documents.Files;

namespace AutoDetectSim.Testing.Transport;

/// <summary>The lab's roots in a PEM file, written on first use. Only certificates, no keys.</summary>
internal sealed class RootFile(Lab lab) : IDisposable
{
    private readonly Lock _gate = new();
    private OwnedFolder? _directory;
    private string? _written;

    /// <summary>Where it is. Its content follows the roots that the lab trusts now.</summary>
    public string Path
    {
        get
        {
            lock (_gate)
            {
                _directory ??= OwnedFolder.CreateTemporary();
                var path = System.IO.Path.Combine(_directory.Path, "root.pem");
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
            _directory?.Dispose();
        }
    }
}

namespace AutoDetectSim.Certificates.Issuance;

/// <summary>What the revisions of one PKI share, and what has to be released when it is over.</summary>
/// <param name="archive">Where keys are that exist already, or null.</param>
internal sealed class PkiResources(PkiArchive? archive = null) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<IDisposable> _kept = [];
    private volatile bool _disposed;

    public KeyRing Keys { get; } = new(archive);

    public bool IsDisposed => _disposed;

    /// <summary>Releases something together with everything else; at once when that has happened already.</summary>
    public T Keep<T>(T resource)
        where T : IDisposable
    {
        lock (_gate)
        {
            if (!_disposed)
            {
                _kept.Add(resource);
                return resource;
            }
        }

        resource.Dispose();
        return resource;
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            foreach (var resource in _kept)
            {
                resource.Dispose();
            }

            _kept.Clear();
        }

        Keys.Dispose();
    }
}

using System.Text;

namespace AutoDetectSim.Tls;

/// <summary>
/// A key log in the NSS format (RFC 9850, SSLKEYLOGFILE), with which Wireshark decrypts a capture. One instance may serve any number
/// of connections at a time; every line is written whole.
/// </summary>
public sealed class TlsKeyLog : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Stream _output;
    private bool _disposed;

    /// <summary>Writes to a stream, which is disposed with the log.</summary>
    /// <param name="output">A stream that can be written to.</param>
    public TlsKeyLog(Stream output)
    {
        ArgumentNullException.ThrowIfNull(output);
        _output = output;
    }

    /// <summary>Appends to a file, which is created when missing; others may read it at the same time.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The log.</returns>
    /// <exception cref="IOException">The file cannot be opened for writing, for example because another process writes to it.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static TlsKeyLog AppendTo(string path) =>
        new(new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0));

    /// <inheritdoc />
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _output.Dispose();
        }
    }

    /// <summary>Writes one line; after the log was disposed, nothing.</summary>
    internal void Write(string label, ReadOnlySpan<byte> clientRandom, ReadOnlySpan<byte> secret)
    {
        var line = Encoding.ASCII.GetBytes($"{label} {Convert.ToHexStringLower(clientRandom)} {Convert.ToHexStringLower(secret)}\n");
        lock (_gate)
        {
            if (!_disposed)
            {
                _output.Write(line);
                _output.Flush();
            }
        }
    }
}

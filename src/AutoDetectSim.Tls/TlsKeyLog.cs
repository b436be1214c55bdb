using System.Text;

namespace AutoDetectSim.Tls;

/// <summary>
/// A key log in the NSS format (RFC 9850, SSLKEYLOGFILE), with which Wireshark decrypts a capture. One instance may serve any number
/// of connections at a time; every line is written whole. A log that cannot be written, for example because the disk is full, ends
/// there: the handshakes go on.
/// </summary>
public sealed class TlsKeyLog : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Stream _output;
    private readonly Action<Exception>? _failed;
    private bool _ended;

    /// <summary>Writes to a stream, which is disposed with the log.</summary>
    /// <param name="output">A stream that can be written to.</param>
    public TlsKeyLog(Stream output)
        : this(output, failed: null)
    {
    }

    /// <summary>Writes to a stream, which is disposed with the log.</summary>
    /// <param name="output">A stream that can be written to.</param>
    /// <param name="failed">Called once, when the stream cannot be written to any more.</param>
    internal TlsKeyLog(Stream output, Action<Exception>? failed)
    {
        ArgumentNullException.ThrowIfNull(output);
        _output = output;
        _failed = failed;
    }

    /// <summary>Appends to a file, which is created when missing, for the user alone; others may read it at the same time.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The log.</returns>
    /// <exception cref="IOException">The file cannot be opened for writing, for example because another process writes to it.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static TlsKeyLog AppendTo(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.Read, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new TlsKeyLog(new FileStream(path, options));
    }

    /// <inheritdoc />
    public void Dispose()
    {
        lock (_gate)
        {
            _ended = true;
            _output.Dispose();
        }
    }

    /// <summary>Writes one line; after the log was disposed or has failed, nothing.</summary>
    internal void Write(string label, ReadOnlySpan<byte> clientRandom, ReadOnlySpan<byte> secret)
    {
        var line = Encoding.ASCII.GetBytes($"{label} {Convert.ToHexStringLower(clientRandom)} {Convert.ToHexStringLower(secret)}\n");
        lock (_gate)
        {
            if (_ended)
            {
                return;
            }

            try
            {
                _output.Write(line);
                _output.Flush();
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ObjectDisposedException or NotSupportedException)
            {
                _ended = true;
                _failed?.Invoke(exception);
            }
        }
    }
}

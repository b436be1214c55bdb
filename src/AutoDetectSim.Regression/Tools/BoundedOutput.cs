using System.Buffers;
using System.Text;

namespace AutoDetectSim.Regression.Tools;

/// <summary>Takes the output of a process up to a size, and can be looked at before the end has come.</summary>
internal sealed class BoundedOutput(int maximum)
{
    private readonly Lock _gate = new();
    private readonly ArrayBufferWriter<byte> _content = new();
    private bool _isOver;

    /// <summary>Whether more came than is kept.</summary>
    public bool IsOver
    {
        get
        {
            lock (_gate)
            {
                return _isOver;
            }
        }
    }

    /// <summary>What has come so far, as UTF-8.</summary>
    public string Text
    {
        get
        {
            lock (_gate)
            {
                return Encoding.UTF8.GetString(_content.WrittenSpan);
            }
        }
    }

    /// <summary>Reads to the end, or until more comes than is kept.</summary>
    public async Task ReadAsync(Stream stream, Action over)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await stream.ReadAsync(buffer) is > 0 and var length)
            {
                if (!Add(buffer.AsSpan(0, length)))
                {
                    over();
                    return;
                }
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The process is gone, and its pipe with it.
        }
    }

    private bool Add(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            _isOver = _content.WrittenCount + bytes.Length > maximum;
            _content.Write(bytes[..Math.Min(bytes.Length, maximum - _content.WrittenCount)]);
            return !_isOver;
        }
    }
}

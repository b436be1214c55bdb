using System.Text;

namespace AutoDetectSim.Tls.Engine;

/// <summary>The peer sent bytes that are not a TLS record.</summary>
internal sealed class NotTlsException(ReadOnlySpan<byte> start) : IOException($"The peer does not speak TLS; it began with \"{Printable(start)}\".")
{
    private static string Printable(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        foreach (var b in bytes)
        {
            if (b is >= 0x20 and < 0x7F)
            {
                text.Append((char)b);
            }
            else
            {
                text.Append("\\x").Append(Convert.ToHexString([b]));
            }
        }

        return text.ToString();
    }
}

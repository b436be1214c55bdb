using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using AutoDetectSim.Tls.Engine;
using Microsoft.AspNetCore.Connections;

namespace AutoDetectSim.Hosting.Parts;

/// <summary>What the first bytes of a connection say about where it wants to go. They stay in the connection.</summary>
/// <param name="IsTls">Whether the client speaks TLS.</param>
/// <param name="Host">The host that it names, in SNI or in the Host header; null: none.</param>
/// <param name="Proxy">Who a header of the PROXY protocol says that it is, which is taken off the connection; null: there was none.</param>
internal readonly record struct FirstFlight(bool IsTls, string? Host, ProxyHeader? Proxy = null)
{
    private const byte Handshake = 22;
    private const byte ClientHello = 1;
    private const int RecordHeader = 5;
    private const int MessageHeader = 4;

    /// <summary>What is looked at in search of a name.</summary>
    private const int Largest = 32 * 1024;

    /// <summary>How long the bytes may take, as long as the gateway gives its clients.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Reads them; null when the client closes the connection before, as a TCP check does, or sends nothing.</summary>
    public static async Task<FirstFlight?> ReadAsync(ConnectionContext connection, TimeProvider time)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, connection.ConnectionClosed);
        var input = connection.Transport.Input;
        ProxyHeader? proxy = null;
        while (true)
        {
            try
            {
                var result = await input.ReadAsync(linked.Token);
                var isLast = result.IsCompleted || result.IsCanceled || result.Buffer.Length > Largest;
                if (result.Buffer.IsEmpty && isLast)
                {
                    input.AdvanceTo(result.Buffer.Start);
                    return null;
                }

                var start = result.Buffer.Slice(0, Math.Min(result.Buffer.Length, ProxyHeader.FixedLength)).ToArray();
                if (proxy is null && ProxyHeader.Begins(start))
                {
                    var length = start.Length < ProxyHeader.FixedLength ? int.MaxValue : ProxyHeader.LengthOf(start);
                    if (result.Buffer.Length >= length)
                    {
                        proxy = ProxyHeader.Read(result.Buffer.Slice(0, length).ToArray());
                        input.AdvanceTo(result.Buffer.GetPosition(length));
                        if (proxy is null)
                        {
                            return null;
                        }
                    }
                    else
                    {
                        input.AdvanceTo(result.Buffer.Start, result.Buffer.End);
                        if (isLast)
                        {
                            return null;
                        }
                    }

                    continue;
                }

                var found = result.Buffer.IsEmpty ? null : TryRead(result.Buffer.Slice(0, Math.Min(result.Buffer.Length, Largest)).ToArray());
                input.AdvanceTo(result.Buffer.Start, found is null && !isLast ? result.Buffer.End : result.Buffer.Start);
                if (found is not null || isLast)
                {
                    return (found ?? new FirstFlight(start[0] == Handshake, null)) with { Proxy = proxy };
                }
            }
            catch (Exception exception) when (exception is OperationCanceledException or IOException)
            {
                return null;
            }
        }
    }

    /// <summary>Reads bytes; null while there are too few.</summary>
    internal static FirstFlight? TryRead(ReadOnlySpan<byte> bytes)
    {
        if (bytes[0] != Handshake)
        {
            var head = Encoding.Latin1.GetString(bytes);
            var end = head.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            return end < 0 ? null : new FirstFlight(false, HostHeader(head[..end]));
        }

        // The message may come in several records.
        var message = new ArrayBufferWriter<byte>(bytes.Length);
        while (bytes.Length >= RecordHeader && bytes[0] == Handshake)
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(bytes[3..]);
            if (bytes.Length < RecordHeader + length)
            {
                return null;
            }

            message.Write(bytes.Slice(RecordHeader, length));
            bytes = bytes[(RecordHeader + length)..];
            var written = message.WrittenSpan;
            if (written.Length >= MessageHeader && written.Length >= MessageHeader + Length24(written))
            {
                return new FirstFlight(true, written[0] == ClientHello ? ClientHelloReader.ServerNameOf(written.Slice(MessageHeader, Length24(written))) : null);
            }
        }

        return bytes.Length == 0 || bytes[0] == Handshake ? null : new FirstFlight(true, null);
    }

    private static int Length24(ReadOnlySpan<byte> message) => (message[1] << 16) | (message[2] << 8) | message[3];

    private static string? HostHeader(string head)
    {
        const string Name = "Host:";
        var line = head.Split("\r\n").Skip(1).FirstOrDefault(line => line.StartsWith(Name, StringComparison.OrdinalIgnoreCase));
        return line?[Name.Length..].Trim().Split(':')[0];
    }
}

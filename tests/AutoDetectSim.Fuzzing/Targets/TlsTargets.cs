using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AutoDetectSim.Tls;

namespace AutoDetectSim.Fuzzing.Targets;

/// <summary>Both sides of TLS: whatever the other one sends, the handshake ends with a reason.</summary>
internal static class TlsTargets
{
    private const string Host = "mail.contoso.com";

    private static readonly Lazy<TlsServerIdentity> Identity = new(MakeIdentity);

    private static readonly TlsClientSettings Client = new() { ServerName = Host, ApplicationProtocols = ["h2", "http/1.1"], Versions = TlsVersions.All };

    private static readonly TlsVersions[] Versions = [TlsVersions.Tls10, TlsVersions.Tls11, TlsVersions.Tls12, TlsVersions.Tls13];

    /// <summary>All that a client sends.</summary>
    public static void Serve(ReadOnlySpan<byte> input)
    {
        using var client = new SilentStream(input.ToArray());
        Ends(AcceptAsync(client, Server(TlsVersions.All, asksForCertificate: true)));
    }

    /// <summary>All that a server sends.</summary>
    public static void Connect(ReadOnlySpan<byte> input)
    {
        using var server = new SilentStream(input.ToArray());
        Ends(ConnectAsync(server, Client));
    }

    /// <summary>The first byte chooses the version; then changes of four bytes each: the side and the offset, and two values that replace what is sent.</summary>
    public static void Tamper(ReadOnlySpan<byte> input)
    {
        if (input.IsEmpty)
        {
            return;
        }

        var (kind, changes) = (input[0], input[1..].ToArray());
        var version = Versions[kind & 3];
        var wire = new Wire((end, offset, bytes) =>
        {
            for (var at = 0; at + 4 <= changes.Length; at += 4)
            {
                var place = BinaryPrimitives.ReadUInt16BigEndian(changes.AsSpan(at));
                var (side, first) = (place >> 15, (place & 0x7FFF) - offset);
                for (var index = 0; index < 2; index++)
                {
                    if (side == end && first + index >= 0 && first + index < bytes.Length)
                    {
                        bytes[first + index] = changes[at + 2 + index];
                    }
                }
            }
        });
        using var client = wire.End(0);
        using var server = wire.End(1);
        var serving = Task.Run(() => AcceptAsync(server, Server(version, asksForCertificate: (kind & 4) != 0)));
        Ends(ConnectAsync(client, Client with { Versions = version }));
        Ends(serving);
    }

    private static TlsServerSettings Server(TlsVersions versions, bool asksForCertificate) =>
        new() { Identity = Identity.Value, Versions = versions, ApplicationProtocols = ["h2", "http/1.1"], RequestClientCertificate = asksForCertificate };

    private static async Task AcceptAsync(Stream transport, TlsServerSettings settings)
    {
        try
        {
            await using var connection = await TlsServer.AcceptAsync(transport, (_, _) => ValueTask.FromResult(settings));
            _ = await connection.Stream.ReadAsync(new byte[256]);
        }
        finally
        {
            await transport.DisposeAsync();
        }
    }

    private static async Task ConnectAsync(Stream transport, TlsClientSettings settings)
    {
        await using var connection = await TlsClient.ConnectAsync(transport, settings);
        await connection.Stream.WriteAsync("GET / HTTP/1.1\r\n\r\n"u8.ToArray());
        _ = await connection.Stream.ReadAsync(new byte[256]);
    }

    private static void Ends(Task handshake)
    {
        try
        {
            handshake.GetAwaiter().GetResult();
        }
        catch (Exception exception) when (exception is TlsHandshakeException { Reason: not TlsFailure.Timeout } or TlsStreamException)
        {
            // That is how a handshake ends that the other side spoils.
        }
    }

    private static TlsServerIdentity MakeIdentity()
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=" + Host, key, HashAlgorithmName.SHA256);
        var start = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        return new TlsServerIdentity([request.CreateSelfSigned(start, start.AddYears(10)).RawData], key);
    }

    /// <summary>The other side says what it has to say, and hears nothing.</summary>
    private sealed class SilentStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;
    }
}

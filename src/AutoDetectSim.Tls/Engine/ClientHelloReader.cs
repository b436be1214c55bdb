using System.Text;
using Org.BouncyCastle.Tls;

namespace AutoDetectSim.Tls.Engine;

/// <summary>Reads the first message of a client, and keeps its records for the protocol engine.</summary>
internal sealed class ClientHelloReader
{
    private const int MessageHeaderLength = 4;
    private const int TlsMajor = 3;

    // RFC 8446, section 4.1.2 allows more; OpenSSL accepts 131,396 bytes, and clients send less than 2,000.
    private const int MaxMessageLength = 0x20000;

    private readonly List<byte[]> _records = [];

    /// <summary>The records that the message came in.</summary>
    internal IReadOnlyList<byte[]> Records => _records;

    /// <summary>The random of the message.</summary>
    internal byte[] Random { get; private set; } = [];

    /// <summary>Reads the message.</summary>
    /// <exception cref="TlsFatalAlert">The client sent something else, or nothing that can be decoded.</exception>
    /// <exception cref="IOException">The client is gone, or speaks no TLS.</exception>
    internal async Task<TlsClientHello> ReadAsync(RecordReader reader, CancellationToken cancellationToken)
    {
        var message = new MemoryStream();
        var length = int.MaxValue;
        while (message.Length < length)
        {
            var record = await reader.ReadAsync(cancellationToken);
            if (record.Count == 0)
            {
                throw new ConnectionClosedException();
            }

            if (record[0] != ContentType.handshake || record.Count == RecordReader.HeaderLength)
            {
                throw new TlsFatalAlert(AlertDescription.unexpected_message);
            }

            _records.Add([.. record]);
            message.Write(record.AsSpan(RecordReader.HeaderLength));
            if (message.Length >= MessageHeaderLength)
            {
                length = MessageLength(message.GetBuffer());
            }
        }

        message.Position = MessageHeaderLength;
        message.SetLength(length);
        ThrowIfNotTls(message.GetBuffer(), length);
        return Parse(ClientHello.Parse(message, null)) with
        {
            Length = _records.Sum(record => record.Length),
            FirstReadLength = reader.FirstReadLength,
        };
    }

    /// <summary>The host name (SNI) of a whole ClientHello, without its message header; null without one, and for a message that cannot be decoded.</summary>
    internal static string? ServerNameOf(ReadOnlySpan<byte> body)
    {
        try
        {
            return HostName(ClientHello.Parse(new MemoryStream(body.ToArray()), null).Extensions);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static int MessageLength(byte[] header)
    {
        if (header[0] != HandshakeType.client_hello)
        {
            throw new TlsFatalAlert(AlertDescription.unexpected_message);
        }

        var length = TlsUtilities.ReadUint24(header, 1);
        return length <= MaxMessageLength
            ? MessageHeaderLength + length
            : throw new TlsFatalAlert(AlertDescription.internal_error, $"ClientHello exceeds the maximum of {MaxMessageLength} bytes.");
    }

    /// <summary>Versions of DTLS, and reserved ones, cannot be compared with those of TLS.</summary>
    private static void ThrowIfNotTls(byte[] message, int length)
    {
        if (length >= MessageHeaderLength + 2 && message[MessageHeaderLength] != TlsMajor)
        {
            throw new TlsFatalAlert(
                AlertDescription.protocol_version,
                $"The ClientHello has the version 0x{message[MessageHeaderLength]:X2}{message[MessageHeaderLength + 1]:X2}, which is not one of TLS.");
        }
    }

    private static string? HostName(IDictionary<int, byte[]>? extensions)
    {
        var name = TlsExtensionsUtilities.GetServerNameExtensionClient(extensions)?.FirstOrDefault(name => name.NameType == NameType.host_name);
        return name is null ? null : Encoding.ASCII.GetString(name.NameData);
    }

    private TlsClientHello Parse(ClientHello hello)
    {
        Random = hello.Random;
        var extensions = hello.Extensions;
        var versions = TlsExtensionsUtilities.GetSupportedVersionsExtensionClient(extensions);
        return new()
        {
            ServerName = HostName(extensions),
            ApplicationProtocols = [.. TlsExtensionsUtilities.GetAlpnExtensionClient(extensions)?.Select(ParameterSets.ApplicationProtocolText) ?? []],
            Versions = VersionNames.ToFlags(versions ?? LegacyVersions(hello.Version)),
            OffersMlKem = TlsExtensionsUtilities.GetSupportedGroupsExtension(extensions)?.Any(ParameterSets.IsMlKem) == true,
        };
    }

    /// <summary>A client without supported_versions accepts its legacy version and all before it (RFC 8446, section 4.2.1).</summary>
    private static IEnumerable<ProtocolVersion> LegacyVersions(ProtocolVersion latest) =>
        TlsVersions.All.ToVersions().Where(version => !version.Equals(ProtocolVersion.TLSv13) && version.IsEqualOrEarlierVersionOf(latest));
}

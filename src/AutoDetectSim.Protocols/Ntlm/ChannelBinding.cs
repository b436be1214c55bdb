using System.Buffers.Binary;
using System.Formats.Asn1;
using System.Security.Cryptography;

namespace AutoDetectSim.Protocols.Ntlm;

/// <summary>The binding of a logon to the TLS connection that it is made on, by the server's certificate (RFC 5929 4).</summary>
internal static class ChannelBinding
{
    // An unset initiator and an unset acceptor, each with type and length of an address (RFC 2744 3.11).
    private const int AddressesLength = 16;

    /// <summary>The value of <see cref="AvId.ChannelBindings"/> for a server's certificate (MS-NLMP 2.2.2.1, RFC 4121 4.1.1.2).</summary>
    public static byte[] Of(ReadOnlyMemory<byte> certificate)
    {
        byte[] data = [.. "tls-server-end-point:"u8, .. EndPoint(certificate)];
        var bindings = new byte[AddressesLength + sizeof(uint) + data.Length];
        BinaryPrimitives.WriteInt32LittleEndian(bindings.AsSpan(AddressesLength), data.Length);
        data.CopyTo(bindings, AddressesLength + sizeof(uint));
        return MD5.HashData(bindings);
    }

    /// <summary>The digest of the certificate, of the kind that signs it; SHA-256 where that is MD5 or SHA-1, or none by itself.</summary>
    private static byte[] EndPoint(ReadOnlyMemory<byte> certificate) => SignatureOf(certificate) switch
    {
        "1.2.840.113549.1.1.12" or "1.2.840.10045.4.3.3" => SHA384.HashData(certificate.Span),
        "1.2.840.113549.1.1.13" or "1.2.840.10045.4.3.4" => SHA512.HashData(certificate.Span),
        _ => SHA256.HashData(certificate.Span),
    };

    private static string? SignatureOf(ReadOnlyMemory<byte> certificate)
    {
        try
        {
            var fields = new AsnReader(certificate, AsnEncodingRules.BER).ReadSequence();
            fields.ReadEncodedValue();
            return fields.ReadSequence().ReadObjectIdentifier();
        }
        catch (AsnContentException)
        {
            // Scenarios may present what is no certificate.
            return null;
        }
    }
}

using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;

namespace AutoDetectSim.Protocols.Ntlm;

/// <summary>The wrapping that the Negotiate scheme puts around NTLM (RFC 4178, MS-SPNG).</summary>
internal static class Spnego
{
    private const string Mechanism = "1.3.6.1.5.5.2";
    private const string Ntlm = "1.3.6.1.4.1.311.2.2.10";

    private static readonly Asn1Tag Initial = new(TagClass.Application, 0, isConstructed: true);

    /// <summary>
    /// Reads a client's token: the NTLM message in it, or none where the client would first like to hear that NTLM is spoken.
    /// False when it is no such token, or offers no NTLM.
    /// </summary>
    public static bool TryUnwrap(ReadOnlyMemory<byte> token, [NotNullWhen(true)] out byte[]? message)
    {
        message = null;
        try
        {
            var reader = new AsnReader(token, AsnEncodingRules.BER);
            message = reader.PeekTag().HasSameClassAndValue(Initial) ? ReadInitial(reader.ReadSequence(Initial)) : ReadResponse(reader.ReadSequence(Context(1)));
        }
        catch (Exception exception) when (exception is AsnContentException or InvalidOperationException)
        {
            return false;
        }

        return message is not null;
    }

    /// <summary>The server's token that asks the client to go on with NTLM, with a message of NTLM or none.</summary>
    public static byte[] Wrap(byte[] message)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence(Context(1)))
        using (writer.PushSequence())
        {
            using (writer.PushSequence(Context(0)))
            {
                writer.WriteEnumeratedValue(NegState.AcceptIncomplete);
            }

            using (writer.PushSequence(Context(1)))
            {
                writer.WriteObjectIdentifier(Ntlm);
            }

            if (message.Length > 0)
            {
                using (writer.PushSequence(Context(2)))
                {
                    writer.WriteOctetString(message);
                }
            }
        }

        return writer.Encode();
    }

    // RFC 4178 4.2.2.
    private enum NegState
    {
        AcceptCompleted,
        AcceptIncomplete,
    }

    // The message in the token is of the first mechanism in the list; where that is another one, NTLM has to begin anew.
    private static byte[]? ReadInitial(AsnReader token)
    {
        if (token.ReadObjectIdentifier() is not Mechanism)
        {
            return null;
        }

        var fields = token.ReadSequence(Context(0)).ReadSequence();
        var mechanisms = fields.ReadSequence(Context(0)).ReadSequence();
        var offered = new List<string>();
        while (mechanisms.HasData)
        {
            offered.Add(mechanisms.ReadObjectIdentifier());
        }

        return !offered.Contains(Ntlm, StringComparer.Ordinal) ? null : offered[0] is Ntlm ? ReadToken(fields) ?? [] : [];
    }

    private static byte[]? ReadResponse(AsnReader token) => ReadToken(token.ReadSequence());

    private static byte[]? ReadToken(AsnReader fields)
    {
        while (fields.HasData)
        {
            if (fields.PeekTag().HasSameClassAndValue(Context(2)))
            {
                return fields.ReadSequence(Context(2)).ReadOctetString();
            }

            fields.ReadEncodedValue();
        }

        return null;
    }

    private static Asn1Tag Context(int number) => new(TagClass.ContextSpecific, number, isConstructed: true);
}

using System.Formats.Asn1;
using System.Net;
using System.Net.Security;

namespace AutoDetectSim.Tests.Exchange;

/// <summary>
/// .NET's own client of Windows authentication. Its NTLM is .NET's; in the Negotiate scheme the test itself wraps that, for what
/// .NET does there depends on the GSS-API libraries of the machine.
/// </summary>
internal sealed class WindowsClient(string scheme, NetworkCredential credential) : IDisposable
{
    private const string Spnego = "1.3.6.1.5.5.2";
    private const string Ntlm = "1.3.6.1.4.1.311.2.2.10";

    private readonly NegotiateAuthentication _ntlm = new(new NegotiateAuthenticationClientOptions { Package = "NTLM", Credential = credential, TargetName = "HTTP/mail.contoso.com" });

    private bool IsWrapped => scheme is "Negotiate";

    /// <summary>What goes into the first Authorization header, in Base64.</summary>
    public string Begin()
    {
        var message = Next([], NegotiateAuthenticationStatusCode.ContinueNeeded);
        return Convert.ToBase64String(IsWrapped ? WrapFirst(message) : message);
    }

    /// <summary>What answers a challenge.</summary>
    public string Answer(string challenge)
    {
        var token = Convert.FromBase64String(challenge);
        var message = Next(IsWrapped ? Unwrap(token) : token, NegotiateAuthenticationStatusCode.Completed);
        return Convert.ToBase64String(IsWrapped ? WrapAnswer(message) : message);
    }

    public void Dispose() => _ntlm.Dispose();

    private byte[] Next(byte[] challenge, NegotiateAuthenticationStatusCode expected)
    {
        var message = _ntlm.GetOutgoingBlob(challenge, out var status);
        Assert.Equal(expected, status);
        return message!;
    }

    // RFC 4178 4.2.1: the mechanisms on offer, and the message of the first.
    private static byte[] WrapFirst(byte[] message)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence(new Asn1Tag(TagClass.Application, 0, isConstructed: true)))
        {
            writer.WriteObjectIdentifier(Spnego);
            using (writer.PushSequence(Context(0)))
            using (writer.PushSequence())
            {
                using (writer.PushSequence(Context(0)))
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(Ntlm);
                }

                WriteToken(writer, message);
            }
        }

        return writer.Encode();
    }

    // RFC 4178 4.2.2.
    private static byte[] WrapAnswer(byte[] message)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence(Context(1)))
        using (writer.PushSequence())
        {
            WriteToken(writer, message);
        }

        return writer.Encode();
    }

    private static byte[] Unwrap(byte[] token)
    {
        var fields = new AsnReader(token, AsnEncodingRules.DER).ReadSequence(Context(1)).ReadSequence();
        fields.ReadSequence(Context(0));
        Assert.Equal(Ntlm, fields.ReadSequence(Context(1)).ReadObjectIdentifier());
        return fields.ReadSequence(Context(2)).ReadOctetString();
    }

    private static void WriteToken(AsnWriter writer, byte[] message)
    {
        using (writer.PushSequence(Context(2)))
        {
            writer.WriteOctetString(message);
        }
    }

    private static Asn1Tag Context(int number) => new(TagClass.ContextSpecific, number, isConstructed: true);
}

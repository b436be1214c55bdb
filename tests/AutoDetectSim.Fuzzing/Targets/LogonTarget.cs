using System.Text;
using AutoDetectSim.Protocols;
using AutoDetectSim.Protocols.Http;
using AutoDetectSim.Protocols.Ntlm;

namespace AutoDetectSim.Fuzzing.Targets;

/// <summary>What clients and servers say of who they are.</summary>
internal static class LogonTarget
{
    public static void Read(ReadOnlySpan<byte> input)
    {
        var bytes = input.ToArray();
        foreach (var message in Spnego.TryUnwrap(bytes, out var inner) ? (byte[][])[bytes, inner] : [bytes])
        {
            if (AuthenticateMessage.TryRead(message, out _) && NtlmMessage.TypeOf(message) != NtlmMessage.Authenticate)
            {
                throw new FuzzException("A message of another type was taken for AUTHENTICATE.");
            }

            _ = ChallengeMessage.TryRead(message, out _);
            _ = TargetInfo.TryRead(message, out _);
        }

        var text = Encoding.Latin1.GetString(input);
        _ = WwwAuthenticate.Parse(text.Split('\n'));
        if (EmailAddress.TryParse(text, out var address) && !EmailAddress.TryParse(address.ToString(), out _))
        {
            throw new FuzzException($"{text} is an address, and {address} is not.");
        }
    }
}

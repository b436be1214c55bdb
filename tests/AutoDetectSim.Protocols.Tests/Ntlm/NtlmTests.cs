using AutoDetectSim.Protocols.Ntlm;

namespace AutoDetectSim.Protocols.Tests.Ntlm;

public sealed class NtlmTests
{
    // The examples of MS-NLMP 4.2.1 and 4.2.4.
    private static readonly byte[] ServerChallenge = Convert.FromHexString("0123456789abcdef");
    private static readonly byte[] ClientChallenge = Convert.FromHexString("aaaaaaaaaaaaaaaa");
    private static readonly byte[] RandomSessionKey = Convert.FromHexString("55555555555555555555555555555555");

    [Fact]
    public void Proof_and_keys_are_those_of_the_examples_in_the_specification()
    {
        var pairs = new TargetInfo([]).With(AvId.NetBiosDomainName, "Domain").With(AvId.NetBiosComputerName, "Server");
        var proven = NtlmV2Response.ToProve(0, ClientChallenge, pairs);
        var key = NtlmV2.ResponseKey("Password", "User", "Domain");
        var proof = NtlmV2.Proof(key, ServerChallenge, proven);
        var sessionKey = NtlmV2.SessionKey(key, proof, NtlmFlags.None, []);

        Assert.Equal("0C868A403BFD7A93A3001EF22EF02E3F", Convert.ToHexString(key));
        Assert.Equal("68CD0AB851E51C96AABC927BEBEF6A1C", Convert.ToHexString(proof));
        Assert.Equal("8DE40CCADBC14A82F15CB0AD0DE95CA3", Convert.ToHexString(sessionKey));
        Assert.Equal("C5DAD2544FC9799094CE1CE90BC9D03E", Convert.ToHexString(NtlmV2.Rc4(sessionKey, RandomSessionKey)));
    }

    [Fact]
    public void Every_cut_of_a_message_and_every_changed_byte_is_read_without_a_crash()
    {
        var challenge = new ChallengeMessage { Flags = NtlmFlags.Unicode, ServerChallenge = ServerChallenge, TargetName = "CONTOSO", TargetInfo = new TargetInfo([]).With(AvId.DnsDomainName, "contoso.com") }.Write();
        var authenticate = new AuthenticateMessage { Flags = NtlmFlags.Unicode, Domain = "CONTOSO", User = "your", Response = [.. new byte[16], .. NtlmV2Response.ToProve(0, ClientChallenge, new TargetInfo([]))] }.Write();
        foreach (var message in (byte[][])[challenge, authenticate, Spnego.Wrap(challenge)])
        {
            for (var index = 0; index < message.Length; index++)
            {
                ReadAll(message[..index]);
                for (var bit = 0; bit < 8; bit++)
                {
                    byte[] changed = [.. message];
                    changed[index] ^= (byte)(1 << bit);
                    ReadAll(changed);
                }
            }
        }
    }

    [Fact]
    public void A_response_of_NTLMv1_proves_nothing() => Assert.False(NtlmV2Response.TryRead(new byte[24], out _));

    [Fact]
    public void What_is_written_is_read_again()
    {
        var challenge = new ChallengeMessage { Flags = NtlmFlags.Unicode, ServerChallenge = ServerChallenge, TargetName = "CONTOSO", TargetInfo = new TargetInfo([]).With(AvId.DnsComputerName, "ex01.contoso.com") };
        Assert.True(ChallengeMessage.TryRead(challenge.Write(), out var read));
        Assert.Equal("CONTOSO", read.TargetName);
        Assert.Equal(ServerChallenge, read.ServerChallenge);
        Assert.Equal("ex01.contoso.com", System.Text.Encoding.Unicode.GetString(read.TargetInfo[AvId.DnsComputerName]!));
    }

    private static void ReadAll(byte[] message)
    {
        ChallengeMessage.TryRead(message, out _);
        Spnego.TryUnwrap(message, out _);
        if (AuthenticateMessage.TryRead(message, out var authenticate))
        {
            NtlmV2Response.TryRead(authenticate.Response, out _);
        }
    }
}

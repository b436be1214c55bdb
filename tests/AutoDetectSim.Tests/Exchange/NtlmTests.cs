using System.Buffers.Binary;
using System.Text;

namespace AutoDetectSim.Tests.Exchange;

/// <summary>The messages of NTLM on autodiscover.xml. Real clients log on in other tests.</summary>
public sealed class NtlmTests
{
    private const string Host = "autodiscover.contoso.com";
    private const string Target = "/autodiscover/autodiscover.xml";
    private const string Negotiate = "TlRMTVNTUAABAAAABoIIAAAAAAAAAAAAAAAAAAAAAAA=";

    // MS-NLMP 4.2.4.
    private static readonly byte[] Response = Convert.FromHexString(
        "68cd0ab851e51c96aabc927bebef6a1c"
        + "01010000000000000000000000000000aaaaaaaaaaaaaaaa0000000002000c0044006f006d00610069006e0001000c00530065007200760065007200"
        + "0000000000000000");

    [Theory]
    [InlineData("NTLM")]
    [InlineData("Negotiate")]
    public async Task Who_begins_is_challenged_by_a_server_that_says_its_name(string scheme)
    {
        await using var host = await ExchangeHost.StartAsync();
        var answer = RawAnswer.Parse(await host.GetAsync(Host, Target, $"Authorization: {scheme} {Negotiate}\r\n"));
        Assert.Equal(401, answer.Status);
        var value = Assert.Single(answer["WWW-Authenticate"]);
        Assert.StartsWith(scheme + " ", value, StringComparison.Ordinal);

        var message = Convert.FromBase64String(value[(scheme.Length + 1)..]);
        Assert.StartsWith("NTLMSSP\0\u0002\0\0\0", Encoding.Latin1.GetString(message), StringComparison.Ordinal);
        foreach (var name in (string[])["CONTOSO", "EX01", "ex01.contoso.com"])
        {
            Assert.True(message.AsSpan().IndexOf(Encoding.Unicode.GetBytes(name)) >= 0, name);
        }
    }

    [Fact]
    public async Task No_two_clients_get_the_same_challenge_and_two_runs_of_a_scenario_the_same_ones()
    {
        async Task<string[]> ChallengesAsync()
        {
            await using var host = await ExchangeHost.StartAsync();
            return [await ChallengeAsync(host), await ChallengeAsync(host)];
        }

        var first = await ChallengesAsync();
        Assert.NotEqual(first[0], first[1]);
        Assert.Equal(first, await ChallengesAsync());
    }

    [Fact]
    public async Task What_is_no_answer_to_a_challenge_gets_the_list_of_methods_again()
    {
        await using var host = await ExchangeHost.StartAsync();
        var valid = Authenticate("your@contoso.com", "", Response);
        var outside = valid.ToArray();
        BinaryPrimitives.WriteUInt32LittleEndian(outside.AsSpan(24), uint.MaxValue - 4);
        List<byte[]> messages = [[], "NTLMSSP\0"u8.ToArray(), outside, Authenticate("nobody@contoso.com", "", Response), Authenticate("\ud800@\0", "\\", Response), .. Enumerable.Range(8, valid.Length - 8).Where(length => length % 7 == 0).Select(length => valid[..length])];

        // A valid answer, but the connection was never challenged.
        messages.Add(valid);
        foreach (var message in messages)
        {
            var answer = RawAnswer.Parse(await host.GetAsync(Host, Target, $"Authorization: NTLM {Convert.ToBase64String(message)}\r\n"));
            Assert.Equal(401, answer.Status);
            Assert.Equal(["Negotiate", "NTLM", $"Basic realm=\"{Host}\""], answer["WWW-Authenticate"]);
        }

        Assert.Equal(401, RawAnswer.Parse(await host.GetAsync(Host, Target, "Authorization: NTLM !!!\r\n")).Status);
    }

    [Fact]
    public async Task ActiveSync_does_not_know_NTLM()
    {
        await using var host = await ExchangeHost.StartAsync();
        var answer = RawAnswer.Parse(await host.GetAsync("mail.contoso.com", "/Microsoft-Server-ActiveSync", $"Authorization: NTLM {Negotiate}\r\n"));
        Assert.Equal(["Basic realm=\"mail.contoso.com\""], answer["WWW-Authenticate"]);
    }

    private static async Task<string> ChallengeAsync(ExchangeHost host) =>
        RawAnswer.Parse(await host.GetAsync(Host, Target, $"Authorization: NTLM {Negotiate}\r\n"))["WWW-Authenticate"].Single();

    /// <summary>An AUTHENTICATE_MESSAGE (MS-NLMP 2.2.1.3) in Unicode.</summary>
    private static byte[] Authenticate(string user, string domain, byte[] response)
    {
        const int FixedLength = 64;
        var message = new List<byte>(new byte[FixedLength]);
        void Add(int field, byte[] value)
        {
            var head = new byte[8];
            BinaryPrimitives.WriteUInt16LittleEndian(head, (ushort)value.Length);
            BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(2), (ushort)value.Length);
            BinaryPrimitives.WriteUInt32LittleEndian(head.AsSpan(4), (uint)message.Count);
            for (var index = 0; index < head.Length; index++)
            {
                message[field + index] = head[index];
            }

            message.AddRange(value);
        }

        Add(20, response);
        Add(28, Encoding.Unicode.GetBytes(domain));
        Add(36, Encoding.Unicode.GetBytes(user));
        byte[] start = [.. "NTLMSSP\0"u8, 3, 0, 0, 0];
        for (var index = 0; index < start.Length; index++)
        {
            message[index] = start[index];
        }

        message[60] = 1;
        return [.. message];
    }
}

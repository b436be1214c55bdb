using System.Net;
using AutoDetectSim.Diagnosis.Checking.Connecting;
using AutoDetectSim.Protocols.Dialing;
using AutoDetectSim.Protocols.Http;

namespace AutoDetectSim.Diagnosis.Tests.Checking;

/// <summary>What hosts and certificates of strangers say is neither believed nor passed on.</summary>
public sealed class StrangersWordTests
{
    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("2606:4700::1111", true)]
    [InlineData("64:ff9b::808:808", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("172.31.0.1", false)]
    [InlineData("192.168.1.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::1", false)]
    [InlineData("::", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fd00::1", false)]
    [InlineData("::ffff:127.0.0.1", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("64:ff9b::a00:1", false)]
    public void Only_public_addresses_are_public(string address, bool isPublic) => Assert.Equal(isPublic, PublicAddresses.Contains(IPAddress.Parse(address)));

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("0x7f.1")]
    public async Task A_certificate_cannot_make_a_check_connect_to_this_machine(string host)
    {
        var refusal = await Assert.ThrowsAsync<DialException>(() => new SourceDialer(source: null, dns: null, publicOnly: true).DialAsync(host, 80, TestContext.Current.CancellationToken));

        Assert.Contains("not a public one", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Cookies_and_credentials_are_masked_and_their_names_are_not()
    {
        var answer = new ObservedAnswer
        {
            Method = "GET",
            Path = "/",
            StatusCode = 200,
            Headers = [new("Set-Cookie", "BIGipServer=1677787402.20480.0000; path=/; Httponly"), new("set-cookie", "secret"), new("Authorization", "Basic eA=="), new("Server", "IIS")],
        };

        Assert.Equal(["BIGipServer=***; path=/; Httponly", "***", "***", "IIS"], answer.Headers.Select(header => header.Value));
    }
}

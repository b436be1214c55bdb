using System.Security.Cryptography;
using AutoDetectSim.Tls.Tests.Peers;

namespace AutoDetectSim.Tls.Tests;

public sealed class PresentedChainTests
{
    public static TheoryData<string> Shapes => [.. Lists.Keys];

    private static Dictionary<string, byte[][]> Lists { get; } = new(StringComparer.Ordinal)
    {
        ["leaf only"] = [TestPki.P256Leaf],
        ["complete"] = [TestPki.P256Leaf, TestPki.IssuingDer],
        ["root included"] = [TestPki.P256Leaf, TestPki.IssuingDer, TestPki.RootDer],
        ["wrong order"] = [TestPki.P256Leaf, TestPki.RootDer, TestPki.IssuingDer],
        ["leaf twice"] = [TestPki.P256Leaf, TestPki.P256Leaf, TestPki.IssuingDer],
        ["intermediate five times"] = [TestPki.P256Leaf, .. Enumerable.Repeat(TestPki.IssuingDer, 5)],
        ["unrelated certificate"] = [TestPki.P256Leaf, TestPki.RsaLeaf, TestPki.IssuingDer],
        ["a hundred certificates"] = [TestPki.P256Leaf, .. Enumerable.Range(0, 99).Select(TestPki.Unrelated)],
    };

    public static TheoryData<string, string> ShapesAndVersions
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var shape in Lists.Keys)
            {
                foreach (var version in (string[])["-tls1", "-tls1_1", "-tls1_2", "-tls1_3"])
                {
                    data.Add(shape, version);
                }
            }

            return data;
        }
    }

    [Theory]
    [Trait("Needs", "tools")]
    [MemberData(nameof(ShapesAndVersions))]
    public async Task Openssl_sees_exactly_the_list(string shape, string version)
    {
        var chain = Lists[shape];
        await using var server = new EchoServer(new TlsServerSettings { Identity = TestPki.Identity(TestPki.P256Key, chain), Versions = TlsVersions.All });
        var (_, output, error) = await Tool.RunAsync(
            "openssl",
            ["s_client", "-showcerts", version, "-cipher", "DEFAULT@SECLEVEL=0", "-servername", "mail.contoso.test", "-connect", $"127.0.0.1:{server.Port}"]);
        Assert.True(chain.SequenceEqual(Pems(output), Comparer), output + error);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Our_client_records_exactly_the_list(string shape)
    {
        await using var server = new EchoServer(new TlsServerSettings { Identity = TestPki.Identity(TestPki.P256Key, Lists[shape]) });
        await using var connection = await server.ConnectAsync();
        Assert.Equal(Lists[shape], connection.Record.Presented.Select(certificate => certificate.ToArray()));
    }

    [Fact]
    public async Task Bytes_that_are_no_certificates_are_presented_and_recorded_too()
    {
        byte[][] chain = [TestPki.P256Leaf, [1], "no certificate at all"u8.ToArray(), [.. TestPki.IssuingDer, 0, 0], TestPki.IssuingDer[..^1]];
        await using var server = new EchoServer(new TlsServerSettings { Identity = TestPki.Identity(TestPki.P256Key, chain), Versions = TlsVersions.All });
        foreach (var version in (TlsVersions[])[TlsVersions.Tls10, TlsVersions.Tls12, TlsVersions.Tls13])
        {
            await using var connection = await server.ConnectAsync(new() { Versions = version });
            Assert.Equal(chain, connection.Record.Presented.Select(certificate => certificate.ToArray()));
        }
    }

    [Fact]
    public async Task A_certificate_that_is_not_canonical_der_keeps_its_bytes()
    {
        // The outer SEQUENCE with a length of five bytes where three would do: BER that DER forbids.
        var leaf = TestPki.P256Leaf;
        byte[] ber = [0x30, 0x84, 0, 0, .. leaf.AsSpan(2)];
        await using var server = new EchoServer(new TlsServerSettings { Identity = TestPki.Identity(TestPki.P256Key, ber) });
        await using var connection = await server.ConnectAsync();
        Assert.Equal(ber, Assert.Single(connection.Record.Presented).ToArray());
    }

    [Theory]
    [InlineData(TlsVersions.Tls12)]
    [InlineData(TlsVersions.Tls13)]
    public async Task A_first_certificate_without_a_key_is_recorded_though_the_handshake_fails(TlsVersions version)
    {
        byte[][] chain = ["garbage"u8.ToArray(), TestPki.IssuingDer];
        await using var server = new EchoServer(new TlsServerSettings { Identity = TestPki.Identity(TestPki.P256Key, chain), Versions = version });
        var failure = await Assert.ThrowsAsync<TlsHandshakeException>(() => server.ConnectAsync());
        Assert.Equal(TlsFailure.BadCertificateMessage, failure.Reason);
        Assert.Equal(chain, failure.Record.Presented.Select(certificate => certificate.ToArray()));
    }

    [Theory]
    [Trait("Needs", "tools")]
    [InlineData(TlsVersions.Tls12)]
    [InlineData(TlsVersions.Tls13)]
    public async Task A_first_certificate_with_another_key_fails_the_signature(TlsVersions version)
    {
        byte[][] chain = [TestPki.IssuingDer, TestPki.P256Leaf];
        await using var server = new EchoServer(new TlsServerSettings { Identity = TestPki.Identity(TestPki.P256Key, chain), Versions = version });
        var failure = await Assert.ThrowsAsync<TlsHandshakeException>(() => server.ConnectAsync());
        Assert.Equal((TlsFailure.BadSignature, TlsAlertDescription.DecryptError), (failure.Reason, failure.Alert));
        Assert.Equal(chain, failure.Record.Presented.Select(certificate => certificate.ToArray()));
        Assert.Equal("TLSv1." + (version == TlsVersions.Tls12 ? "2" : "3"), failure.Record.TlsVersion);
        var seen = await server.FailureAsync();
        Assert.Equal((TlsFailure.AlertReceived, TlsAlertDescription.DecryptError), (seen.Reason, seen.Alert));
        var node = await NodeClient.ConnectAsync(server.Port);
        Assert.StartsWith("EPROTO", node, StringComparison.Ordinal);
        Assert.Contains("bad signature", node, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TlsVersions.Tls12)]
    [InlineData(TlsVersions.Tls13)]
    public async Task A_message_without_certificates_fails(TlsVersions version)
    {
        await using var server = new EchoServer(new TlsServerSettings { Identity = TestPki.Identity(TestPki.P256Key), Versions = version });
        var failure = await Assert.ThrowsAsync<TlsHandshakeException>(() => server.ConnectAsync());
        Assert.Equal(TlsFailure.BadCertificateMessage, failure.Reason);
        Assert.Empty(failure.Record.Presented);
    }

    [Theory]
    [Trait("Needs", "tools")]
    [InlineData(TlsVersions.Tls12)]
    [InlineData(TlsVersions.Tls13)]
    public async Task The_server_sends_more_than_openssl_accepts_and_the_client_accepts_as_much_as_openssl(TlsVersions version)
    {
        // The message has a 3 byte list length and 3 bytes before each certificate; TLS 1.3 adds a context and extensions.
        var overhead = version == TlsVersions.Tls13 ? 4 + 5 + 5 : 3 + 3 + 3;
        var fits = new byte[102_400 - overhead - TestPki.P256Leaf.Length];
        foreach (var (filler, accepted) in ((byte[], bool)[])[(fits, true), ([.. fits, 0], false), (new byte[500_000], false)])
        {
            byte[][] chain = [TestPki.P256Leaf, filler];
            await using var server = new EchoServer(new TlsServerSettings { Identity = TestPki.Identity(TestPki.P256Key, chain), Versions = version });
            if (accepted)
            {
                await using var connection = await server.ConnectAsync();
                Assert.Equal(filler.Length, connection.Record.Presented[1].Length);
            }
            else
            {
                Assert.Equal(TlsFailure.ExcessiveMessageSize, (await Assert.ThrowsAsync<TlsHandshakeException>(() => server.ConnectAsync())).Reason);
                Assert.StartsWith("EPROTO", await NodeClient.ConnectAsync(server.Port), StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Certificates_without_bytes_and_keys_of_other_kinds_are_refused()
    {
        Assert.Throws<ArgumentException>(() => TestPki.Identity(TestPki.P256Key, TestPki.P256Leaf, []));
        using var dsa = ECDiffieHellman.Create();
        Assert.Throws<ArgumentException>(() => TestPki.Identity(dsa, TestPki.P256Leaf));
        using var brainpool = ECDsa.Create(ECCurve.NamedCurves.brainpoolP256r1);
        Assert.Throws<ArgumentException>(() => TestPki.Identity(brainpool, TestPki.P256Leaf));
    }

    private static EqualityComparer<byte[]> Comparer { get; } = EqualityComparer<byte[]>.Create((a, b) => a.AsSpan().SequenceEqual(b), a => a.Length);

    private static List<byte[]> Pems(string text)
    {
        var result = new List<byte[]>();
        ReadOnlySpan<char> rest = text.AsSpan(0, Math.Max(0, text.IndexOf("\nServer certificate", StringComparison.Ordinal)));
        while (PemEncoding.TryFind(rest, out var fields))
        {
            result.Add(Convert.FromBase64String(rest[fields.Base64Data].ToString()));
            rest = rest[fields.Location.End..];
        }

        return result;
    }
}

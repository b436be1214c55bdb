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

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Openssl_sees_exactly_the_list_in_tls_1_3(string shape) => await ComparesWithOpenSslAsync(Lists[shape], "-tls1_3");

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Openssl_sees_exactly_the_list_in_tls_1_2(string shape) => await ComparesWithOpenSslAsync(Lists[shape], "-tls1_2");

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Our_client_records_exactly_the_list(string shape)
    {
        await using var server = new EchoServer(new TlsServerSettings { Identity = TestPki.Identity(TestPki.P256Key, Lists[shape]) });
        await using var connection = await server.ConnectAsync();
        Assert.Equal(Lists[shape], connection.Record.Presented.Select(certificate => certificate.ToArray()));
    }

    internal static async Task ComparesWithOpenSslAsync(byte[][] chain, params string[] options)
    {
        await using var server = new EchoServer(new TlsServerSettings { Identity = TestPki.Identity(TestPki.P256Key, chain), Versions = TlsVersions.All });
        var (_, output, error) = await ChildProcess.RunAsync(
            "openssl", ["s_client", "-showcerts", "-servername", "mail.contoso.test", "-connect", $"127.0.0.1:{server.Port}", .. options]);
        Assert.True(chain.SequenceEqual(Pems(output), Comparer), output + error);
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

using AutoDetectSim.Tls.Tests.Peers;
using CsCheck;

namespace AutoDetectSim.Tls.Tests;

/// <summary>Real messages with a few bytes changed: whatever comes, the handshake ends with a reason.</summary>
public sealed class FuzzTests
{
    private static readonly Gen<(int Position, byte Value)[]> Changes = Gen.Select(Gen.Int[0, 100_000], Gen.Byte).Array[1, 4];

    [Fact]
    public async Task A_changed_client_hello_never_crashes_the_server()
    {
        using var recorder = new CannedStream([]);
        await Assert.ThrowsAsync<TlsHandshakeException>(() => TlsClient.ConnectAsync(
            recorder, new() { ServerName = "mail.contoso.test", ApplicationProtocols = ["h2", "http/1.1"], Versions = TlsVersions.All }));
        var hello = recorder.Written;
        await Changes.SampleAsync(
            async changes =>
            {
                using var client = new CannedStream(Changed(hello, changes));
                await Assert.ThrowsAsync<TlsHandshakeException>(() => TlsServer.AcceptAsync(
                    client, (_, _) => ValueTask.FromResult(new TlsServerSettings { Identity = TestPki.P256, Versions = TlsVersions.All, ApplicationProtocols = ["h2"] })));
            },
            iter: Samples.Of(150));
    }

    [Theory]
    [InlineData(TlsVersions.Tls10)]
    [InlineData(TlsVersions.Tls12)]
    [InlineData(TlsVersions.Tls13)]
    public async Task A_changed_answer_never_crashes_the_client(TlsVersions version)
    {
        var settings = new TlsClientSettings { ServerName = "mail.contoso.test", Versions = version };
        using var recorder = new CannedStream([]);
        await Assert.ThrowsAsync<TlsHandshakeException>(() => TlsClient.ConnectAsync(recorder, settings));
        using var server = new CannedStream(recorder.Written);
        await Assert.ThrowsAsync<TlsHandshakeException>(() => TlsServer.AcceptAsync(
            server, (_, _) => ValueTask.FromResult(new TlsServerSettings { Identity = TestPki.P256, Versions = version })));
        var flight = server.Written;
        Assert.True(flight.Length > 500);
        await Changes.SampleAsync(
            async changes =>
            {
                using var answer = new CannedStream(Changed(flight, changes));
                await Assert.ThrowsAsync<TlsHandshakeException>(() => TlsClient.ConnectAsync(answer, settings));
            },
            iter: Samples.Of(150));
    }

    private static byte[] Changed(byte[] original, (int Position, byte Value)[] changes)
    {
        byte[] changed = [.. original];
        foreach (var (position, value) in changes)
        {
            changed[position % changed.Length] = value;
        }

        return changed;
    }
}

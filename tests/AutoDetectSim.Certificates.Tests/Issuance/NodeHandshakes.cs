using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using AutoDetectSim.Certificates.Issuance;
using AutoDetectSim.Tls;

namespace AutoDetectSim.Certificates.Tests.Issuance;

/// <summary>Real handshakes of a real Node.js client with the lab's TLS server.</summary>
internal static class NodeHandshakes
{
    /// <param name="Chain">What the server presents.</param>
    /// <param name="Ca">The trust anchors of the client.</param>
    /// <param name="Host">The host name that the client asked for.</param>
    public sealed record Handshake(PresentedChain Chain, IReadOnlyList<IssuedCertificate> Ca, string Host);

    public static Handshake Of(LabPki pki, PresentedChain chain, string host = Pki.Host) => new(chain, pki.TrustAnchors, host);

    /// <summary>Makes the handshakes and returns Node's error codes, <c>OK</c> for none.</summary>
    public static async Task<IReadOnlyList<string>> Run(IReadOnlyList<Handshake> handshakes)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var stop = new CancellationTokenSource();
        var identities = handshakes.Select(handshake => new TlsServerIdentity([.. handshake.Chain.Certificates.Select(certificate => certificate.Der)], handshake.Chain.PrivateKey)).ToList();
        var server = Serve(listener, identities, stop.Token);

        var input = new
        {
            port = ((IPEndPoint)listener.LocalEndpoint).Port,
            cases = handshakes.Select((handshake, i) => new { site = $"site-{i}", ca = handshake.Ca.Select(certificate => certificate.ToPem()), host = handshake.Host }),
        };
        var result = await Tool.RunAsync("node", [Path.Combine(AppContext.BaseDirectory, "Issuance", "handshakes.js")], JsonSerializer.Serialize(input));
        await stop.CancelAsync();
        await server;
        Assert.True(result.ExitCode == 0, result.Error);
        return JsonSerializer.Deserialize<string[]>(result.Output)!;
    }

    private static async Task Serve(TcpListener listener, List<TlsServerIdentity> identities, CancellationToken stop)
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(stop);
                await Serve(client, identities, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The test is over.
        }
    }

    private static async Task Serve(TcpClient client, List<TlsServerIdentity> identities, CancellationToken stop)
    {
        try
        {
            await using var connection = await TlsServer.AcceptAsync(
                client.GetStream(),
                (hello, _) => ValueTask.FromResult(new TlsServerSettings { Identity = identities[int.Parse(hello.ServerName!["site-".Length..], CultureInfo.InvariantCulture)] }),
                cancellationToken: stop);
            _ = await connection.Stream.ReadAsync(new byte[1], stop);
        }
        catch (Exception e) when (e is TlsHandshakeException or TlsStreamException or IOException)
        {
            // A client that rejects a chain hangs up.
        }
    }
}

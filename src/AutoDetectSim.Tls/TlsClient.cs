using AutoDetectSim.Tls.Cryptography;
using AutoDetectSim.Tls.Engine;
using Org.BouncyCastle.Tls;

namespace AutoDetectSim.Tls;

/// <summary>
/// The client side of TLS: accepts every certificate during the handshake, like a Node client, and records exactly what the
/// server presented. The caller validates it afterwards.
/// </summary>
public static class TlsClient
{
    private const int MaxNameLength = 255;

    /// <summary>Long enough for a server to read a first segment alone.</summary>
    private static readonly TimeSpan SegmentPause = TimeSpan.FromMilliseconds(50);

    /// <summary>Runs the client side of a handshake.</summary>
    /// <param name="transport">The connection. It is disposed with the returned connection, and when the handshake fails.</param>
    /// <param name="settings">What is offered.</param>
    /// <param name="cancellationToken">Breaks the handshake off.</param>
    /// <returns>The connection.</returns>
    /// <exception cref="TlsHandshakeException">The handshake did not complete; <see cref="TlsHandshakeException.Reason"/> says why.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    /// <exception cref="ArgumentException">The settings offer no version, or the server name is not ASCII.</exception>
    public static async Task<TlsClientConnection> ConnectAsync(Stream transport, TlsClientSettings settings, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transport);
        ArgumentNullException.ThrowIfNull(settings);
        Check(settings);

        var transcript = new HandshakeTranscript { ServerName = ClientPeer.SniName(settings) };
        var crypto = new NativeTlsCrypto(settings.KeyLog);
        var protocol = new ClientEngine(transcript);
        var channel = new TlsChannel(transport, new RecordReader(transport), protocol, crypto, transcript);
        using var timeout = new HandshakeTimeout(settings.HandshakeTimeout, settings.TimeProvider, cancellationToken);
        try
        {
            protocol.Connect(new ClientPeer(crypto, settings, transcript, HelloPadding.Of(settings)));
            if (settings.FirstSegmentLength is { } first)
            {
                await SendInTwoAsync(transport, channel.TakeOutput(), first, settings.TimeProvider, timeout.Token);
            }

            await channel.HandshakeAsync(timeout.Token);
            return new(new TlsStream(channel, leaveOpen: false), transcript.ToRecord());
        }
        catch (Exception e)
        {
            channel.Dispose();
            await transport.DisposeAsync();
            if (e is OperationCanceledException && timeout.HasPassed)
            {
                throw new TlsHandshakeException(TlsFailure.Timeout, null, transcript.ToRecord(), $"The handshake took longer than {settings.HandshakeTimeout}.", null);
            }

            if (e is not (IOException or ObjectDisposedException or OperationCanceledException) || (e is OperationCanceledException && timeout.CanceledByCaller))
            {
                throw;
            }

            var (reason, alert, message) = Failures.Describe(e, transcript);
            throw new TlsHandshakeException(reason, alert, transcript.ToRecord(), message, e is TlsFatalAlert or TlsFatalAlertReceived ? null : e);
        }
    }

    private static async Task SendInTwoAsync(Stream transport, byte[] hello, int first, TimeProvider time, CancellationToken cancellationToken)
    {
        first = Math.Clamp(first, 1, hello.Length);
        await transport.WriteAsync(hello.AsMemory(0, first), cancellationToken);
        await transport.FlushAsync(cancellationToken);
        await Task.Delay(SegmentPause, time, cancellationToken);
        await transport.WriteAsync(hello.AsMemory(first), cancellationToken);
        await transport.FlushAsync(cancellationToken);
    }

    private static void Check(TlsClientSettings settings)
    {
        if ((settings.Versions & TlsVersions.All) == TlsVersions.None)
        {
            throw new ArgumentException("At least one TLS version has to be offered.", nameof(settings));
        }

        if (settings.ServerName is { } name && (name.Length > MaxNameLength || !System.Text.Ascii.IsValid(name)))
        {
            throw new ArgumentException("A server name is ASCII of at most 255 characters; others have to be in their A-label form (RFC 5890).", nameof(settings));
        }
    }
}

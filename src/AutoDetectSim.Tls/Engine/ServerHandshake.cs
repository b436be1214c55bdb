using AutoDetectSim.Tls.Cryptography;
using Org.BouncyCastle.Tls;

namespace AutoDetectSim.Tls.Engine;

/// <summary>One server-side handshake, from the first byte to the client's Finished, or to the fault that was asked for.</summary>
internal sealed class ServerHandshake(
    Stream transport,
    RecordReader reader,
    Action reset,
    Func<TlsClientHello, CancellationToken, ValueTask<TlsServerSettings>> select,
    TlsServerOptions options)
{
    private readonly HandshakeTranscript _transcript = new();
    private readonly ClientHelloReader _clientHello = new();
    private bool _engineRuns;

    internal async Task<TlsServerConnection> RunAsync(CancellationToken cancellationToken)
    {
        using var timeout = new HandshakeTimeout(options.HandshakeTimeout, options.TimeProvider, cancellationToken);
        NativeTlsCrypto? crypto = null;
        var established = false;
        try
        {
            var hello = await _clientHello.ReadAsync(reader, timeout.Token);
            _transcript.ServerName = hello.ServerName;
            var settings = await select(hello, timeout.Token);
            if (settings.Fault is not (HandshakeFault.None or HandshakeFault.TruncatedHandshake))
            {
                throw await BreakOffAsync(settings, timeout);
            }

            if (settings.Identity is null)
            {
                await SendAlertAsync(TlsAlertDescription.UnrecognizedName, timeout.Token);
                throw Failure(TlsFailure.NoIdentity, TlsAlertDescription.UnrecognizedName, $"No identity is known for \"{hello.ServerName}\".");
            }

            crypto = new NativeTlsCrypto(settings.KeyLog) { ClientRandom = _clientHello.Random };
            var channel = await StartAsync(crypto, settings, timeout);
            await channel.HandshakeAsync(timeout.Token);
            established = true;
            return new(new TlsStream(channel, leaveOpen: true), hello, _transcript.ToRecord());
        }
        catch (OperationCanceledException) when (timeout.HasPassed)
        {
            throw Failure(TlsFailure.Timeout, null, $"The handshake took longer than {options.HandshakeTimeout}.");
        }
        catch (Exception e) when (e is (IOException and not TlsHandshakeException) or ObjectDisposedException || (e is OperationCanceledException && !timeout.CanceledByCaller))
        {
            throw await FailureAsync(e, timeout);
        }
        finally
        {
            if (!established)
            {
                crypto?.Dispose();
                reader.Dispose();
            }
        }
    }

    /// <summary>Starts the engine with the ClientHello that has been read.</summary>
    private async Task<TlsChannel> StartAsync(NativeTlsCrypto crypto, TlsServerSettings settings, HandshakeTimeout timeout)
    {
        var protocol = new ServerEngine();
        var channel = new TlsChannel(transport, reader, protocol, crypto, _transcript);
        protocol.Accept(new ServerPeer(crypto, settings.Identity!, settings, _transcript));
        _engineRuns = true;
        foreach (var record in _clientHello.Records)
        {
            await channel.ProcessAsync(record, timeout.Token);
        }

        if (settings.Fault == HandshakeFault.TruncatedHandshake)
        {
            var flight = channel.TakeOutput();
            await transport.WriteAsync(flight.AsMemory(0, flight.Length / 2), timeout.Token);
            await transport.FlushAsync(timeout.Token);
            throw Failure(TlsFailure.FaultInjected, null, "The handshake was truncated on purpose.");
        }

        return channel;
    }

    private async Task<TlsHandshakeException> BreakOffAsync(TlsServerSettings settings, HandshakeTimeout timeout)
    {
        switch (settings.Fault)
        {
            case HandshakeFault.Alert:
                await SendAlertAsync(settings.FaultAlert, timeout.Token);
                return Failure(TlsFailure.FaultInjected, settings.FaultAlert, $"The handshake was refused on purpose with {settings.FaultAlert.ToRfcName()}.");
            case HandshakeFault.Reset:
                reset();
                return Failure(TlsFailure.FaultInjected, null, "The connection was reset on purpose.");
            case HandshakeFault.Silent:
                timeout.Disarm();
                while ((await reader.ReadAsync(timeout.Token)).Count > 0)
                {
                    // The client may say what it likes.
                }

                return Failure(TlsFailure.FaultInjected, null, "The handshake was left unanswered on purpose.");
            default:
                return Failure(TlsFailure.FaultInjected, null, "The connection was closed on purpose.");
        }
    }

    private async Task<TlsHandshakeException> FailureAsync(Exception exception, HandshakeTimeout timeout)
    {
        var (reason, alert, message) = Failures.Describe(exception, _transcript);
        if (!_engineRuns && exception is TlsFatalAlert or NotTlsException or RecordTooLongException)
        {
            // Before the engine runs, nobody else tells the client.
            alert ??= exception is RecordTooLongException ? TlsAlertDescription.RecordOverflow : TlsAlertDescription.UnexpectedMessage;
            await SendAlertAsync(alert.Value, timeout.Token);
        }

        return new(reason, alert, _transcript.ToRecord(), message, exception is TlsFatalAlert or TlsFatalAlertReceived ? null : exception);
    }

    private async Task SendAlertAsync(TlsAlertDescription alert, CancellationToken cancellationToken)
    {
        byte[] record = [(byte)ContentType.alert, 3, 3, 0, 2, (byte)AlertLevel.fatal, (byte)alert];
        _transcript.AlertSent(AlertLevel.fatal, (short)alert);
        try
        {
            await transport.WriteAsync(record, cancellationToken);
            await transport.FlushAsync(cancellationToken);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The client is gone.
        }
    }

    private TlsHandshakeException Failure(TlsFailure reason, TlsAlertDescription? alert, string message) =>
        new(reason, alert, _transcript.ToRecord(), message, null);
}

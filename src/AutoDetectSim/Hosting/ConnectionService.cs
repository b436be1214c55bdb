using AutoDetectSim.Network;
using AutoDetectSim.Network.Journal;
using AutoDetectSim.Network.LoadBalancing;
using AutoDetectSim.Scenarios;
using AutoDetectSim.Tls;
using AutoDetectSim.Tls.Engine;
using AutoDetectSim.Tls.Kestrel;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace AutoDetectSim.Hosting;

/// <summary>Serves connections as the nodes that were chosen for them, with what goes wrong on them below HTTP.</summary>
internal sealed class ConnectionService(ConnectionJournal journal, TimeProvider time)
{
    /// <summary>How long a connection is held on which nothing is answered.</summary>
    private static readonly TimeSpan HoldTime = TimeSpan.FromMinutes(2);

    /// <summary>Serves one connection to its end, and gives the node back.</summary>
    public async Task ServeAsync(LabConnection lab, ConnectionContext connection, ConnectionDelegate next)
    {
        var transport = connection.Transport;
        lab.Entry ??= lab.IsProbe || lab.IsSelfTest ? null : journal.Open(lab);
        connection.Features.Set(lab);
        try
        {
            if (lab.Latency > TimeSpan.Zero)
            {
                await DelayAsync(lab, connection);
            }

            if (lab.UsesTls || lab.VirtualIp.Mail is not null || lab.Fault.Kind is not (TransportFault.Silent or TransportFault.Reset or TransportFault.Closed or TransportFault.Alert or TransportFault.TruncatedHandshake))
            {
                await next(connection);
            }
            else
            {
                await BreakOffAsync(lab, connection);
            }
        }
        catch (OperationCanceledException) when (connection.ConnectionClosed.IsCancellationRequested)
        {
            // The client left while it was made to wait.
        }
        finally
        {
            connection.Transport = transport;
            lab.Lease.Dispose();
            Close(lab, connection);
        }
    }

    /// <summary>What TLS does on a connection.</summary>
    public static TlsServerSettings Settings(ConnectionContext connection, TlsClientHello hello)
    {
        var lab = connection.Features.Get<LabConnection>()!;
        var identity = (lab.VirtualIp.Mail is null ? lab.Node.IdentityFor(hello.ServerName, lab.VirtualIp.Hosts) : lab.VirtualIp.IdentityOf(lab.Node))!;
        lab.Entry?.Presenting(identity.Names);
        return NodeTls.With(identity.Settings(), lab.Fault, hello);
    }

    /// <summary>Silence: what a program sees of a packet filter whose machine has accepted its TCP connection all the same.</summary>
    public async Task HoldAsync(ConnectionContext connection)
    {
        try
        {
            await Task.Delay(HoldTime, time, connection.ConnectionClosed);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        connection.Abort();
    }

    /// <summary>Ends a connection with RST.</summary>
    public static void Reset(ConnectionContext connection)
    {
        if (connection.Features.Get<IConnectionSocketFeature>()?.Socket is { } socket)
        {
            ConnectionReset.OfSocket(socket);
        }

        connection.Abort();
    }

    private async Task DelayAsync(LabConnection lab, ConnectionContext connection)
    {
        connection.Transport = new DelayedTransport(connection.Transport, lab, time);
        if (!lab.IsSimulated)
        {
            // TCP's own round trip, which loopback does not have; clients that count have counted it when they connected.
            await DelayedTransport.WaitAsync(lab.Latency, time, connection.ConnectionClosed);
        }
    }

    /// <summary>A handshake fault without a handshake: it takes effect with the client's first bytes.</summary>
    private async Task BreakOffAsync(LabConnection lab, ConnectionContext connection)
    {
        if (lab.Fault.Kind == TransportFault.Silent)
        {
            await HoldAsync(connection);
            return;
        }

        var read = await connection.Transport.Input.ReadAsync(connection.ConnectionClosed);
        connection.Transport.Input.AdvanceTo(read.Buffer.End);
        if (lab.Fault.Kind == TransportFault.Reset)
        {
            Reset(connection);
        }
    }

    private static void Close(LabConnection lab, ConnectionContext connection)
    {
        if (lab.Entry is not { } entry)
        {
            return;
        }

        if (connection.Features.Get<IPresentedChainFeature>() is null && connection.Features.Get<TlsHandshakeException>() is { } failure)
        {
            entry.Handshaken(failure.Record, failure.Message);
        }

        entry.Closed();
    }
}

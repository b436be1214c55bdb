using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using AutoDetectSim.Network;
using AutoDetectSim.Network.Mail;
using AutoDetectSim.Scenarios;
using Microsoft.AspNetCore.Connections;

namespace AutoDetectSim.Hosting;

/// <summary>Lets mail programs talk to the nodes: lines in, lines out, and TLS when a program asks for it.</summary>
internal sealed class MailService(TimeProvider time)
{
    /// <summary>The longest line that is read, its end included.</summary>
    private const int MaximumLine = 64 * 1024;

    /// <summary>How long a program may say nothing.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Serves a connection to its end, from its beginning or from the end of its TLS handshake.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="secure">Makes the TLS handshake, and then serves the connection again.</param>
    public async Task ServeAsync(ConnectionContext connection, ConnectionDelegate secure)
    {
        var lab = connection.Features.Get<LabConnection>()!;
        try
        {
            if (connection.Features.Get<IMailConversation>() is { } upgraded)
            {
                upgraded.Secured();
                await TalkAsync(connection, lab, upgraded, secure);
                return;
            }

            var port = lab.VirtualIp.Mail!;
            var conversation = lab.Node.MailServers[port.Protocol].Begin(port, lab);
            connection.Features.Set(conversation);
            if (await GreetAsync(connection, lab, conversation))
            {
                await TalkAsync(connection, lab, conversation, secure);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or ConnectionResetException)
        {
            // The program has gone, or has said nothing for too long.
        }
    }

    /// <summary>Says the greeting, unless a fault keeps the server from it.</summary>
    private async Task<bool> GreetAsync(ConnectionContext connection, LabConnection lab, IMailConversation conversation)
    {
        // What breaks a handshake happens in it; a port without TLS has it at the beginning instead, unless STARTTLS is still to come.
        switch (lab.Fault.Kind)
        {
            case TransportFault.NoAnswer or TransportFault.Silent:
                lab.Stall();
                await Task.Delay(Patience, time, connection.ConnectionClosed);
                connection.Abort();
                return false;
            case TransportFault.Reset:
                ConnectionService.Reset(connection);
                return false;
            case TransportFault.Closed or TransportFault.HangUp:
                return false;
            case TransportFault.TruncatedAnswer:
                await WriteAsync(connection, conversation.Greeting[..(conversation.Greeting.Length / 2)]);
                connection.Abort();
                return false;
            default:
                await WriteAsync(connection, conversation.Greeting + "\r\n");
                return true;
        }
    }

    private async Task TalkAsync(ConnectionContext connection, LabConnection lab, IMailConversation conversation, ConnectionDelegate secure)
    {
        while (await ReadLineAsync(connection) is { } line)
        {
            if (lab.Fault.Kind == TransportFault.ResetAnswer)
            {
                ConnectionService.Reset(connection);
                return;
            }

            var started = lab.Entry?.Requesting() ?? 0;
            var reply = conversation.Answer(line);
            lab.Entry?.Commanded(reply.Command, reply.Text, started);
            if (reply.Text is { } text)
            {
                await WriteAsync(connection, text + "\r\n");
            }

            switch (reply.Next)
            {
                case MailStep.Close:
                    return;
                case MailStep.StartTls:
                    Discard(connection.Transport.Input);
                    await secure(connection);
                    return;
            }
        }
    }

    /// <summary>Reads a line without its end; null at the end of the connection, and for a line that is too long.</summary>
    private async Task<string?> ReadLineAsync(ConnectionContext connection)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, connection.ConnectionClosed);
        var input = connection.Transport.Input;
        while (true)
        {
            var read = await input.ReadAsync(linked.Token);
            if (read.Buffer.PositionOf((byte)'\n') is { } end)
            {
                var line = Encoding.UTF8.GetString(read.Buffer.Slice(0, end)).TrimEnd('\r');
                input.AdvanceTo(read.Buffer.GetPosition(1, end));
                return line;
            }

            var isTooLong = read.Buffer.Length > MaximumLine;
            input.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            if (read.IsCompleted || isTooLong)
            {
                return null;
            }
        }
    }

    /// <summary>Drops what was sent together with STARTTLS: nothing said without TLS may count as said with it.</summary>
    private static void Discard(PipeReader input)
    {
        if (input.TryRead(out var read))
        {
            input.AdvanceTo(read.Buffer.End);
        }
    }

    private static async Task WriteAsync(ConnectionContext connection, string text) =>
        await connection.Transport.Output.WriteAsync(Encoding.UTF8.GetBytes(text), connection.ConnectionClosed);
}

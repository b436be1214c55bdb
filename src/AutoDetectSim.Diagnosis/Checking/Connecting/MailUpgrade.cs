using System.Text;
using AutoDetectSim.Protocols.Node;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Diagnosis.Checking.Connecting;

/// <summary>Brings a connection to a mail server to the point where TLS begins (RFC 3207, RFC 2595). No credentials are sent.</summary>
internal static class MailUpgrade
{
    /// <summary>What a server may say before TLS begins.</summary>
    private const int MaximumReply = 64 * 1024;

    /// <summary>Talks to the server until it is ready for TLS.</summary>
    /// <returns>What the server said first.</returns>
    /// <exception cref="MailUpgradeException">The server says no, or is not a mail server.</exception>
    public static async Task<string> RunAsync(Stream stream, MailProtocol protocol, string host, CancellationToken cancellationToken)
    {
        var greeting = await ReadAsync(stream, protocol, tag: "*", cancellationToken);
        Expect(greeting, protocol == MailProtocol.Smtp ? "220" : protocol == MailProtocol.Imap ? "* OK" : "+OK", "does not greet as a mail server", host);
        if (protocol == MailProtocol.Smtp)
        {
            var extensions = await AskAsync(stream, protocol, "EHLO autodetectsim", cancellationToken);
            if (!extensions.Split('\n').Any(static line => line.Length > 4 && string.Equals(line[4..].Trim(), "STARTTLS", StringComparison.OrdinalIgnoreCase)))
            {
                throw new MailUpgradeException(new NodeError(NodeErrors.ProtocolError, $"{host} does not offer STARTTLS."));
            }
        }

        var (command, accepted) = protocol switch
        {
            MailProtocol.Smtp => ("STARTTLS", "220"),
            MailProtocol.Imap => ("a1 STARTTLS", "a1 OK"),
            _ => ("STLS", "+OK"),
        };
        Expect(await AskAsync(stream, protocol, command, cancellationToken), accepted, "refuses STARTTLS", host);
        return FirstLine(greeting);
    }

    private static void Expect(string reply, string start, string complaint, string host)
    {
        if (!LastLine(reply).StartsWith(start, StringComparison.OrdinalIgnoreCase))
        {
            var said = LastLine(reply);
            throw new MailUpgradeException(new NodeError(NodeErrors.ProtocolError, said.Length == 0 ? $"{host} {complaint}." : $"{host} {complaint}: {said}"));
        }
    }

    private static async Task<string> AskAsync(Stream stream, MailProtocol protocol, string command, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes(command + "\r\n"), cancellationToken);
        return await ReadAsync(stream, protocol, tag: "a1", cancellationToken);
    }

    /// <summary>Reads a whole reply: the server is silent behind it, so that nothing of TLS is taken away.</summary>
    private static async Task<string> ReadAsync(Stream stream, MailProtocol protocol, string tag, CancellationToken cancellationToken)
    {
        var reply = new StringBuilder();
        var buffer = new byte[4096];
        while (reply.Length < MaximumReply)
        {
            var read = await stream.ReadAsync(buffer, cancellationToken);
            reply.Append(Encoding.Latin1.GetString(buffer, 0, read));
            if (read == 0 || IsWhole(reply.ToString(), protocol, tag))
            {
                return reply.ToString();
            }
        }

        return reply.ToString();
    }

    private static bool IsWhole(string reply, MailProtocol protocol, string tag) =>
        reply.EndsWith('\n') && LastLine(reply) is var last && protocol switch
        {
            MailProtocol.Smtp => last.Length < 4 || last[3] != '-',
            MailProtocol.Imap => last.StartsWith(tag, StringComparison.OrdinalIgnoreCase),
            _ => true,
        };

    private static string FirstLine(string reply) => reply.Split('\n')[0].TrimEnd('\r');

    private static string LastLine(string reply) => reply.TrimEnd('\r', '\n').Split('\n')[^1].TrimEnd('\r');
}

/// <summary>A mail server does not begin TLS.</summary>
internal sealed class MailUpgradeException(NodeError error) : Exception(error.Message)
{
    public NodeError Error { get; } = error;
}

namespace AutoDetectSim.Network.Mail;

/// <summary>A mail server's part of one connection: what it says to each line of the client. Not safe for use by several threads.</summary>
internal interface IMailConversation
{
    /// <summary>What the server says first; lines without the end of the last one.</summary>
    string Greeting { get; }

    /// <summary>Answers one line, or begins to take in a literal or a message.</summary>
    MailReply Answer(string line);

    /// <summary>TLS has begun: what was said before no longer counts (RFC 3207 4.2).</summary>
    void Secured();
}

/// <summary>What a mail server says to a line.</summary>
/// <param name="Text">Lines without the end of the last one; null: nothing yet.</param>
/// <param name="Command">The command for the journal, without secrets; null for a line that is not one.</param>
/// <param name="Next">What happens after it has been said.</param>
internal sealed record MailReply(string? Text, string? Command = null, MailStep Next = MailStep.Continue);

/// <summary>What happens after a reply.</summary>
internal enum MailStep
{
    /// <summary>The next line is read.</summary>
    Continue,

    /// <summary>TLS begins.</summary>
    StartTls,

    /// <summary>The connection is closed.</summary>
    Close,
}

namespace AutoDetectSim.Clients.Desktop;

/// <summary>One server that GuessSmart tries.</summary>
/// <param name="Protocol"><c>imap</c>, <c>pop3</c> or <c>smtp</c>.</param>
/// <param name="Host">The host name.</param>
/// <param name="Port">The TCP port.</param>
/// <param name="Encrypted">Whether TLS starts with the connection; else the connection starts without and may be upgraded.</param>
internal sealed record MailServerGuess(string Protocol, string Host, int Port, bool Encrypted)
{
    /// <summary>Why the guess is wrong, as a Node.js client would say it; null: the server answers.</summary>
    public string? Code { get; init; }

    /// <summary>Whether the server answers.</summary>
    public bool Answers => Code is null;
}

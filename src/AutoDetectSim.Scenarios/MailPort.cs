namespace AutoDetectSim.Scenarios;

/// <summary>A port of mail servers (RFC 8314 and RFC 5321).</summary>
/// <param name="Protocol">What is spoken there.</param>
/// <param name="Name">Its name in IANA's registry, or the usual one.</param>
/// <param name="Number">The TCP port.</param>
/// <param name="UsesTls">Whether TLS starts with the connection; else STARTTLS starts it.</param>
internal sealed record MailPort(MailProtocol Protocol, string Name, int Number, bool UsesTls)
{
    /// <summary>The port at which servers take mail from other servers; the two other ports of SMTP are for mail programs.</summary>
    public const int Relay = 25;

    /// <summary>All of them, those with TLS first.</summary>
    public static IReadOnlyList<MailPort> All { get; } =
    [
        new(MailProtocol.Imap, "imaps", 993, UsesTls: true),
        new(MailProtocol.Imap, "imap", 143, UsesTls: false),
        new(MailProtocol.Pop3, "pop3s", 995, UsesTls: true),
        new(MailProtocol.Pop3, "pop3", 110, UsesTls: false),
        new(MailProtocol.Smtp, "smtps", 465, UsesTls: true),
        new(MailProtocol.Smtp, "submission", 587, UsesTls: false),
        new(MailProtocol.Smtp, "smtp", Relay, UsesTls: false),
    ];

    /// <summary>The ports of some protocols.</summary>
    public static IEnumerable<MailPort> Of(IReadOnlyList<MailProtocol> protocols) => All.Where(port => protocols.Contains(port.Protocol));
}

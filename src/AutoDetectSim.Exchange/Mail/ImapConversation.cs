using AutoDetectSim.Network.Mail;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Exchange.Mail;

/// <summary>Exchange's IMAP service with one empty folder: enough to log on and to see that there is no mail ([IMAPEXCH]).</summary>
internal sealed class ImapConversation(MailHost host, bool isSecure) : IMailConversation
{
    private const string Flags = "(\\Seen \\Answered \\Flagged \\Deleted \\Draft $MDNSent)";
    private const string Inbox = "* LIST (\\HasNoChildren) \"/\" INBOX";

    private readonly ImapCommand _command = new();
    private bool _isSecure = isSecure;
    private bool _isLoggedOn;
    private bool _isSelected;
    private string? _tagOfPlain;
    private string? _tagOfIdle;

    public string Greeting => "* OK The Microsoft Exchange IMAP4 service is ready.";

    private bool OffersStartTls => !_isSecure && host.OffersStartTls(MailProtocol.Imap);

    public void Secured() => _isSecure = true;

    public MailReply Answer(string line)
    {
        if (_tagOfPlain is { } plain)
        {
            _tagOfPlain = null;
            return LogOn(plain, "AUTHENTICATE", line == "*" ? null : SaslText.ReadPlain(line));
        }

        if (_tagOfIdle is { } idle)
        {
            _tagOfIdle = null;
            return new MailReply(string.Equals(line, "DONE", StringComparison.OrdinalIgnoreCase) ? $"{idle} OK IDLE completed." : $"{idle} BAD Command Argument Error. 11", "DONE");
        }

        return _command.Add(line, out var asks) is { } command ? Run(command) : new MailReply(asks ? "+ Ready for additional command text." : null);
    }

    private MailReply Run(string command)
    {
        var parts = command.Split(' ', 3);
        if (parts.Length < 2 || parts[0].Length == 0)
        {
            return new MailReply("* BAD Protocol Error: \"Expected SPACE not found\".", "?");
        }

        var (tag, verb, arguments) = (parts[0], parts[1].ToUpperInvariant(), parts.Length > 2 ? parts[2] : string.Empty);
        return verb switch
        {
            "CAPABILITY" => new MailReply($"{Capabilities()}\r\n{Done(tag, verb)}", verb),
            "NOOP" => new MailReply(Done(tag, verb), verb),
            "LOGOUT" => new MailReply($"* BYE Microsoft Exchange Server IMAP4 server signing off.\r\n{Done(tag, verb)}", verb, MailStep.Close),
            "ID" => new MailReply($"* ID (\"name\" \"Microsoft.Exchange.Imap4.Imap4Server\")\r\n{Done(tag, verb)}", verb),
            "STARTTLS" when OffersStartTls && !_isLoggedOn => new MailReply($"{tag} OK Begin TLS negotiation now.", verb, MailStep.StartTls),
            "LOGIN" when _isSecure && !_isLoggedOn => LogOn(tag, verb, ImapCommand.Split(arguments) is [var userName, var password] ? (userName, password) : null),
            "AUTHENTICATE" when _isSecure && !_isLoggedOn => Authenticate(tag, arguments),
            _ when _isLoggedOn => RunLoggedOn(tag, verb, arguments),
            _ => new MailReply($"{tag} BAD Command received in Invalid state.", verb),
        };
    }

    private MailReply RunLoggedOn(string tag, string verb, string arguments)
    {
        var words = ImapCommand.Split(arguments);
        switch (verb)
        {
            case "SELECT" or "EXAMINE" when IsInbox(words, 0):
                _isSelected = true;
                var access = verb == "SELECT" ? "READ-WRITE" : "READ-ONLY";
                return new MailReply(
                    $"* 0 EXISTS\r\n* 0 RECENT\r\n* FLAGS {Flags}\r\n* OK [PERMANENTFLAGS {Flags}] Permanent flags\r\n* OK [UIDVALIDITY 14] UIDVALIDITY value\r\n* OK [UIDNEXT 1] The next unique identifier value\r\n{tag} OK [{access}] {verb} completed.",
                    $"{verb} INBOX");
            case "LIST" or "LSUB":
                return List(tag, verb, words);
            case "STATUS" when IsInbox(words, 0):
                return new MailReply($"* STATUS INBOX (MESSAGES 0 RECENT 0 UNSEEN 0 UIDNEXT 1 UIDVALIDITY 14)\r\n{Done(tag, verb)}", verb);
            case "SELECT" or "EXAMINE" or "STATUS":
                return new MailReply($"{tag} NO {(words.Count > 0 ? words[0] : string.Empty)} doesn't exist.", verb);
            case "NAMESPACE":
                return new MailReply($"* NAMESPACE ((\"\" \"/\")) NIL NIL\r\n{Done(tag, verb)}", verb);
            case "IDLE":
                _tagOfIdle = tag;
                return new MailReply("+ IDLE accepted, awaiting DONE command.", verb);
            case "SUBSCRIBE" or "UNSUBSCRIBE" when IsInbox(words, 0):
                return new MailReply(Done(tag, verb), verb);
            case "APPEND" or "CREATE" or "DELETE" or "RENAME" or "SUBSCRIBE" or "UNSUBSCRIBE":
                return new MailReply($"{tag} NO {verb} failed.", verb);
            case "CHECK" or "CLOSE" or "UNSELECT" or "EXPUNGE" or "SEARCH" or "FETCH" or "STORE" or "COPY" or "MOVE" or "UID" when _isSelected:
                return RunSelected(tag, verb, words);
            default:
                return new MailReply($"{tag} BAD Command received in Invalid state.", verb);
        }
    }

    private MailReply RunSelected(string tag, string verb, List<string> words)
    {
        _isSelected &= verb is not ("CLOSE" or "UNSELECT");
        var isSearch = verb == "SEARCH" || (verb == "UID" && words.Count > 0 && string.Equals(words[0], "SEARCH", StringComparison.OrdinalIgnoreCase));
        return new MailReply((isSearch ? "* SEARCH\r\n" : string.Empty) + Done(tag, verb == "UID" && words.Count > 0 ? words[0].ToUpperInvariant() : verb), verb);
    }

    private static MailReply List(string tag, string verb, List<string> words)
    {
        var line = words is [_, ""] ? $"* {verb} (\\Noselect) \"/\" \"\"\r\n"
            : words is [_, var pattern] && (pattern is "*" or "%" || IsInbox(words, 1)) ? Inbox.Replace("LIST", verb, StringComparison.Ordinal) + "\r\n"
            : string.Empty;
        return new MailReply(line + Done(tag, verb), verb);
    }

    private MailReply Authenticate(string tag, string arguments)
    {
        if (ImapCommand.Split(arguments) is not [var mechanism] || !string.Equals(mechanism, "PLAIN", StringComparison.OrdinalIgnoreCase))
        {
            return new MailReply($"{tag} NO Unsupported authentication mechanism.", "AUTHENTICATE");
        }

        _tagOfPlain = tag;
        return new MailReply("+");
    }

    private MailReply LogOn(string tag, string verb, (string UserName, string Password)? credentials)
    {
        _isLoggedOn = credentials is { } given && host.LogsOn(given.UserName, given.Password);
        return new MailReply(_isLoggedOn ? Done(tag, verb) : $"{tag} NO {verb} failed.", $"{verb} {credentials?.UserName}");
    }

    private string Capabilities() =>
        "* CAPABILITY " + string.Join(' ', ((string?[])["IMAP4", "IMAP4rev1", _isSecure ? "AUTH=PLAIN" : "LOGINDISABLED", OffersStartTls ? "STARTTLS" : null, "UIDPLUS", "ID", "CHILDREN", "IDLE", "NAMESPACE", "LITERAL+"]).OfType<string>());

    private static string Done(string tag, string verb) => $"{tag} OK {verb} completed.";

    private static bool IsInbox(List<string> words, int index) => index < words.Count && string.Equals(words[index], "INBOX", StringComparison.OrdinalIgnoreCase);
}

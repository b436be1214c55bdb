using AutoDetectSim.Network.Mail;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Exchange.Mail;

/// <summary>Exchange's POP3 service with an empty mailbox: enough to log on and to see that there is no mail ([POPSET], [POPRCA]).</summary>
internal sealed class Pop3Conversation(MailHost host, bool isSecure) : IMailConversation
{
    private const string WrongState = "-ERR Command is not valid in this state.";
    private const string LogonFailure = "-ERR Logon failure: unknown user name or bad password.";
    private const string NoMessage = "-ERR The specified message is out of range.";

    private bool _isSecure = isSecure;
    private bool _awaitsPlain;
    private bool _isLoggedOn;
    private string? _userName;

    public string Greeting => "+OK The Microsoft Exchange POP3 service is ready.";

    private bool OffersStartTls => !_isSecure && host.OffersStartTls(MailProtocol.Pop3);

    public void Secured()
    {
        _isSecure = true;
        _userName = null;
    }

    public MailReply Answer(string line)
    {
        if (_awaitsPlain)
        {
            _awaitsPlain = false;
            return LogOn(SaslText.ReadPlain(line), "AUTH PLAIN");
        }

        var space = line.IndexOf(' ', StringComparison.Ordinal);
        var verb = (space < 0 ? line : line[..space]).ToUpperInvariant();
        var argument = space < 0 ? string.Empty : line[(space + 1)..].Trim();
        return verb switch
        {
            "QUIT" => new MailReply("+OK Microsoft Exchange Server POP3 server signing off.", verb, MailStep.Close),
            "CAPA" => new MailReply(Capabilities(), verb),
            "STLS" => OffersStartTls && !_isLoggedOn ? new MailReply("+OK Begin TLS negotiation.", verb, MailStep.StartTls) : new MailReply(WrongState, verb),
            _ when _isLoggedOn => AnswerLoggedOn(verb, argument),

            // A password is taken over TLS only, as Exchange's SecureLogin has it.
            _ when !_isSecure => new MailReply(WrongState, verb),
            "USER" => TakeUserName(argument),
            "PASS" => _userName is { } userName ? LogOn((userName, argument), $"{verb} ***") : new MailReply(WrongState, verb),
            "AUTH" => Authenticate(argument),
            _ => new MailReply(WrongState, verb),
        };
    }

    private static MailReply AnswerLoggedOn(string verb, string argument) => verb switch
    {
        "STAT" => new MailReply("+OK 0 0", verb),
        "LIST" or "UIDL" => new MailReply(argument.Length > 0 ? NoMessage : verb == "LIST" ? "+OK 0 0\r\n." : "+OK\r\n.", verb),
        "RETR" or "TOP" or "DELE" => new MailReply(NoMessage, verb),
        "NOOP" or "RSET" => new MailReply("+OK", verb),
        _ => new MailReply(WrongState, verb),
    };

    private string Capabilities() =>
        string.Join("\r\n", ((string?[])["+OK", "TOP", "UIDL", _isSecure ? "SASL PLAIN" : null, _isSecure ? "USER" : null, OffersStartTls ? "STLS" : null, "."]).OfType<string>());

    private MailReply TakeUserName(string userName)
    {
        _userName = userName;
        return new MailReply("+OK", $"USER {userName}");
    }

    private MailReply Authenticate(string argument)
    {
        var words = argument.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0 || !string.Equals(words[0], "PLAIN", StringComparison.OrdinalIgnoreCase))
        {
            return new MailReply("-ERR Protocol error. 14", "AUTH");
        }

        if (words.Length > 1)
        {
            return LogOn(SaslText.ReadPlain(words[1]), "AUTH PLAIN");
        }

        _awaitsPlain = true;
        return new MailReply("+ ");
    }

    private MailReply LogOn((string UserName, string Password)? credentials, string command)
    {
        _userName = null;
        _isLoggedOn = credentials is { } given && host.LogsOn(given.UserName, given.Password);
        return new MailReply(_isLoggedOn ? "+OK User successfully logged on." : LogonFailure, command);
    }
}

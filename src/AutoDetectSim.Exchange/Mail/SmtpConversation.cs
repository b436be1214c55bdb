using System.Globalization;
using AutoDetectSim.Network.Mail;
using AutoDetectSim.Protocols;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Exchange.Mail;

/// <summary>Exchange's front-end transport: it takes mail and keeps none ([SMTPTELNET], [SMTPLOG]).</summary>
internal sealed class SmtpConversation(MailHost host, MailPort port, bool isSecure) : IMailConversation
{
    private const int MaximumSize = 37_748_736;
    private const int MaximumRecipients = 500;
    private const string BadSequence = "503 5.5.1 Bad sequence of commands";

    private readonly List<string> _recipients = [];
    private bool _isSecure = isSecure;
    private bool _isGreeted;
    private bool _isLoggedOn;
    private string? _sender;
    private string? _userName;
    private Awaited _awaited;
    private long _size;
    private int _messages;
    private string? _messageId;

    private enum Awaited
    {
        Command,
        UserName,
        Password,
        Message,
    }

    public string Greeting => $"220 {host.Name} Microsoft ESMTP MAIL Service ready at {host.Date}";

    private bool OffersStartTls => !_isSecure && host.OffersStartTls(MailProtocol.Smtp);

    public void Secured()
    {
        _isSecure = true;
        _isGreeted = false;
        Reset();
    }

    public MailReply Answer(string line)
    {
        switch (_awaited)
        {
            case Awaited.Message:
                return TakeMessage(line);
            case Awaited.UserName:
                return AskPassword(line);
            case Awaited.Password:
                _awaited = Awaited.Command;
                return LogOn(SaslText.Decode(line) is { } password && _userName is { } userName ? (userName, password) : null);
        }

        var space = line.IndexOf(' ', StringComparison.Ordinal);
        var verb = (space < 0 ? line : line[..space]).ToUpperInvariant();
        var argument = space < 0 ? string.Empty : line[(space + 1)..].Trim();
        return verb switch
        {
            "EHLO" or "HELO" => Greet(verb, argument),
            "QUIT" => new MailReply("221 2.0.0 Service closing transmission channel", verb, MailStep.Close),
            "NOOP" => new MailReply("250 2.0.0 OK", verb),
            "RSET" => ResetAndAnswer(),
            "STARTTLS" => StartTls(),
            "AUTH" => Authenticate(argument),
            "MAIL" => TakeSender(argument),
            "RCPT" => TakeRecipient(argument),
            "DATA" => TakeData(),
            _ => new MailReply("500 5.3.3 Unrecognized command", verb),
        };
    }

    private MailReply Greet(string verb, string name)
    {
        if (name.Length == 0 || name.Any(static c => char.IsControl(c) || c is '<' or '>' or '@'))
        {
            return new MailReply("501 5.5.4 Invalid domain name", verb);
        }

        _isGreeted = true;
        Reset();
        var hello = $"{host.Name} Hello [{host.Client}]";
        if (verb == "HELO")
        {
            return new MailReply("250 " + hello, $"{verb} {name}");
        }

        string?[] extensions =
        [
            hello, string.Create(CultureInfo.InvariantCulture, $"SIZE {MaximumSize}"), "PIPELINING", "DSN", "ENHANCEDSTATUSCODES", OffersStartTls ? "STARTTLS" : null, _isSecure ? "AUTH LOGIN" : null, "8BITMIME",
        ];
        var lines = extensions.OfType<string>().ToList();
        return new MailReply(string.Join("\r\n", lines.Select((line, index) => (index == lines.Count - 1 ? "250 " : "250-") + line)), $"{verb} {name}");
    }

    private MailReply StartTls() => !OffersStartTls ? new MailReply("500 5.3.3 Unrecognized command", "STARTTLS")
        : !_isGreeted ? new MailReply(BadSequence, "STARTTLS")
        : new MailReply("220 2.0.0 SMTP server ready", "STARTTLS", MailStep.StartTls);

    private MailReply Authenticate(string argument)
    {
        var words = argument.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (!_isGreeted || _isLoggedOn)
        {
            return new MailReply(BadSequence, "AUTH");
        }

        // A password is taken over TLS only ([SMTPLOG]: AUTH LOGIN is offered once TLS has begun).
        if (!_isSecure || words.Length == 0 || !string.Equals(words[0], "LOGIN", StringComparison.OrdinalIgnoreCase))
        {
            return new MailReply("504 5.7.4 Unrecognized authentication type", "AUTH");
        }

        if (words.Length > 1)
        {
            return AskPassword(words[1]);
        }

        _awaited = Awaited.UserName;
        return new MailReply("334 " + SaslText.AskUserName);
    }

    private MailReply AskPassword(string userName)
    {
        _userName = SaslText.Decode(userName);
        _awaited = Awaited.Password;
        return new MailReply("334 " + SaslText.AskPassword);
    }

    private MailReply LogOn((string UserName, string Password)? credentials)
    {
        _isLoggedOn = credentials is { } given && host.LogsOn(given.UserName, given.Password);
        return new MailReply(_isLoggedOn ? "235 2.7.0 Authentication successful" : "535 5.7.3 Authentication unsuccessful", $"AUTH LOGIN {_userName}");
    }

    private MailReply TakeSender(string argument)
    {
        if (!_isGreeted || _sender is not null)
        {
            return new MailReply(BadSequence, "MAIL");
        }

        if (PathOf(argument, "FROM:") is not { } sender || (sender.Length > 0 && !EmailAddress.TryParse(sender, out _)))
        {
            return new MailReply("550 5.1.7 Invalid address", "MAIL");
        }

        var command = $"MAIL FROM:<{sender}>";
        if (!_isLoggedOn && port.Number != MailPort.Relay)
        {
            return new MailReply("530 5.7.57 SMTP; Client was not authenticated to send anonymous mail during MAIL FROM", command);
        }

        _sender = sender;
        return new MailReply("250 2.1.0 Sender OK", command);
    }

    private MailReply TakeRecipient(string argument)
    {
        if (_sender is null)
        {
            return new MailReply(BadSequence, "RCPT");
        }

        if (PathOf(argument, "TO:") is not { } path || !EmailAddress.TryParse(path, out var recipient))
        {
            return new MailReply("501 5.1.3 Invalid address", "RCPT");
        }

        var command = $"RCPT TO:<{path}>";
        if (_recipients.Count == MaximumRecipients)
        {
            return new MailReply("452 4.5.3 Too many recipients", command);
        }

        if (!host.Accepts(recipient) && !_isLoggedOn)
        {
            return new MailReply("550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain", command);
        }

        if (host.Accepts(recipient) && !host.Knows(recipient))
        {
            return new MailReply("550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup", command);
        }

        _recipients.Add(path);
        return new MailReply("250 2.1.5 Recipient OK", command);
    }

    private MailReply TakeData()
    {
        if (_recipients.Count == 0)
        {
            return new MailReply(BadSequence, "DATA");
        }

        (_awaited, _size, _messageId) = (Awaited.Message, 0, null);
        return new MailReply("354 Start mail input; end with <CRLF>.<CRLF>", "DATA");
    }

    private MailReply TakeMessage(string line)
    {
        if (line != ".")
        {
            _size += line.Length + 2;
            if (_messageId is null && line.StartsWith("Message-ID:", StringComparison.OrdinalIgnoreCase))
            {
                _messageId = line["Message-ID:".Length..].Trim();
            }

            return new MailReply(null);
        }

        _awaited = Awaited.Command;
        var isTooLong = _size > MaximumSize;
        var reply = isTooLong
            ? "552 5.3.4 Message size exceeds fixed maximum message size"
            : string.Create(CultureInfo.InvariantCulture, $"250 2.6.0 {_messageId ?? $"<{_messages + 1}@{host.Name}>"} [InternalId={++_messages}, Hostname={host.Name}] Queued mail for delivery");
        Reset();
        return new MailReply(reply, ".");
    }

    private MailReply ResetAndAnswer()
    {
        Reset();
        return new MailReply("250 2.0.0 Resetting", "RSET");
    }

    private void Reset()
    {
        _sender = null;
        _recipients.Clear();
        _awaited = Awaited.Command;
    }

    /// <summary>The address of <c>FROM:&lt;address&gt; PARAMETERS</c>; empty for <c>&lt;&gt;</c>, and null if it is malformed.</summary>
    private static string? PathOf(string argument, string keyword)
    {
        if (!argument.StartsWith(keyword, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var rest = argument[keyword.Length..].TrimStart();
        var end = rest.IndexOf('>', StringComparison.Ordinal);
        return rest.StartsWith('<') && end > 0 ? rest[1..end].Trim() : null;
    }
}

using System.Net.Sockets;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Net.Pop3;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace AutoDetectSim.FunctionalTests.Mail;

/// <summary>MailKit, a client library of .NET, against the mail servers of a lab ([IMAPEXCH], [POPSET], [SMTPLOG]).</summary>
public sealed class MailKitTests
{
    public static TheoryData<string, string, SecureSocketOptions> Ports() => new()
    {
        { "imap", "imaps", SecureSocketOptions.SslOnConnect },
        { "imap", "imap", SecureSocketOptions.StartTls },
        { "pop3", "pop3s", SecureSocketOptions.SslOnConnect },
        { "pop3", "pop3", SecureSocketOptions.StartTls },
        { "smtp", "smtps", SecureSocketOptions.SslOnConnect },
        { "smtp", "submission", SecureSocketOptions.StartTls },
    };

    [Theory]
    [MemberData(nameof(Ports))]
    public async Task A_mail_program_logs_on_with_the_right_password_only(string protocol, string port, SecureSocketOptions security)
    {
        await using var lab = await MailLab.StartAsync();
        using var right = NewClient(protocol);
        using var wrong = NewClient(protocol);

        await lab.ConnectAsync(right, port, security);
        await right.AuthenticateAsync(MailLab.Mailbox, MailLab.Password, TestContext.Current.CancellationToken);
        await lab.ConnectAsync(wrong, port, security);

        Assert.True(right.IsAuthenticated);
        Assert.True(right.IsSecure);
        await Assert.ThrowsAsync<AuthenticationException>(() => wrong.AuthenticateAsync(MailLab.Mailbox, "wrong", TestContext.Current.CancellationToken));
        await right.DisconnectAsync(quit: true, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task The_mailbox_is_empty_over_IMAP_and_POP3()
    {
        await using var lab = await MailLab.StartAsync();
        using var imap = new ImapClient();
        using var pop3 = new Pop3Client();

        await lab.ConnectAsync(imap, "imaps", SecureSocketOptions.SslOnConnect);
        await imap.AuthenticateAsync(MailLab.Mailbox, MailLab.Password, TestContext.Current.CancellationToken);
        await imap.Inbox!.OpenAsync(FolderAccess.ReadWrite, TestContext.Current.CancellationToken);
        var found = await imap.Inbox.SearchAsync(MailKit.Search.SearchQuery.All, TestContext.Current.CancellationToken);
        await lab.ConnectAsync(pop3, "pop3s", SecureSocketOptions.SslOnConnect);
        await pop3.AuthenticateAsync(MailLab.Mailbox, MailLab.Password, TestContext.Current.CancellationToken);

        Assert.Equal((0, 0), (imap.Inbox.Count, found.Count));
        Assert.Equal(0, pop3.Count);
    }

    [Theory]
    [InlineData("smtps", SecureSocketOptions.SslOnConnect, true, "someone@fabrikam.com", null)]
    [InlineData("smtp", SecureSocketOptions.StartTls, false, MailLab.Mailbox, null)]
    [InlineData("smtp", SecureSocketOptions.StartTls, false, "someone@fabrikam.com", "5.7.54")]
    [InlineData("smtp", SecureSocketOptions.StartTls, false, "nobody@contoso.com", "5.1.10")]
    [InlineData("submission", SecureSocketOptions.StartTls, false, MailLab.Mailbox, "5.7.57")]
    public async Task Mail_is_taken_from_those_who_may_send_it(string port, SecureSocketOptions security, bool logsOn, string recipient, string? refusal)
    {
        await using var lab = await MailLab.StartAsync();
        using var client = new SmtpClient();
        var message = new MimeMessage([MailboxAddress.Parse("sender@example.com")], [MailboxAddress.Parse(recipient)], "Test", new TextPart("plain") { Text = "One line.\r\n.and a dot\r\n" });

        await lab.ConnectAsync(client, port, security);
        if (logsOn)
        {
            await client.AuthenticateAsync(MailLab.Mailbox, MailLab.Password, TestContext.Current.CancellationToken);
        }

        var sending = client.SendAsync(message, TestContext.Current.CancellationToken);
        if (refusal is null)
        {
            Assert.Contains("Queued mail for delivery", await sending, StringComparison.Ordinal);
        }
        else
        {
            Assert.Contains(refusal, (await Assert.ThrowsAnyAsync<Exception>(() => sending)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Each_node_serves_each_protocol_with_its_own_chain_and_only_where_the_service_runs()
    {
        await using var lab = await MailLab.StartAsync("{ ex01: { imap: { present: missingIntermediate }, smtp: { startTls: false }, pop3: { running: false } }, ex02: {} }");
        async Task<string> TryAsync(string protocol, string port, SecureSocketOptions security)
        {
            using var client = NewClient(protocol);
            try
            {
                await lab.ConnectAsync(client, port, security);
                return "OK";
            }
            catch (Exception exception) when (exception is SslHandshakeException or NotSupportedException or IOException or SocketException or ServiceNotConnectedException or ProtocolException)
            {
                return exception.GetType().Name;
            }
        }

        // Round robin: ex01 first, then ex02.
        Assert.Equal(["SslHandshakeException", "OK"], [await TryAsync("imap", "imaps", SecureSocketOptions.SslOnConnect), await TryAsync("imap", "imaps", SecureSocketOptions.SslOnConnect)]);
        Assert.Equal(["SslHandshakeException", "OK"], [await TryAsync("imap", "imap", SecureSocketOptions.StartTls), await TryAsync("imap", "imap", SecureSocketOptions.StartTls)]);
        Assert.Equal(["NotSupportedException", "OK"], [await TryAsync("smtp", "submission", SecureSocketOptions.StartTls), await TryAsync("smtp", "submission", SecureSocketOptions.StartTls)]);
        Assert.Equal(["OK", "OK"], [await TryAsync("smtp", "smtps", SecureSocketOptions.SslOnConnect), await TryAsync("smtp", "smtps", SecureSocketOptions.SslOnConnect)]);
        Assert.NotEqual("OK", await TryAsync("pop3", "pop3s", SecureSocketOptions.SslOnConnect));
        Assert.Equal("OK", await TryAsync("pop3", "pop3s", SecureSocketOptions.SslOnConnect));
    }

    private static MailService NewClient(string protocol) => protocol switch
    {
        "imap" => new ImapClient(),
        "pop3" => new Pop3Client(),
        _ => new SmtpClient(),
    };
}

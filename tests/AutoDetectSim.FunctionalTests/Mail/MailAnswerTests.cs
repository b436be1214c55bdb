using System.Globalization;
using System.Text.Json;
using AutoDetectSim.FunctionalTests.Network;
using AutoDetectSim.Protocols;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.FunctionalTests.Mail;

/// <summary>The mail servers that AutoDetect and Outlook's guessing name are called under that name and port, and answer.</summary>
[Trait("Needs", "tools")]
public sealed class MailAnswerTests
{
    [Fact]
    public async Task Every_mail_server_that_AutoDetect_names_answers_under_its_name_and_port()
    {
        await using var lab = await NetworkLab.StartAsync($$"""
            organizations: { contoso: { domains: [contoso.com], password: {{MailLab.Password}} } }
            loadBalancers: { mail: { hosts: [imap.contoso.com, smtp.contoso.com], mail: [imap, smtp], nodes: [mx01, mx02] } }
            autoDetect:
              domains:
                contoso.com:
                  protocols:
                    - { protocol: imap, hostname: imap.contoso.com, port: 993 }
                    - { protocol: smtp, hostname: smtp.contoso.com, port: 465 }
            """);

        var answer = await lab.CurlAsync("-H", "x-email: " + MailLab.Mailbox, lab.Lab.DetectUrl + "?protocols=imap,smtp");
        using var document = JsonDocument.Parse(answer.Output);
        var servers = document.RootElement.GetProperty("protocols").EnumerateArray()
            .Select(server => (Protocol: server.GetProperty("protocol").GetString()!, Host: server.GetProperty("hostname").GetString()!, Port: server.GetProperty("port").GetInt32()))
            .ToList();

        Assert.Equal([("imap", "imap.contoso.com", 993), ("smtp", "smtp.contoso.com", 465)], servers);
        foreach (var (protocol, host, port) in servers)
        {
            await AssertAnswersAsync(lab, protocol, host, port, encrypted: true);
        }
    }

    [Theory]
    [InlineData("[imap, smtp]", "imap://imap.contoso.com:993 smtp://smtp.contoso.com:465")]
    [InlineData("[pop3, smtp]", "pop3://pop.contoso.com:995 smtp://smtp.contoso.com:465")]
    public async Task Every_mail_server_that_Outlook_guesses_answers_under_its_name_and_port(string mail, string found)
    {
        await using var lab = await NetworkLab.StartAsync($$"""
            organizations: { contoso: { domains: [contoso.com], password: {{MailLab.Password}} } }
            loadBalancers: { mail: { hosts: [imap.contoso.com, pop.contoso.com, smtp.contoso.com], mail: {{mail}}, nodes: [mx01] } }
            """);

        Assert.True(EmailAddress.TryParse(MailLab.Mailbox, out var email));
        var result = await lab.Lab.OutlookDesktop.AddAccountAsync(email, TestContext.Current.CancellationToken);
        var servers = result.Guesses.Where(guess => guess.Answers).ToList();

        Assert.Equal(DesktopSetup.GuessSmart, result.Setup);
        Assert.Equal(found, string.Join(' ', servers.Select(server => string.Create(CultureInfo.InvariantCulture, $"{server.Protocol}://{server.Host}:{server.Port}"))));
        foreach (var server in servers)
        {
            await AssertAnswersAsync(lab, server.Protocol, server.Host, server.Port, server.Encrypted);
        }
    }

    [Fact]
    public async Task Where_the_certificate_at_the_port_with_TLS_is_refused_the_port_without_is_guessed_and_answers()
    {
        await using var lab = await NetworkLab.StartAsync($$"""
            organizations: { contoso: { domains: [contoso.com], password: {{MailLab.Password}} } }
            loadBalancers:
              imap: { hosts: [imap.contoso.com], mail: [imap], nodes: [mx01] }
              smtp: { hosts: [smtp.contoso.com], mail: [smtp], nodes: [{ name: mx02, smtp: { present: selfSigned } }] }
            """);

        Assert.True(EmailAddress.TryParse(MailLab.Mailbox, out var email));
        var result = await lab.Lab.OutlookDesktop.AddAccountAsync(email, TestContext.Current.CancellationToken);

        var smtp = Assert.Single(result.Guesses, guess => guess.Answers && guess.Protocol == "smtp");
        Assert.Equal(("smtp.contoso.com", 587, false), (smtp.Host, smtp.Port, smtp.Encrypted));
        var answer = await SayAsync(lab, "smtp", smtp.Host, smtp.Port, smtp.Encrypted);
        Assert.Contains("235 2.7.0 Authentication successful", answer.Output, StringComparison.Ordinal);
    }

    private static async Task AssertAnswersAsync(NetworkLab lab, string protocol, string host, int port, bool encrypted)
    {
        var answer = await SayAsync(lab, protocol, host, port, encrypted, "-verify_return_error");

        var words = protocol switch { "imap" => "a OK LOGIN completed", "pop3" => "+OK User successfully logged on", _ => "235 2.7.0 Authentication successful" };
        Assert.True(answer.Output.Contains(words, StringComparison.Ordinal), answer.ToString());
    }

    /// <summary>Calls a server by its name through the gateway, as openssl does with a proxy, and logs on. openssl does not use a proxy together with STARTTLS: there it calls the address.</summary>
    private static Task<ToolResult> SayAsync(NetworkLab lab, string protocol, string host, int port, bool encrypted, params string[] options)
    {
        var words = protocol switch
        {
            "imap" => $"a LOGIN {MailLab.Mailbox} {MailLab.Password}\nb LOGOUT\n",
            "pop3" => $"USER {MailLab.Mailbox}\nPASS {MailLab.Password}\nQUIT\n",
            _ => $"EHLO phone\nAUTH LOGIN\n{Base64(MailLab.Mailbox)}\n{Base64(MailLab.Password)}\nQUIT\n",
        };
        string[] way = encrypted ? ["-proxy", lab.Lab.Gateway.Authority, "-connect", string.Create(CultureInfo.InvariantCulture, $"{host}:{port}")]
            : ["-starttls", protocol, "-connect", lab.Lab.Network.VirtualIps.Single(server => server.Port == port && server.Hosts.Contains(host, StringComparer.OrdinalIgnoreCase)).EndPoint!.ToString()];
        return Tool.OpenSslAsync(words, ["s_client", .. way, "-servername", host, "-verify_hostname", host, "-CAfile", lab.Roots, "-quiet", "-crlf", .. options]);
    }

    private static string Base64(string text) => Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(text));
}

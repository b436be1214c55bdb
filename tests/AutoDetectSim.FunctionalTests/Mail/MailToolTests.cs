using System.Globalization;
using AutoDetectSim.FunctionalTests.Support;

namespace AutoDetectSim.FunctionalTests.Mail;

/// <summary>The programs with which administrators look at mail servers: openssl, swaks, fetchmail, and our own check.</summary>
[Trait("Needs", "tools")]
public sealed class MailToolTests
{
    [Theory]
    [InlineData("imaps", null)]
    [InlineData("pop3s", null)]
    [InlineData("smtps", null)]
    [InlineData("imap", "imap")]
    [InlineData("pop3", "pop3")]
    [InlineData("smtp", "smtp")]
    [InlineData("submission", "smtp")]
    public async Task openssl_verifies_the_chain_at_every_port(string port, string? startTls)
    {
        await using var lab = await MailLab.StartAsync();

        var result = await Tool.OpenSslAsync(
            "",
            ["s_client", "-connect", lab.EndPoint(port).ToString(), "-servername", MailLab.Host, "-verify_hostname", MailLab.Host, "-CAfile", lab.Roots, "-showcerts", .. startTls is null ? Array.Empty<string>() : ["-starttls", startTls]]);

        Assert.Contains("Verify return code: 0 (ok)", result.Output, StringComparison.Ordinal);
        Assert.Equal(2, result.Output.Split("-----BEGIN CERTIFICATE-----").Length - 1);
    }

    [Theory]
    [InlineData("secret", 0, "235 2.7.0 Authentication successful")]
    [InlineData("wrong", 28, "535 5.7.3 Authentication unsuccessful")]
    public async Task swaks_sends_mail_with_the_right_password(string password, int exitCode, string reply)
    {
        await using var lab = await MailLab.StartAsync();

        var result = await Tool.RunAsync("swaks", [
            "--server", "127.0.0.1", "--port", lab.EndPoint("submission").Port.ToString(CultureInfo.InvariantCulture), "--tls", "--tls-sni", MailLab.Host,
            "--auth", "LOGIN", "--auth-user", MailLab.Mailbox, "--auth-password", password, "--from", MailLab.Mailbox, "--to", "someone@fabrikam.com",
        ]);

        Assert.True(exitCode == result.ExitCode, result.ToString());
        Assert.Contains("Microsoft ESMTP MAIL Service ready at", result.Output, StringComparison.Ordinal);
        Assert.Contains(reply, result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("IMAP", "imaps", "ssl", "secret", 1)]
    [InlineData("IMAP", "imap", "sslproto TLS1.2+", "secret", 1)]
    [InlineData("POP3", "pop3s", "ssl", "secret", 1)]
    [InlineData("POP3", "pop3", "sslproto TLS1.2+", "secret", 1)]
    [InlineData("IMAP", "imaps", "ssl", "wrong", 3)]
    [InlineData("POP3", "pop3s", "ssl", "wrong", 3)]
    public async Task fetchmail_finds_an_empty_mailbox_or_a_wrong_password(string protocol, string port, string tls, string password, int exitCode)
    {
        await using var lab = await MailLab.StartAsync();
        using var folder = new TemporaryFolder();
        var configuration = folder.Write("fetchmailrc", string.Create(
            CultureInfo.InvariantCulture,
            $"poll {MailLab.Host} via 127.0.0.1 proto {protocol} port {lab.EndPoint(port).Port} auth password user \"{MailLab.Mailbox}\" password \"{password}\" {tls} sslcertck sslcertfile \"{lab.Roots}\" sslcommonname \"{MailLab.Host}\"\n"));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(configuration, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        var result = await Tool.RunAsync("fetchmail", ["--check", "--nosyslog", "--fetchmailrc", configuration], environment: new Dictionary<string, string> { ["HOME"] = folder.Path, ["FETCHMAILHOME"] = folder.Path });

        Assert.True(exitCode == result.ExitCode, result.ToString());
    }

    [Theory]
    [InlineData("imap", "intermittent", "missingIntermediate")]
    [InlineData("smtp", "healthy", null)]
    [InlineData("pop3", "healthy", null)]
    public async Task Check_asks_for_TLS_in_the_mail_protocol(string protocol, string verdict, string? fault)
    {
        using var folder = new TemporaryFolder();
        var scenario = folder.Write("mail.yaml", "loadBalancers: { perimeter: { mail: [imap, pop3, smtp], nodes: { ex01: {}, ex02: { imap: { present: missingIntermediate } } } } }\n");

        var result = await InProcessCommand.RunAsync("check", MailLab.Host, "--starttls", protocol, "--scenario", scenario, "--json");

        using var document = System.Text.Json.JsonDocument.Parse(result.Output);
        var host = document.RootElement.GetProperty("hosts")[0];
        Assert.Equal((verdict, protocol), (host.GetProperty("verdict").GetString(), host.GetProperty("startTls").GetString()));
        Assert.True(fault is null || result.Output.Contains(fault, StringComparison.Ordinal), result.Output);
    }

    [Fact]
    public async Task Check_looks_at_a_port_with_TLS_without_asking_for_HTTP()
    {
        using var folder = new TemporaryFolder();
        var scenario = folder.Write("mail.yaml", "loadBalancers: { perimeter: { mail: [imap], nodes: { ex01: {}, ex02: { imap: { present: missingIntermediate } } } } }\n");

        var result = await InProcessCommand.RunAsync("check", MailLab.Host + ":993", "--scenario", scenario, "--json");

        using var document = System.Text.Json.JsonDocument.Parse(result.Output);
        Assert.Equal("intermittent", document.RootElement.GetProperty("hosts")[0].GetProperty("verdict").GetString());
        Assert.DoesNotContain("HPE_", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_protocol_that_check_does_not_speak_is_refused_with_those_that_it_does()
    {
        var result = await InProcessCommand.RunAsync("check", MailLab.Host, "--starttls", "ftp", "--scenario", "healthy");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("--starttls must be smtp, imap or pop3, not 'ftp'.", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", result.Error, StringComparison.Ordinal);
    }
}

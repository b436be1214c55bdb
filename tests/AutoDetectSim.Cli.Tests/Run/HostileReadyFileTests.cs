using AutoDetectSim.Cli.Output;
using AutoDetectSim.Cli.Run;
using AutoDetectSim.Documents;

namespace AutoDetectSim.Cli.Tests.Run;

/// <summary>A ready file can come from a stranger: shells evaluate what <c>env</c> prints of it, and <c>change</c> sends its token.</summary>
public sealed class HostileReadyFileTests
{
    private const string Sound = """
        { "scenario": "healthy", "seed": 1, "gateway": "http://127.0.0.1:8080", "dns": null, "rootCertificate": "/tmp/root.pem", "trustStore": "/tmp/root.p12",
          "detectUrl": "https://prod-autodetect.outlookmobile.com/detect", "control": { "url": "http://127.0.0.1:9", "token": "0a" },
          "virtualIps": [{ "name": "perimeter", "hosts": ["mail.contoso.com"], "customer": true, "address": "192.0.2.1", "port": 443, "endpoint": "127.0.0.1:1", "nodes": ["ex01"] }] }
        """;

    [Theory]
    [InlineData("\"https://prod-autodetect.outlookmobile.com/detect\"", "\"nope\"")]
    [InlineData("\"https://prod-autodetect.outlookmobile.com/detect\"", "\"file:///etc/passwd\"")]
    [InlineData("\"https://prod-autodetect.outlookmobile.com/detect\"", "null")]
    [InlineData("[\"mail.contoso.com\"]", "[null]")]
    [InlineData("[\"mail.contoso.com\"]", "null")]
    [InlineData("[\"ex01\"]", "[null]")]
    [InlineData("\"nodes\": [\"ex01\"] }", "\"nodes\": [\"ex01\"] }, null")]
    [InlineData("\"http://127.0.0.1:9\"", "\"file:///etc/passwd\"")]
    [InlineData("\"http://127.0.0.1:9\"", "\"http://evil.example:9\"")]
    [InlineData("\"http://127.0.0.1:8080\"", "\"http://evil.example:8080\"")]
    [InlineData("\"0a\"", "\"a\\nb\"")]
    [InlineData("\"0a\"", "null")]
    [InlineData("\"/tmp/root.pem\"", "\"/tmp/\\u001b[2Jroot.pem\"")]
    [InlineData("\"127.0.0.1:1\"", "\"x; rm -rf ~\"")]
    [InlineData("\"dns\": null", "\"dns\": \"x\"")]
    public async Task Env_and_change_say_that_it_is_not_a_ready_file(string part, string replacement)
    {
        using var folder = new TemporaryFolder();
        Assert.Contains(part, Sound, StringComparison.Ordinal);
        Assert.Equal("healthy", ReadyFile.Read(new FileInfo(folder.Write("sound.json", Sound))).Scenario);
        var file = folder.Write("hostile.json", Sound.Replace(part, replacement, StringComparison.Ordinal));

        Assert.EndsWith("not a ready file of 'run --ready-file'.", Assert.Throws<InputException>(() => ReadyFile.Read(new FileInfo(file))).Message, StringComparison.Ordinal);
        if (part == "\"0a\"")
        {
            Assert.Equal(2, (await Tool.AutoDetectSimAsync("change", "--lab", file, "--show")).ExitCode);
        }
    }

    [Theory]
    [InlineData("powershell", "$env:ROOT = 'a''b\u2018\u2018c\u2019\u2019d\u201a\u201ae\u201b\u201b; $(x)'")]
    [InlineData("bash", "export ROOT='a'\\''b\u2018c\u2019d\u201ae\u201b; $(x)'")]
    [InlineData("fish", "set -gx ROOT 'a\\'b\u2018c\u2019d\u201ae\u201b; $(x)'")]
    public void A_value_with_any_kind_of_quote_stays_one_word(string shell, string expected) =>
        Assert.Equal(expected, ShellForm.Find(shell).Set("ROOT", "a'b\u2018c\u2019d\u201ae\u201b; $(x)"));

    [Fact]
    public void A_path_with_a_quote_or_a_blank_stays_one_word_in_lines_to_paste()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The lines are PowerShell's there.");
        Assert.Equal("A='/it'\\''s $(x)/root.pem' node x.js", ShellLine.With("node x.js", ("A", "/it's $(x)/root.pem")));
        Assert.Equal("A=/tmp/root.pem node x.js", ShellLine.With("node x.js", ("A", "/tmp/root.pem")));
        Assert.StartsWith("sudo tee -a /etc/hosts < '/a b;c'", ShellLine.AppendToHosts("/a b;c"), StringComparison.Ordinal);
        Assert.Equal("'a\u2019\u2019b'", ShellQuote.PowerShell("a\u2019b"));
    }
}

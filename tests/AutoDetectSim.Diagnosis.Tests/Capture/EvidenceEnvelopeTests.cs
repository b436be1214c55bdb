using System.Text;
using AutoDetectSim.Evidence;
using AutoDetectSim.Evidence.Envelope;

namespace AutoDetectSim.Diagnosis.Tests.Capture;

/// <summary>Whatever mail programs, editors and terminals do to a paste, it says the same.</summary>
public sealed class EvidenceEnvelopeTests
{
    private static readonly string Complete = string.Join('\n', File.ReadAllLines(CapturedEvidence.Fixture("cases/02-indented-complete.txt")).Skip(2).Select(line => line.TrimStart(' '))) + "\n";
    private static readonly string Leaf = File.ReadAllText(CapturedEvidence.Fixture("cases/22-shell-prompt-in-brackets.txt"));

    public static TheoryData<string> Ways() =>
    [
        "as it is", "quoted", "quoted twice", "quoted without a blank", "quoted with bars", "quoted and indented", "indented", "tabs", "fenced", "crlf", "cr", "bom", "no-break spaces", "long dashes",
        "typographic quotes", "colors", "wrapped at 76", "wrapped and quoted", "quoted and wrapped", "wrapped at 40", "trailing blanks", "blank lines between", "prose around", "quoted-printable", "base64 mail", "zero-width spaces",
        "line numbers", "line numbers with colons", "times", "times in brackets", "syslog", "container names", "log of a CI job", "mail of Outlook", "mail in two forms", "mail as HTML alone", "forwarded mail", "part of a page",
    ];

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_mailed_paste_is_read_like_the_original(string way)
    {
        foreach (var original in (string[])[Complete, Leaf])
        {
            var expected = Essence(EvidenceReader.Parse(original, "x"));
            Assert.Equal(expected, Essence(EvidenceReader.Parse(Mail(original, way), "x")));
        }
    }

    [Theory]
    [InlineData("utf-16", true)]
    [InlineData("utf-16BE", true)]
    [InlineData("utf-16", false)]
    [InlineData("utf-16BE", false)]
    [InlineData("utf-32", true)]
    [InlineData("utf-8", true)]
    [InlineData("iso-8859-1", false)]
    public void A_file_in_any_encoding_is_read(string name, bool hasMark)
    {
        var encoding = Encoding.GetEncoding(name);
        byte[] bytes = [.. hasMark ? encoding.GetPreamble() : [], .. encoding.GetBytes("Grüße\n" + Complete)];
        Assert.Equal(Essence(EvidenceReader.Parse(Complete, "x")), Essence(EvidenceReader.Parse(EvidenceBytes.Decode(bytes), "x")));
    }

    [Fact]
    public void Pem_on_one_line_is_read()
    {
        var pem = File.ReadAllText(CapturedEvidence.Fixture("leaf.pem"));
        var certificates = PemReader.Read(EvidenceDocument.Parse(pem.ReplaceLineEndings(" "), "x").Lines);
        Assert.Equal(PemReader.Read(EvidenceDocument.Parse(pem, "x").Lines)[0].Der.ToArray(), Assert.Single(certificates).Der.ToArray());
        Assert.Null(PemReader.Read(EvidenceDocument.Parse("\"" + pem.ReplaceLineEndings("\\n") + "\"", "x").Lines)[0].Damage);
    }

    [Theory]
    [InlineData("...", "is cut out in part (line 3)")]
    [InlineData("[snip]", "is cut out in part (line 3)")]
    [InlineData("!!!!", "has a line that is not base64 (line 3)")]
    [InlineData("A", "is damaged: ")]
    public void What_is_wrong_with_a_certificate_is_said(string line, string words)
    {
        var lines = File.ReadAllLines(CapturedEvidence.Fixture("leaf.pem")).ToList();
        lines.Insert(2, line);
        Assert.StartsWith(words, PemReader.Read(EvidenceDocument.Parse(string.Join('\n', lines), "x").Lines)[0].Damage, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_in_a_quoted_mail_with_broken_lines_is_read()
    {
        var json = File.ReadAllText(CapturedEvidence.Fixture("cases/11-testssl-two-certificates.json"));
        var mailed = "Hi,\n\nsee below [1].\n\n" + MailedText.Quote(MailedText.Wrap(json, 100)) + "\nBest\n";
        Assert.Equal(Essence(EvidenceReader.Parse(json, "x")), Essence(EvidenceReader.Parse(mailed, "x")));
    }

    [Fact]
    public void A_scan_that_was_cut_off_is_read_as_far_as_it_goes()
    {
        var json = File.ReadAllText(CapturedEvidence.Fixture("cases/11-testssl-two-certificates.json"));
        var reading = EvidenceReader.Parse(json[..json.LastIndexOf("\"scanTime\"", StringComparison.Ordinal)], "x");
        Assert.Equal(2, reading.Calls.Count);
        Assert.Contains(reading.Remarks, remark => remark.Contains("ends before its end", StringComparison.Ordinal));
    }

    private static string Essence(EvidenceReading reading) => string.Join('\n', reading.Calls.Select(call =>
        $"{call.Host}:{call.Port} {call.ServerName} {call.At:O} {call.Verdict?.Passed} {string.Join(',', call.Verdict?.Codes ?? [])} {string.Join(' ', call.Sent.Select(certificate => certificate.Key + certificate.Damage))}"));

    private static string Mail(string text, string way) => way switch
    {
        "quoted" => MailedText.Quote(text),
        "quoted twice" => MailedText.Quote(text, "> > "),
        "quoted without a blank" => MailedText.Quote(text, ">"),
        "quoted with bars" => MailedText.Quote(text, "| "),
        "quoted and indented" => MailedText.Quote(text, ">     "),
        "indented" => MailedText.Indent(text),
        "tabs" => MailedText.Indent(text, "\t"),
        "fenced" => MailedText.Fence(text),
        "crlf" => text.ReplaceLineEndings("\r\n"),
        "cr" => text.ReplaceLineEndings("\r"),
        "bom" => "\uFEFF" + text,
        "no-break spaces" => text.Replace(' ', '\u00A0'),
        "long dashes" => text.Replace("-----BEGIN", "\u2014\u2014-BEGIN", StringComparison.Ordinal).Replace(" -connect", " \u2013connect", StringComparison.Ordinal),
        "typographic quotes" => "\u201C" + text + "\u201D",
        "colors" => "\u001B[32m" + text.Replace("\n", "\u001B[0m\n", StringComparison.Ordinal),
        "wrapped at 76" => MailedText.Wrap(text, 76),
        "wrapped and quoted" => MailedText.Quote(MailedText.Wrap(text, 70)),
        "quoted and wrapped" => MailedText.Wrap(MailedText.Quote(text), 60),
        "wrapped at 40" => MailedText.Wrap(text, 40),
        "trailing blanks" => text.Replace("\n", "   \n", StringComparison.Ordinal),
        "blank lines between" => text.Replace("\n", "\n\n", StringComparison.Ordinal),
        "prose around" => "Dear support,\nhere is what you asked for:\n\n" + text + "\n-- \nKind regards\n| Contoso | IT |\n",
        "quoted-printable" => "From: a@contoso.com\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n" + string.Join("=\n", text.Replace("=", "=3D", StringComparison.Ordinal).Split('\n').SelectMany(line => (line + "\n").Chunk(73)).Select(part => new string(part))).Replace("\n=\n", "\n", StringComparison.Ordinal),
        "base64 mail" => "From: a@contoso.com\nContent-Transfer-Encoding: base64\n\n" + Convert.ToBase64String(Encoding.UTF8.GetBytes(text), Base64FormattingOptions.InsertLineBreaks) + "\n",
        "zero-width spaces" => text.Replace("CN = ", "\u200BCN = ", StringComparison.Ordinal),
        "line numbers" => MailedText.Prefix(text, number => $"{number,6}\t"),
        "line numbers with colons" => MailedText.Prefix(text, number => $"{number}: "),
        "times" => MailedText.Prefix(text, number => $"2026-11-30T14:02:{number % 60:D2}.1234567Z "),
        "times in brackets" => MailedText.Prefix(text, number => $"[14:02:{number % 60:D2}] "),
        "syslog" => MailedText.Prefix(text, number => $"Nov 30 14:02:{number % 60:D2} gw probe[4711]: "),
        "container names" => MailedText.Prefix(text, _ => "probe-1  | "),
        "log of a CI job" => MailedText.Prefix(text, number => $"probe\tRun openssl\t2026-11-30T14:02:11.{number:D7}Z "),
        "mail of Outlook" => "Content-Type: multipart/mixed;\n\tboundary=\"----=_NextPart_000_0001_01DB42E1\"\n\n------=_NextPart_000_0001_01DB42E1\nContent-Type: text/plain;\n\tcharset=\"utf-8\"\nContent-Transfer-Encoding: base64\n\n" + Convert.ToBase64String(Encoding.UTF8.GetBytes(text), Base64FormattingOptions.InsertLineBreaks) + "\n\n------=_NextPart_000_0001_01DB42E1--\n",
        "mail in two forms" => "Content-Type: multipart/alternative; boundary=\"==5f==\"\n\n--==5f==\nContent-Type: text/plain\nContent-Transfer-Encoding: 7bit\n\n" + text + "\n--==5f==\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\n" + Convert.ToBase64String(Encoding.UTF8.GetBytes(MailedText.Html(text)), Base64FormattingOptions.InsertLineBreaks) + "\n--==5f==--\n",
        "mail as HTML alone" => "Content-Type: text/html; charset=us-ascii\nContent-Transfer-Encoding: 7bit\n\n" + MailedText.Html(text),
        "forwarded mail" => "Content-Type: multipart/mixed; boundary=\"==5f==\"\n\n--==5f==\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\n" + Convert.ToBase64String(Encoding.UTF8.GetBytes("---------- Forwarded message ---------\n\n" + text), Base64FormattingOptions.InsertLineBreaks) + "\n--==5f==--\n",
        "part of a page" => "<div dir=\"ltr\">Hi,<br>" + MailedText.Html(text).Replace("\n", "<br>\n", StringComparison.Ordinal) + "</div>",
        _ => text,
    };
}

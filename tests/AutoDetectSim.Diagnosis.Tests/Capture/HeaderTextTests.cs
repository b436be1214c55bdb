using System.Text;
using System.Text.Json;
using AutoDetectSim.Evidence;
using AutoDetectSim.Diagnosis.Explaining;
using AutoDetectSim.Protocols.Http;

namespace AutoDetectSim.Diagnosis.Tests.Capture;

/// <summary>AutoDetect's own headers are found in every envelope in which people mail them.</summary>
public sealed class HeaderTextTests
{
    private static readonly string Debug = Convert.ToBase64String(Encoding.UTF8.GetBytes(
        """{"decision":"autoDv2 > autoDv1 > fixed db provider > fixed db domain protocols > db provider > db domain protocols","autoD":{"v2":null,"v1":null},"db":{"provider":null,"domain":null}}"""));

    private static readonly string Head = $"HTTP/1.1 200 OK\nX-Request-Id: prod5-1-x\nX-Debug-Support: {Debug}\nX-AutoDv2-Error: ECONNREFUSED\nDate: Sat, 15 May 2021 16:46:21 GMT\n\n";

    public static TheoryData<string, string> Envelopes() => new()
    {
        { "as it is", Head },
        { "quoted", MailedText.Quote(Head) },
        { "indented", MailedText.Indent(Head) },
        { "fenced", MailedText.Fence(Head) },
        { "wrapped and quoted", MailedText.Quote(MailedText.Wrap(Head, 76)) },
        { "curl -v", string.Concat(Head.Split('\n').Select(line => "< " + line.ToLowerInvariant().Replace(Debug.ToLowerInvariant(), Debug, StringComparison.Ordinal) + "\n")).Replace("econnrefused", "ECONNREFUSED", StringComparison.Ordinal) },
        { "curl -v in a quoted mail", MailedText.Quote(string.Concat(Head.Split('\n').Select(line => "< " + line + "\n"))) },
        { "PowerShell table", $"Key             Value\n---             -----\nX-Debug-Support {{{Debug}}}\nX-AutoDv2-Error {{ECONNREFUSED}}\n" },
        { "PowerShell list", $"Key   : X-Debug-Support\nValue : {{{Debug}}}\n\nKey   : X-AutoDv2-Error\nValue : {{ECONNREFUSED}}\n" },
        { "HAR", JsonSerializer.Serialize(new { log = new { entries = new[] { new { request = new { url = "https://prod-autodetect.outlookmobile.com/detect" }, response = new { status = 200, headers = new[] { new { name = "x-debug-support", value = Debug }, new { name = "x-autodv2-error", value = "ECONNREFUSED" } } } } } } }) },
    };

    [Fact]
    public void Several_answers_are_explained_one_by_one()
    {
        var twice = string.Concat(Head.TrimEnd().Split('\n').Select(line => $"< {line}\n{line}\n"));
        Assert.Equal([null, null], HeaderExplainer.Explain(HeaderText.Open(twice)).Headers.Select(header => header.Answer));

        var good = Head.Replace("X-AutoDv2-Error: ECONNREFUSED\n", "", StringComparison.Ordinal);
        foreach (var (text, answers) in (IEnumerable<(string, int?[])>)[(Head + good, [1, 1, 2]), (good + Head, [1, 2, 2]), (Head + Head, [1, 1, 2, 2]), (Head, [null, null])])
        {
            Assert.Equal(answers, HeaderExplainer.Explain(HeaderText.Open(text)).Headers.Select(header => header.Answer));
        }
    }

    [Theory]
    [InlineData("HTTP/1.1 401 Unauthorized\nServer: Microsoft-IIS/10.0\nWWW-Authenticate: Negotiate\nX-FEServer: EX01\n\n")]
    [InlineData("CONNECTED(00000003)\nCertificate chain\n 0 s:CN = mail.contoso.com\nVerify return code: 21 (unable to verify the first certificate)\n")]
    public void A_text_without_a_header_of_AutoDetect_is_not_called_damaged(string text) =>
        Assert.Contains("The text has none of AutoDetect's headers", Assert.Throws<UnreadableHeaderException>(() => HeaderExplainer.Explain(HeaderText.Open(text))).Message, StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Envelopes))]
    public void Headers_are_explained_in_every_envelope(string way, string text)
    {
        var explained = HeaderExplainer.Explain(HeaderText.Open(text));
        Assert.Equal([AutoDetectHeaders.DebugSupport, AutoDetectHeaders.AutoDv2Error], explained.Headers.Select(header => header.Name));
        Assert.Equal("ECONNREFUSED", explained.Headers[1].Text);
        Assert.NotEmpty(way);
    }

    [Fact]
    public void A_value_alone_is_explained_as_before() => Assert.Equal(AutoDetectHeaders.DebugSupport, Assert.Single(HeaderExplainer.Explain(HeaderText.Open("> " + Debug + "\n")).Headers).Name);
}

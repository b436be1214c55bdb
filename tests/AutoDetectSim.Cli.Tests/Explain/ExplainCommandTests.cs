using System.CommandLine;
using System.Text;
using System.Text.Json;
using AutoDetectSim.Cli.Explain;
using AutoDetectSim.Diagnosis.Explaining;
using CsCheck;

namespace AutoDetectSim.Cli.Tests.Explain;

public sealed class ExplainCommandTests
{
    private const string DebugJson =
        """{"decision":"autoDv2 > autoDv1 > fixed db provider > fixed db domain protocols > db provider > db domain protocols","autoD":{"v2":null,"v1":null},"db":{"provider":{"DomainId":null,"Id":"seeatest","Service":null,"Protocols":[{"protocol":"smtp","Domain":null,"Hostname":"smtpgms.jnet.sei.co.jp","Port":465,"Encryption":"Ssl","IsCrowdsourced":null,"Feedbacks":null,"Insecure":null,"Secure":"True","Username":"{email}","Validated":false,"Autodiscover":null,"Aad":null}],"CreatedAt":"2020-02-03T05:31:23.2980248","UpdatedAt":"2020-02-03T09:12:59.024587","Predicates":null,"AutoDv2Endpoint":null,"Comment":null,"Feedbacks":null,"IsCrowdsourced":false},"domain":{"fixed":false,"autoDv2Endpoint":null,"providerId":"seeatest","protocols":null}}}""";

    private static readonly string Debug = Convert.ToBase64String(Encoding.UTF8.GetBytes(DebugJson));

    private static readonly string Token =
        Part("""{"typ":"JWT","alg":"HS256"}""")
        + "." + Part("""{"D":"example.com","PI":"seeatest","S":[],"P":["imaps://imapgms.jnet.sei.co.jp:993"],"PT":"imap","exp":1765233178,"iat":1765229578}""")
        + ".c2lnbmF0dXJl";

    [Fact]
    public void Every_result_with_a_page_is_explained_by_its_name()
    {
        var pages = Directory.EnumerateFiles(Path.Combine(Tool.RepositoryRoot, "docs", "errors"), "*.md").Select(file => Path.GetFileNameWithoutExtension(file)).Where(page => page != "README").ToList();
        Assert.NotEmpty(pages);
        Assert.All(pages, page => Assert.NotEmpty(Assert.Single(HeaderExplainer.Explain(page).Headers).Words));
        Assert.StartsWith(
            "X509_V_ERR_CA_KEY_TOO_SMALL of OpenSSL, for which Node.js reports UNSPECIFIED: An issuer's key is too weak",
            HeaderExplainer.Explain("x509_v_err_ca_key_too_small").Headers[0].Words[0],
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_debug_header_is_told_in_words()
    {
        var (exit, text, _) = await RunAsync(Debug);
        Assert.Equal(0, exit);
        Assert.Contains("AutoDiscover V2 gave nothing", text, StringComparison.Ordinal);
        Assert.Contains("The database has a record that is not fixed of the domain, which names provider seeatest.", text, StringComparison.Ordinal);
        Assert.Contains("smtp at smtpgms.jnet.sei.co.jp:465, Ssl, user name {email}; AutoDetect never signed in there.", text, StringComparison.Ordinal);
        Assert.Contains("The answer comes from the database alone", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_is_told_in_words()
    {
        var (exit, text, _) = await RunAsync(Token);
        Assert.Equal(0, exit);
        Assert.Contains("It is about the domain example.com.", text, StringComparison.Ordinal);
        Assert.Contains("AutoDetect answered at 2025-12-08 21:32:58 UTC.", text, StringComparison.Ordinal);
        Assert.Contains("imaps://imapgms.jnet.sei.co.jp:993", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_of_the_2021_edition_is_told_as_well()
    {
        var token = Part("""{"alg":"HS256","typ":"JWT"}""") + "." + Part("""{"d":"contoso.com","pI":null,"s":["office365"],"p":[],"pT":"","iat":1621097181,"exp":1621100781}""") + ".AAAA";
        var (exit, text, _) = await RunAsync(token);
        Assert.Equal(0, exit);
        Assert.Contains("It is about the domain contoso.com.", text, StringComparison.Ordinal);
        Assert.Contains("Services that were found: office365.", text, StringComparison.Ordinal);
        Assert.Contains("2021-05-15 16:46:21 UTC", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_whole_response_head_is_told_header_by_header()
    {
        var head = $"HTTP/1.1 200 OK\r\nX-Request-Id: prod5-1-x\r\nX-Debug-Support: {Debug}\r\nX-AutoDv2-Error: UNABLE_TO_VERIFY_LEAF_SIGNATURE\r\nX-Feedback-Token: {Token}\r\nDate: Sat, 15 May 2021 16:46:21 GMT\r\n\r\n";
        var (exit, _, json) = await RunAsync(head, "--json");
        Assert.Equal(0, exit);
        using var document = JsonDocument.Parse(json);
        Assert.Equal(
            ["X-Debug-Support", "X-Feedback-Token", "X-AutoDv2-Error"],
            document.RootElement.GetProperty("headers").EnumerateArray().Select(header => header.GetProperty("name").GetString()));
        Assert.Equal("seeatest", document.RootElement.GetProperty("headers")[0].GetProperty("value").GetProperty("db").GetProperty("provider").GetProperty("Id").GetString());
        Assert.Contains("no intermediate", document.RootElement.GetProperty("headers")[2].GetProperty("words")[0].GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("X-Debug-Support : {0}")]
    [InlineData("[X-Debug-Support, {0}]")]
    [InlineData("\"x-debug-support\": \"{0}\",")]
    [InlineData("< x-debug-support: {0}")]
    [InlineData("  {0}\n")]
    [InlineData("\"{0}\"")]
    public async Task Pastes_of_curl_browsers_and_PowerShell_are_understood(string form)
    {
        var (exit, text, _) = await RunAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, form, Debug));
        Assert.Equal(0, exit);
        Assert.Contains("seeatest", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_that_a_terminal_broke_into_lines_is_joined()
    {
        var broken = string.Join("\n", Debug.Chunk(76).Select(chunk => new string(chunk)));
        Assert.Equal(0, (await RunAsync(broken)).Exit);
        Assert.Equal(0, (await RunAsync("x-debug-support: " + broken + "\nx-request-id: 1")).Exit);
    }

    [Theory]
    [InlineData("UNABLE_TO_VERIFY_LEAF_SIGNATURE")]
    [InlineData("unable_to_verify_leaf_signature")]
    [InlineData("Hello,\n\n> the log of the phone says UNABLE_TO_VERIFY_LEAF_SIGNATURE again.\n\nRegards")]
    public async Task A_code_is_told_in_words(string text)
    {
        var (exit, words, _) = await RunAsync(text);
        Assert.Equal(0, exit);
        Assert.Contains("X-AutoDv2-Error: UNABLE_TO_VERIFY_LEAF_SIGNATURE", words, StringComparison.Ordinal);
        Assert.Contains("AutoDetect keeps no intermediates", words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_misspelt_code_is_refused_with_the_nearest_one()
    {
        var (exit, errors, _) = await RunAsync("UNABLE_TO_VERIFY_LEAF_SIGNATUR");
        Assert.Equal(2, exit);
        Assert.Contains("did you mean UNABLE_TO_VERIFY_LEAF_SIGNATURE?", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Decoded_JSON_is_told_like_the_header()
    {
        foreach (var text in (string[])[DebugJson, "Decoded it is:\n> " + DebugJson + "\nWhat does it mean?"])
        {
            var (exit, words, _) = await RunAsync(text);
            Assert.Equal(0, exit);
            Assert.Contains("which names provider seeatest", words, StringComparison.Ordinal);
        }

        var (tokenExit, token, _) = await RunAsync("""{"D":"example.com","PI":"seeatest","S":[],"P":[],"PT":"imap","exp":1765233178,"iat":1765229578}""");
        Assert.Equal(0, tokenExit);
        Assert.Contains("It is about the domain example.com.", token, StringComparison.Ordinal);
        Assert.DoesNotContain("JWT", token, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_header_in_a_quoted_mail_is_told()
    {
        var lines = string.Join("\n", ("X-Debug-Support: " + Debug).Chunk(70).Select(chunk => "> " + new string(chunk)));
        var (exit, words, _) = await RunAsync("Dear support,\n\nOn Monday your colleague wrote:\n" + lines + "\n");
        Assert.Equal(0, exit);
        Assert.Contains("which names provider seeatest", words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_is_read()
    {
        var path = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(path, Token, TestContext.Current.CancellationToken);
            Assert.Equal(0, (await RunAsync("--file", path)).Exit);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("", "Nothing was given")]
    [InlineData("hello!", "'!' at position 6")]
    [InlineData("eyJkZWNpc2lvbiI6ImF1", "not JSON")]
    [InlineData("e30=", "no \"decision\"")]
    [InlineData("W10=", "not to an object")]
    [InlineData("////", "does not decode to text")]
    [InlineData("abcde", "part of it is missing")]
    [InlineData("a.b.c", "The first part of X-Feedback-Token")]
    [InlineData("X-Feedback-Token: abc.def", "three parts")]
    public async Task Garbage_is_refused_with_the_reason(string text, string reason)
    {
        var (exit, errors, output) = await RunAsync(text);
        Assert.Equal(2, exit);
        Assert.Contains(reason, errors, StringComparison.Ordinal);
        Assert.Empty(output);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_named()
    {
        var (exit, errors, _) = await RunAsync("--file", Path.Combine(Path.GetTempPath(), "no-such-folder-of-anyone", "x.txt"));
        Assert.Equal(2, exit);
        Assert.Contains("x.txt", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void No_text_makes_it_fail_without_a_reason()
    {
        var json = Gen.Int[0, 5].Select(i => new[] { "{}", "[]", "{\"decision\":\"\"}", "{\"decision\":\"x\",\"db\":[]}", "{\"decision\":\"x\",\"autoD\":{\"v2\":7},\"db\":{\"provider\":{\"Protocols\":[null,1,{}]},\"domain\":3}}", "{\"D\":{},\"S\":[1],\"iat\":-1,\"exp\":1e400}" }[i]);
        var base64 = json.Select(text => Convert.ToBase64String(Encoding.UTF8.GetBytes(text)));
        Gen.OneOf(Gen.String, base64, base64.Array[3].Select(parts => string.Join('.', parts)), base64.Select(text => "X-Debug-Support: " + text)).Sample(text =>
        {
            try
            {
                using var output = new StringWriter();
                ExplainReport.Write(HeaderExplainer.Explain(text), verbose: true, output);
            }
            catch (UnreadableHeaderException exception)
            {
                Assert.NotEmpty(exception.Message);
            }
        }, iter: Samples.Of(100));
    }

    private static string Part(string json) => Convert.ToBase64String(Encoding.UTF8.GetBytes(json)).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    private static async Task<(int Exit, string Text, string Output)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var exit = await new RootCommand { ExplainCommand.Create() }.Parse(["explain", .. arguments]).InvokeAsync(
            new InvocationConfiguration { Output = output, Error = errors, EnableDefaultExceptionHandler = false },
            TestContext.Current.CancellationToken);

        // Lines end where the width of the output ends them.
        return (exit, string.Join(' ', (errors + output.ToString()).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), output.ToString());
    }
}

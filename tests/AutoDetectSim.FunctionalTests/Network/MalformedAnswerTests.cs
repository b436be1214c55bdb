using System.Buffers;
using System.Text;
using System.Text.Json;
using AutoDetectSim.Hosting;
using AutoDetectSim.Protocols.Node;
using AutoDetectSim.Protocols.Node.Llhttp;

namespace AutoDetectSim.FunctionalTests.Network;

/// <summary>Answers that are no good HTTP: AutoDetect's client says of them what Node's own client says.</summary>
public sealed class MalformedAnswerTests
{
    private const string Head = "HTTP/1.1 200 OK\r\n";
    private const string Chunked = Head + "Transfer-Encoding: chunked\r\n\r\n";
    private const string Good = "none 200 2";

    /// <summary>Each class of malformed answer, with the code that Node 20 was measured to report.</summary>
    private static readonly (string Answer, string Code)[] Classes =
    [
        (Head + "Content-Length: 2\r\n\r\nok", Good),
        (Chunked + "2;a=b;c=\"d e\"\r\nok\r\n0\r\nA: b\r\n\r\n", Good),
        (Head + "\r\nok", Good),
        (Head + "Transfer-Encoding: gzip\r\n\r\nok", Good),
        (Head + "Transfer-Encoding: chunked,\r\n\r\nok", Good),
        (Head + "Transfer-Encoding: chunked\t\r\n\r\nok", Good),
        ("HTTP/1.1 100 Continue\r\n\r\n" + Head + "Content-Length: 2\r\n\r\nok", Good),
        ("RTSP/1.0 200 \u0001\0\r\nContent-Length: 2\r\n\r\nok", Good),
        ("HTTP/2.0 200 OK\r\rContent-Length: 2\r\n\r\nok", Good),
        (Head + "Content-Length: 2 \r\n\r\nok", Good),
        ("\r\n" + Head + "Content-Length: 2\r\n\r\nok", Good),
        ("* OK IMAP4rev1 ready\r\n", "HPE_INVALID_CONSTANT"),
        ("<html><body>no</body></html>", "HPE_INVALID_CONSTANT"),
        ("http/1.1 200 OK\r\n\r\n", "HPE_INVALID_CONSTANT"),
        ("\0\0\u0012\u0004\0\0\0\0\0", "HPE_INVALID_CONSTANT"),
        (Head + "Content-Length: 2\r\n\r\nok and more", "HPE_INVALID_CONSTANT"),
        ("HTTP/1.1 204 No Content\r\nContent-Length: 2\r\n\r\nok", "HPE_INVALID_CONSTANT"),
        ("HTTP/3.0 200 OK\r\n\r\n", "HPE_INVALID_VERSION"),
        ("HTTP/1.1\r\n\r\n", "HPE_INVALID_VERSION"),
        ("HTTP/1.1 OK\r\n\r\n", "HPE_INVALID_STATUS"),
        ("HTTP/1.1 2000 OK\r\n\r\n", "HPE_INVALID_STATUS"),
        ("HTTP/1.1  200 OK\r\n\r\n", "HPE_INVALID_STATUS"),
        ("HTTP/1.1 200 OK\nContent-Length: 2\n\nok", "HPE_CR_EXPECTED"),
        (Head + "Content-Length: 2\n\r\nok", "HPE_CR_EXPECTED"),
        (Chunked + "2\nok\n0\n\n", "HPE_CR_EXPECTED"),
        (Head + "A: b\rC: d\r\n\r\n", "HPE_LF_EXPECTED"),
        ("HTTP/1.1 200 O\rK\r\n\r\n", "HPE_STRICT"),
        (Chunked + "2\r\nok and more\r\n0\r\n\r\n", "HPE_STRICT"),
        (Head + "A : b\r\n\r\n", "HPE_INVALID_HEADER_TOKEN"),
        (Head + "no colon\r\n\r\n", "HPE_INVALID_HEADER_TOKEN"),
        (Head + "A: b\0c\r\n\r\n", "HPE_INVALID_HEADER_TOKEN"),
        (Head + "A: b\r\n c\r\n\r\n", "HPE_INVALID_HEADER_TOKEN"),
        (Head + " A: b\r\n\r\n", "HPE_UNEXPECTED_SPACE"),
        (Head + "A:" + new string('b', 16 * 1024) + "\r\n\r\n", "HPE_HEADER_OVERFLOW"),
        (Chunked + "0\r\nA:" + new string('b', 16 * 1024) + "\r\n\r\n", "HPE_HEADER_OVERFLOW"),
        (Head + "Content-Length: -2\r\n\r\nok", "HPE_INVALID_CONTENT_LENGTH"),
        (Head + "Content-Length: 2, 2\r\n\r\nok", "HPE_INVALID_CONTENT_LENGTH"),
        (Head + "Transfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n2\r\nok\r\n0\r\n\r\n", "HPE_INVALID_CONTENT_LENGTH"),
        (Head + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n", "HPE_INVALID_TRANSFER_ENCODING"),
        (Head + "Content-Length: 2\r\nContent-Length: 2\r\n\r\nok", "HPE_UNEXPECTED_CONTENT_LENGTH"),
        (Head + "Content-Length: 2\r\nContent-Length:\r\n\r\nok", "HPE_INVALID_CONTENT_LENGTH"),
        (Chunked + "zz\r\nok\r\n0\r\n\r\n", "HPE_INVALID_CHUNK_SIZE"),
        (Chunked + "0x2\r\nok\r\n0\r\n\r\n", "HPE_INVALID_CHUNK_SIZE"),
        (Chunked + "2;a=" + new string('b', 16 * 1024) + "\r\nok\r\n0\r\n\r\n", "HPE_CHUNK_EXTENSIONS_OVERFLOW"),
        (Head + "Connection: close\r\nContent-Length: 2\r\n\r\nok and more", "HPE_CLOSED_CONNECTION"),
        ("", "ECONNRESET"),
        ("HTTP/1.1 200 OK\r\nContent-Le", "ECONNRESET"),
        ("HTTP/1.1 100 Continue\r\n\r\n", "ECONNRESET"),
        (Head + "Content-Length: 10\r\n\r\nok", "ECONNRESET"),
        (Chunked + "2\r\nok\r\n", "ECONNRESET"),
    ];

    [Fact]
    [Trait("Needs", "tools")]
    public async Task Node_and_the_client_of_AutoDetect_say_the_same_of_every_class_of_malformed_answer()
    {
        var answers = Classes.Select(row => Encoding.Latin1.GetBytes(row.Answer)).ToList();
        var node = await AskNodeAsync(answers);
        var said = new List<(string Answer, string Node, string Client)>();
        for (var index = 0; index < answers.Count; index++)
        {
            said.Add((Classes[index].Answer, node[index], await AskClientAsync(answers[index])));
        }

        Assert.Equal(Classes.Select(row => (row.Answer, row.Code, row.Code)), said);
    }

    [Theory]
    [Trait("Needs", "tools")]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Node_and_the_client_of_AutoDetect_say_the_same_of_answers_with_random_mistakes(int seed)
    {
        var random = new Random(seed);
        // Node looks at the length of a head or an extension at the end of each part, so that of two mistakes in a long one either may count.
        var originals = Classes.Where(row => row.Answer.Length < 1000).Select(row => Encoding.Latin1.GetBytes(row.Answer)).ToArray();
        var answers = Enumerable.Range(0, 1500).Select(_ => Mutate(originals[random.Next(originals.Length)], random)).ToList();
        var node = await AskNodeAsync(answers);
        var different = new List<string>();
        for (var index = 0; index < answers.Count; index++)
        {
            var client = await AskClientAsync(answers[index]);
            if (client != node[index])
            {
                different.Add($"{JsonSerializer.Serialize(Encoding.Latin1.GetString(answers[index]))}: Node says {node[index]}, the client {client}");
            }
        }

        Assert.True(different.Count == 0, string.Join("\n", different));
    }

    [Theory]
    [Trait("Needs", "tools")]
    [InlineData("malformedHeader")]
    [InlineData("bareLineFeeds")]
    [InlineData("oversizedHead")]
    [InlineData("duplicateLength")]
    [InlineData("lengthAndChunks")]
    [InlineData("trailingData")]
    public async Task Curl_takes_answers_that_Node_refuses(string fault)
    {
        await using var lab = await NetworkLab.StartAsync($"loadBalancers:\n  perimeter: {{ fault: {fault}, nodes: 1 }}\n");

        var result = await lab.CurlAsync("https://mail.contoso.com/owa/healthcheck.htm");

        Assert.StartsWith("200 OK<br/>", result.Output, StringComparison.Ordinal);
        Assert.StartsWith("HPE_", (await lab.GetAsync("https://mail.contoso.com/owa/healthcheck.htm")).Error?.Code, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_read_byte_by_byte_gets_the_same_code()
    {
        foreach (var (answer, code) in Classes.Where(row => row.Code.StartsWith("HPE_", StringComparison.Ordinal)))
        {
            var response = new LlhttpResponse();
            var errors = Encoding.Latin1.GetBytes(answer).Select(one => response.Read([one], new ArrayBufferWriter<byte>())).ToList();
            Assert.Equal(code, errors[^1]?.Code);
        }
    }

    private static async Task<IReadOnlyList<string>> AskNodeAsync(List<byte[]> answers)
    {
        var input = JsonSerializer.Serialize(answers.Select((answer, index) => new { name = $"{index}", answer = Convert.ToBase64String(answer) }));
        var result = await Tool.RunAsync("node", [Path.Combine(AppContext.BaseDirectory, "clients", "answers.mjs")], input);
        Assert.True(result.ExitCode == 0, result.ToString());
        var said = JsonSerializer.Deserialize<Dictionary<string, string>>(result.Output)!;
        return [.. Enumerable.Range(0, answers.Count).Select(index => said[$"{index}"])];
    }

    private static async Task<string> AskClientAsync(byte[] answer)
    {
        await using var stream = new LlhttpStream(new CannedAnswer(answer));
        try
        {
            var response = await StrictHttpClient.ExchangeAsync(stream, new LabHttpRequest { Method = "GET", Uri = new Uri("http://a.test/") }, TestContext.Current.CancellationToken);
            return $"none {response.StatusCode} {response.Body.Length}";
        }
        catch (HttpRequestException exception)
        {
            return HttpErrors.ToNode(exception, "a.test").Code;
        }
    }

    /// <summary>One to three bytes that are changed, doubled, taken out, or put in.</summary>
    private static byte[] Mutate(byte[] answer, Random random)
    {
        const string Likely = "\r\n\t :;,=\"\\0129aZ-\0\u007F\u00E4";
        var bytes = answer.ToList();
        for (var count = random.Next(1, 4); count > 0; count--)
        {
            var one = (byte)Likely[random.Next(Likely.Length)];
            var place = random.Next(bytes.Count + 1);
            switch (random.Next(4))
            {
                case 0 when place < bytes.Count:
                    bytes[place] = one;
                    break;
                case 1 when place < bytes.Count:
                    bytes.RemoveAt(place);
                    break;
                case 2 when place < bytes.Count:
                    bytes.Insert(place, bytes[place]);
                    break;
                default:
                    bytes.Insert(place, one);
                    break;
            }
        }

        return [.. bytes];
    }
}

using System.Buffers;
using System.Text;
using AutoDetectSim.Exchange;
using AutoDetectSim.Exchange.Answers;
using AutoDetectSim.Exchange.AutoDiscover;
using AutoDetectSim.Exchange.Organizations;
using AutoDetectSim.Protocols;
using AutoDetectSim.Protocols.Http;
using AutoDetectSim.Protocols.Wbxml;
using AutoDetectSim.Scenarios;
using CsCheck;
using Microsoft.AspNetCore.Http;

namespace AutoDetectSim.Tests.Exchange;

public sealed class ExchangePropertyTests
{
    private static readonly ExchangeNode Node = new(new NodeDefinition { Name = "ex01" }, null, null, seed: 0);

    private static readonly Gen<string> Local = Gen.Char["abcXYZ019!#$%&'*+-/=?^_`{|}~"].Array[1, 20].Select(letters => new string(letters));

    private static readonly Gen<string> Domain = Gen.Char["abcxyz019"].Array[1, 10].Select(letters => new string(letters)).Array[2, 4].Select(labels => string.Join('.', labels) + ".example");

    [Fact]
    public void Every_address_is_read_alike_from_both_url_forms_raw_or_encoded() =>
        Gen.Select(Local, Domain, Gen.Int[0, 99]).Sample((local, domain, count) =>
        {
            var email = $"{local}@{domain}";
            var query = $"?Protocol=ActiveSync&RedirectCount={count}";
            var forms = new List<AutoDiscoverV2Request>
            {
                Read("/autodiscover/autodiscover.json", $"{query}&Email={Uri.EscapeDataString(email)}"),
                Read("/AUTODISCOVER/autodiscover.json", $"{query}&email={Uri.EscapeDataString(email).Replace("%40", "@", StringComparison.Ordinal)}"),
                Read($"/autodiscover/autodiscover.json/v1.0/{Uri.EscapeDataString(email)}", query),
            };
            Assert.All(forms, form => Assert.Equal((email, count, "ActiveSync"), (form.Email?.Text, form.RedirectCount, form.Protocol)));
            var sentOn = new Uri(AutoDiscoverV2Request.UrlAt("host.example", email, "ActiveSync", $"{count + 1}"));
            Assert.Equal((email, count + 1), (Read(sentOn.AbsolutePath, sentOn.Query).Email?.Text, Read(sentOn.AbsolutePath, sentOn.Query).RedirectCount));
        }, iter: Samples.Of(100));

    [Fact]
    public void Any_text_is_an_address_or_is_not() =>
        Gen.String.Sample(text =>
        {
            if (EmailAddress.TryParse(text, out var address))
            {
                Assert.Equal(text.Trim(' ', '\t'), address.Text);
                Assert.Equal(EmailAddress.LocalPartOf(address.Text), address.LocalPart);
                Assert.DoesNotContain(address.Text, letter => char.IsControl(letter) || char.IsWhiteSpace(letter) || letter is '"' or '<' or '>');
            }
        }, iter: Samples.Of(100));

    [Fact]
    public void Any_fact_survives_its_header() =>
        Gen.String.Sample(text =>
        {
            // Lone surrogates have no UTF-8.
            var value = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
            var header = RequestFacts.Encode(value);
            Assert.All(header, letter => Assert.InRange(letter, ' ', '~'));
            Assert.Equal(value, RequestFacts.FromHeaders([KeyValuePair.Create("x-autodetectsim-email", header)])[RequestFacts.Email]);
        }, iter: Samples.Of(100));

    [Fact]
    public void Any_bytes_are_WBXML_or_are_not() =>
        Gen.Byte.Array[0, 200].Sample(bytes =>
        {
            byte[] document = [0x03, 0x01, 0x6A, 0x00, .. bytes];
            if (WbxmlReader.TryRead(document, out var root))
            {
                Assert.True(WbxmlReader.TryRead(WbxmlWriter.Write(root), out _));
            }

            WbxmlReader.TryRead(bytes, out _);
        }, iter: Samples.Of(100));

    [Fact]
    public void What_is_written_as_WBXML_is_read_back()
    {
        var leaf = Gen.Select(Gen.Byte[0, 25], Gen.Byte[5, 63], Gen.Char["abc äö€"].Array[1, 10]).Select((page, token, text) => new WbxmlElement(page, token) { Text = new string(text) });
        var tree = Gen.Recursive<WbxmlElement>((depth, self) => depth > 4
            ? leaf
            : Gen.OneOf(leaf, Gen.Select(Gen.Byte[0, 25], Gen.Byte[5, 63], self.Array[0, 3]).Select((page, token, children) => new WbxmlElement(page, token) { Children = children })));
        tree.Sample(root =>
        {
            Assert.True(WbxmlReader.TryRead(WbxmlWriter.Write(root), out var read));
            Assert.Equivalent(root, read, strict: true);
        }, iter: Samples.Of(100));
    }

    [Fact]
    public void Any_bytes_are_XML_or_are_not() =>
        Gen.OneOf(Gen.Byte.Array[0, 200], Gen.String.Select(Encoding.UTF8.GetBytes)).Sample(bytes => RequestXml.Read(bytes).Find("EMailAddress") is null, iter: Samples.Of(100));

    [Fact]
    public void Any_Authorization_header_is_read() =>
        Gen.OneOf(Gen.String, Gen.Byte.Array[0, 50].Select(bytes => "Basic " + Convert.ToBase64String(bytes))).Sample(text => RequestAuthorization.Read(text) is not null, iter: Samples.Of(100));

    [Fact]
    public void Ordering_a_head_loses_and_invents_nothing() =>
        Gen.Select(
            Gen.Select(Gen.Char["AbcX-"].Array[1, 3].Select(letters => new string(letters)), Gen.Char["v:, \t"].Array[0, 5].Select(letters => new string(letters))).Array[0, 12],
            Gen.Char["aBcX-"].Array[1, 3].Select(letters => new string(letters)).Array[0, 8]).Sample((fields, order) =>
        {
            var head = "HTTP/1.1 200 OK\r\n" + string.Concat(fields.Select(field => $"{field.Item1}: {field.Item2}\r\n")) + "\r\n";
            var output = new ArrayBufferWriter<byte>();
            ResponseHead.WriteOrdered(output, Encoding.ASCII.GetBytes(head), order);
            var written = Encoding.ASCII.GetString(output.WrittenSpan);
            Assert.Equal(head.ToUpperInvariant().Split("\r\n").Order(StringComparer.Ordinal), written.ToUpperInvariant().Split("\r\n").Order(StringComparer.Ordinal));
            Assert.EndsWith("\r\n\r\n", written, StringComparison.Ordinal);
        }, iter: Samples.Of(100));

    private static AutoDiscoverV2Request Read(string path, string query)
    {
        var context = new DefaultHttpContext();
        context.Request.Path = new PathString(Uri.UnescapeDataString(path));
        context.Request.QueryString = new QueryString(query);
        return AutoDiscoverV2Request.Read(new ExchangeRequest(context, Node));
    }
}

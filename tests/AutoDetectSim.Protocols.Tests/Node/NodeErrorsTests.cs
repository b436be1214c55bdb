using System.Globalization;
using System.Net.Sockets;
using System.Reflection;
using System.Text.RegularExpressions;
using AutoDetectSim.Certificates.Issuance;
using AutoDetectSim.Certificates.Validation;
using AutoDetectSim.Protocols.Node;
using AutoDetectSim.Tls;

namespace AutoDetectSim.Protocols.Tests.Node;

/// <summary>The set of codes is closed: whatever can give a code gives one of it, and nothing writes a code out by hand.</summary>
public sealed partial class NodeErrorsTests
{
    private static readonly string Sources = Path.Combine(Tool.RepositoryRoot, "src");

    private static readonly Dictionary<string, string> Constants = typeof(NodeErrors)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Where(field => field.IsLiteral && field.FieldType == typeof(string))
        .ToDictionary(field => field.Name, field => (string)field.GetRawConstantValue()!, StringComparer.Ordinal);

    [Fact]
    public void Every_code_has_a_description_of_one_sentence()
    {
        Assert.Equal(NodeErrors.All.Order(StringComparer.Ordinal).Distinct(StringComparer.Ordinal), NodeErrors.All);
        foreach (var code in NodeErrors.All)
        {
            var description = NodeErrors.Describe(code);
            Assert.NotNull(description);
            Assert.Matches(@"^[A-Za-z].*\.$", description);
            Assert.DoesNotMatch(@"\. [A-Z]", description);
        }
    }

    [Fact]
    public void Success_and_unknown_texts_are_not_codes()
    {
        Assert.DoesNotContain(NodeErrors.Ok, NodeErrors.All);
        Assert.Null(NodeErrors.Describe(NodeErrors.Ok));
        Assert.Null(NodeErrors.Describe("EWOULDBLOCK"));
    }

    [Fact]
    public void Every_constant_but_the_one_for_success_is_in_the_set() =>
        Assert.Empty(Constants.Values.Where(code => code != NodeErrors.Ok).Except(NodeErrors.All, StringComparer.Ordinal));

    [Fact]
    public void Every_constant_is_used_by_the_product()
    {
        var used = SourceFiles().SelectMany(file => Use().Matches(File.ReadAllText(file))).Select(match => match.Groups["name"].Value).ToHashSet(StringComparer.Ordinal);
        string[] ofStatus = used.Contains(nameof(NodeErrors.OfStatus)) ? [NodeErrors.OfStatus(404), NodeErrors.OfStatus(500)] : [];
        var unused = Constants.Keys.Except(used, StringComparer.Ordinal).Where(name => !ofStatus.Contains(Constants[name], StringComparer.Ordinal)).ToList();
        Assert.Empty(unused);
    }

    [Fact]
    public void No_source_file_writes_a_code_as_a_literal()
    {
        var codes = Constants.Values.ToHashSet(StringComparer.Ordinal);
        var written = SourceFiles()
            .SelectMany(file => Literal().Matches(File.ReadAllText(file)).Where(match => codes.Contains(match.Groups["text"].Value))
                .Select(match => $"{Path.GetRelativePath(Sources, file)}: {match.Value}"));
        Assert.Empty(written);
    }

    [Fact]
    public void Every_verdict_on_a_certificate_and_every_TLS_alert_gives_a_code_of_the_set()
    {
        var verdicts = Enum.GetValues<ValidationCode>().Where(code => code != ValidationCode.Ok).Select(code => code.NodeName());
        var shapes = Enum.GetValues<ChainShape>().SelectMany(shape => (string[])[ChainShapes.ExpectedNodeCode(shape), ChainShapes.ExpectedNodeCode(shape, intermediates: 0)]);
        var alerts = Enumerable.Range(0, 256).Select(number => NodeErrors.OfAlert((TlsAlertDescription)number));
        Assert.Empty(verdicts.Concat(shapes).Concat(alerts).Where(code => code != NodeErrors.Ok).Except(NodeErrors.All, StringComparer.Ordinal));
    }

    [Fact]
    [Trait("Needs", "tools")]
    public async Task Every_TLS_alert_has_the_name_that_OpenSSL_gives_it()
    {
        // OpenSSL's reasons for alerts begin at 1000, in its library 20.
        var alerts = Enum.GetValues<TlsAlertDescription>().Where(alert => alert != TlsAlertDescription.CloseNotify).ToList();
        var numbers = alerts.Select(alert => (0x0A000000 + 1000 + (int)alert).ToString("X8", CultureInfo.InvariantCulture));
        var printed = (await Tool.OpenSslAsync(null, ["errstr", .. numbers])).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        // Since 3.2, which came after Node.js 20, OpenSSL writes "ssl/tls alert" instead of "sslv3 alert".
        var reasons = printed.Select(line => line[(line.LastIndexOf(':') + 1)..].Trim().Replace("ssl/tls", "sslv3", StringComparison.Ordinal));
        Assert.Equal(reasons.Select(reason => "ERR_SSL_" + reason.ToUpperInvariant().Replace(' ', '_')), alerts.Select(NodeErrors.OfAlert));
    }

    [Fact]
    public void Every_socket_error_and_every_status_gives_a_code_of_the_set()
    {
        var sockets = Enum.GetValues<SocketError>().Select(error => SocketCodes.ToNode(new SocketException((int)error), "a.test").Code);
        var statuses = Enumerable.Range(100, 500).Select(NodeErrors.OfStatus);
        Assert.Empty(sockets.Concat(statuses).Except(NodeErrors.All, StringComparer.Ordinal));
    }

    [Fact]
    public void The_parser_s_codes_are_those_that_begin_as_llhttp_s_do()
    {
        Assert.Equal(NodeErrors.All.Where(code => code.StartsWith("HPE_", StringComparison.Ordinal)), NodeErrors.All.Where(NodeErrors.IsOfHttpParser));
        Assert.Equal(15, NodeErrors.All.Count(NodeErrors.IsOfHttpParser));
    }

    [Fact]
    public void Every_page_on_an_error_names_a_code_of_the_set()
    {
        var pages = Directory.GetFiles(Path.Combine(Tool.RepositoryRoot, "docs", "errors"), "*.md").Where(file => Path.GetFileName(file) != "README.md");
        var reported = pages.Select(page => Reported().Match(File.ReadAllText(page)).Groups["code"].Value).Distinct(StringComparer.Ordinal).ToList();
        Assert.Contains(NodeErrors.Ok, reported);
        Assert.True(reported.Count > 40);
        Assert.Empty(reported.Where(code => code != NodeErrors.Ok).Except(NodeErrors.All, StringComparer.Ordinal));
    }

    [Fact]
    public void Every_error_that_a_scenario_or_a_lesson_expects_is_a_code_of_the_set()
    {
        var expected = Directory.GetFiles(Path.Combine(Tool.RepositoryRoot, "scenarios"), "*.yaml", SearchOption.AllDirectories)
            .SelectMany(file => Expected().Matches(File.ReadAllText(file)))
            .SelectMany(match => match.Groups["codes"].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            .Select(entry => entry[..entry.LastIndexOf(':')].Trim('"', '\''))
            .Distinct(StringComparer.Ordinal)
            .ToList();
        Assert.True(expected.Count > 20);
        Assert.Empty(expected.Except(NodeErrors.All, StringComparer.Ordinal));
    }

    private static IEnumerable<string> SourceFiles() => Directory.EnumerateFiles(Sources, "*.cs", SearchOption.AllDirectories)
        .Where(file => !file.Split(Path.DirectorySeparatorChar).Contains("obj", StringComparer.Ordinal)
            && Path.GetFileName(file) is not ("NodeErrors.cs" or "ValidationCodes.cs"));

    [GeneratedRegex(@"\bNodeErrors\.(?<name>\w+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Use();

    [GeneratedRegex("\"(?<text>[^\"\r\n]+)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex Literal();

    [GeneratedRegex(@"\| Node\.js reports \| `(?<code>[^`]+)` \|", RegexOptions.ExplicitCapture)]
    private static partial Regex Reported();

    [GeneratedRegex(@"\berrors: \{(?<codes>[^}]*)\}", RegexOptions.ExplicitCapture)]
    private static partial Regex Expected();
}

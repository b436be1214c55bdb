using System.Text.Json;
using AutoDetectSim.Certificates.Issuance;

namespace AutoDetectSim.Cli.Tests.Verify;

public sealed class VerifyCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("verify-");
    private readonly LabPki _pki = LabPki.Create(
        new LabPkiDefinition
        {
            Seed = 1,
            Authorities =
            [
                new() { Name = "root", Subject = "CN=Contoso Lab Root CA, O=AutoDetectSim", Trusted = true },
                new() { Name = "issuing", Subject = "CN=Contoso Lab Issuing CA 1, O=AutoDetectSim", Issuer = "root", AiaUrl = "http://aia.contoso.com/issuing.crt" },
            ],
            Certificates = [new() { Name = "mail", Issuer = "issuing", Hosts = ["mail.contoso.com"] }],
        },
        TimeProvider.System);

    public void Dispose()
    {
        _pki.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_complete_chain_is_accepted_with_exit_code_0()
    {
        var (exit, output, errors) = await RunAsync(null, "verify", "--chain", Chain(ChainShape.Complete), "--roots", Roots(), "--host", "mail.contoso.com");

        Assert.Equal((0, ""), (exit, errors));
        Assert.Contains("Accepted: OK", output);
        Assert.Contains("depth 2 (trusted #0) CN=Contoso Lab Root CA", output);
    }

    [Fact]
    public async Task A_missing_intermediate_is_drawn_with_what_would_complete_the_path()
    {
        var (exit, output, _) = await RunAsync(null, "verify", "--chain", Chain(ChainShape.MissingIntermediate), "--roots", Roots(), "--host", "mail.contoso.com");

        Assert.Equal(1, exit);
        Assert.Contains("Rejected: UNABLE_TO_VERIFY_LEAF_SIGNATURE (OpenSSL 21)", output);
        Assert.Contains("stops here: CN=Contoso Lab Issuing CA 1,O=AutoDetectSim was not sent and is not trusted", output);
        Assert.Contains("http://aia.contoso.com/issuing.crt", output);
        Assert.Contains("SSL Labs: chain issues: Incomplete", output);
    }

    [Fact]
    public async Task Json_is_one_document_on_standard_output()
    {
        var (exit, output, errors) = await RunAsync(null, "verify", "--chain", Chain(ChainShape.UntrustedRootIncluded), "--roots", Roots(), "--json");

        Assert.Equal((1, ""), (exit, errors));
        using var document = JsonDocument.Parse(output);
        var root = document.RootElement;
        Assert.Equal("SELF_SIGNED_CERT_IN_CHAIN", root.GetProperty("result").GetString());
        Assert.Equal((19, 2), (root.GetProperty("opensslNumber").GetInt32(), root.GetProperty("depth").GetInt32()));
        Assert.Equal(3, root.GetProperty("path").GetArrayLength());
        Assert.Equal("Contains anchor", Assert.Single(root.GetProperty("chainIssues").EnumerateArray()).GetString());
    }

    [Fact]
    public async Task The_time_of_validation_can_be_given()
    {
        var (exit, output, _) = await RunAsync(null, "verify", "--chain", Chain(ChainShape.Complete), "--roots", Roots(), "--at", "2050-01-01T00:00:00Z");

        Assert.Equal(1, exit);
        Assert.Contains("Rejected: CERT_HAS_EXPIRED (OpenSSL 10)", output);
    }

    [Fact]
    public async Task A_batch_answers_every_line_in_order_and_goes_on_after_a_bad_one()
    {
        var lines = Enumerable.Range(0, 200).Select(i => i % 50 == 7 ? "nonsense" : Line(i, i % 2 == 0 ? ChainShape.Complete : ChainShape.MissingIntermediate)).ToList();

        var (exit, output, errors) = await RunAsync(string.Join('\n', lines), "verify", "--batch", "-");

        Assert.Equal((2, ""), (exit, errors));
        var answers = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement).ToList();
        Assert.Equal(200, answers.Count);
        for (var i = 0; i < answers.Count; i++)
        {
            if (i % 50 == 7)
            {
                Assert.Equal(JsonValueKind.Null, answers[i].GetProperty("id").ValueKind);
                Assert.StartsWith("not JSON", answers[i].GetProperty("error").GetString(), StringComparison.Ordinal);
                continue;
            }

            Assert.Equal(i, answers[i].GetProperty("id").GetInt32());
            Assert.Equal(i % 2 == 0 ? "OK" : "UNABLE_TO_VERIFY_LEAF_SIGNATURE", answers[i].GetProperty("result").GetString());
            Assert.Equal(i % 2 == 0 ? JsonValueKind.Null : JsonValueKind.Number, answers[i].GetProperty("depth").ValueKind);
        }
    }

    [Fact]
    public async Task A_batch_line_names_all_its_problems_at_once()
    {
        var (exit, output, _) = await RunAsync("""{"id":"x","presented":["a"],"roots":[1],"host":3,"at":"yesterday"}""", "verify", "--batch", "-");

        Assert.Equal(2, exit);
        using var document = JsonDocument.Parse(output);
        Assert.Equal("x", document.RootElement.GetProperty("id").GetString());
        Assert.Equal(
            "\"presented\"[0] is not a PEM certificate; \"roots\" must contain only strings; \"host\" must be a string or null; \"at\" is not an RFC 3339 time",
            document.RootElement.GetProperty("error").GetString());
    }

    [Theory]
    [InlineData("verify takes either --chain FILE or --batch FILE.")]
    [InlineData("verify takes either --chain FILE or --batch FILE.", "--chain", "a", "--batch", "b")]
    [InlineData("cannot be combined with --batch", "--batch", "b", "--host", "c")]
    [InlineData("--at takes an RFC 3339 time", "--chain", "a", "--at", "tomorrow")]
    [InlineData("none.pem", "--chain", "none.pem")]
    public async Task A_bad_command_line_is_exit_code_2_and_says_why(string expected, params string[] arguments)
    {
        var (exit, output, errors) = await RunAsync(null, ["verify", .. arguments]);

        Assert.Equal((2, ""), (exit, output));
        Assert.Contains(expected, errors);
        Assert.DoesNotContain("   at ", errors);
    }

    private string Chain(ChainShape shape) => Write($"{shape}.pem", _pki.Present(new PresentedChainRecipe { Certificate = "mail", Shape = shape }).ToPem());

    private string Roots() => Write("roots.pem", string.Concat(_pki.TrustAnchors.Select(a => a.ToPem())));

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    private string Line(int id, ChainShape shape) => JsonSerializer.Serialize(new
    {
        id,
        presented = _pki.Present(new PresentedChainRecipe { Certificate = "mail", Shape = shape }).Certificates.Select(c => c.ToPem()),
        roots = _pki.TrustAnchors.Select(a => a.ToPem()),
        host = "mail.contoso.com",
        at = (string?)null,
    });

    private static Task<ToolResult> RunAsync(string? input, params string[] arguments) => Tool.RunAsync("dotnet", [Tool.CommandAssembly, .. arguments], input);
}

using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
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
    public async Task An_upside_down_file_is_told_with_the_right_order_which_can_be_written()
    {
        var reversed = Write("reversed.pem", string.Concat(Complete().Reverse().Select(Pem)));
        var right = Path.Combine(_folder.FullName, "right.pem");

        var (exit, text, _) = await RunAsync(null, "verify", "--chain", reversed, "--roots", Roots(), "--host", "mail.contoso.com", "--reorder", right);

        Assert.Equal(1, exit);
        Assert.Contains("Your file is upside down.", text);
        Assert.Contains("1. CN=mail.contoso.com (now 2.)", text);
        Assert.Contains("In that order the verdict is OK.", text);
        var (again, accepted, _) = await RunAsync(null, "verify", "--chain", right, "--roots", Roots(), "--host", "mail.contoso.com");
        Assert.Equal(0, again);
        Assert.DoesNotContain("upside down", accepted);
    }

    [Fact]
    public async Task Without_a_host_it_says_that_no_name_was_checked()
    {
        var (_, text, _) = await RunAsync(null, "verify", "--chain", Chain(ChainShape.Complete), "--roots", Roots());
        Assert.Contains("No host name was checked: give --host NAME.", text);
        Assert.DoesNotContain("No host name", (await RunAsync(null, "verify", "--chain", Chain(ChainShape.Complete), "--roots", Roots(), "--host", "mail.contoso.com")).Output);
    }

    [Fact]
    public async Task All_that_is_wrong_is_told_and_the_verdict_comes_first()
    {
        var (exit, output, _) = await RunAsync(null, "verify", "--chain", Chain(ChainShape.MissingIntermediate), "--roots", Roots(), "--host", "owa.contoso.com", "--at", "2050-01-01T00:00:00Z", "--json");
        Assert.Equal(1, exit);
        using var document = JsonDocument.Parse(output);
        var findings = document.RootElement.GetProperty("findings").EnumerateArray().Select(finding => finding.GetString()!).ToList();
        Assert.Contains("an intermediate certificate is missing", findings);
        Assert.Contains("the certificate has expired", findings);
        Assert.Contains("the certificate is not for owa.contoso.com", findings);
    }

    [Fact]
    public async Task A_PFX_that_would_take_hours_to_open_is_refused_at_once()
    {
        var costly = Path.Combine(Tool.RepositoryRoot, "tests", "AutoDetectSim.Fuzzing", "Corpus", "verify", "fault-costly.pfx");
        var result = await RunAsync(null, "verify", "--chain", costly, "--roots", Roots(), "--password", "");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("takes too much work to open", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DER_PKCS7_and_PFX_files_are_read()
    {
        var certificates = Complete().Select(der => X509CertificateLoader.LoadCertificate(der)).ToList();
        var collection = new X509Certificate2Collection(certificates.ToArray());
        var files = new Dictionary<string, byte[]>
        {
            ["chain.der"] = [.. Complete().SelectMany(der => der)],
            ["chain.p7b"] = collection.Export(X509ContentType.Pkcs7)!,
            ["chain.pfx"] = collection.Export(X509ContentType.Pfx, "secret")!,
        };
        foreach (var (name, bytes) in files)
        {
            var path = Path.Combine(_folder.FullName, name);
            await File.WriteAllBytesAsync(path, bytes, TestContext.Current.CancellationToken);
            string[] password = name.EndsWith("pfx", StringComparison.Ordinal) ? ["--password", "secret"] : [];
            var result = await RunAsync(null, ["verify", "--chain", path, "--roots", Roots(), "--host", "mail.contoso.com", .. password]);
            Assert.True(result.ExitCode == 0, name + result);
        }

        Assert.Contains("has a password; give it with --password", (await RunAsync(null, "verify", "--chain", Path.Combine(_folder.FullName, "chain.pfx"), "--roots", Roots())).Error);
        var text = Write("p7.pem", PemEncoding.WriteString("PKCS7", files["chain.p7b"]));
        Assert.Equal(0, (await RunAsync(null, "verify", "--chain", text, "--roots", Roots())).ExitCode);
        var other = Path.Combine(_folder.FullName, "other.bin");
        await File.WriteAllBytesAsync(other, [0x30, 3, 2, 1, 1], TestContext.Current.CancellationToken);
        Assert.Contains("convert it: openssl", (await RunAsync(null, "verify", "--chain", other, "--roots", Roots())).Error);
    }

    [Fact]
    public async Task Output_of_several_connections_is_judged_connection_by_connection()
    {
        var good = Complete();
        var text = Call(good) + Call(good.Take(1));
        var (exit, shown, _) = await RunAsync(null, "verify", "--chain", Write("calls.txt", text), "--roots", Roots(), "--host", "mail.contoso.com");
        Assert.Equal(1, exit);
        Assert.Contains("Connection 1 of 2", shown);
        Assert.Contains("Accepted: OK", shown);
        Assert.Contains("Connection 2 of 2", shown);
        Assert.Contains("Rejected: UNABLE_TO_VERIFY_LEAF_SIGNATURE", shown);

        static string Call(IEnumerable<byte[]> chain) => "CONNECTED(00000003)\n---\nCertificate chain\n"
            + string.Concat(chain.Select((der, index) => $" {index} s:CN = x\n   i:CN = y\n{Pem(der)}"))
            + "---\nServer certificate\nsubject=CN = mail.contoso.com\n\nissuer=CN = Contoso Lab Issuing CA 1\n\n---\nSSL handshake has read 2000 bytes and written 400 bytes\n---\nDONE\n";
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

    [Fact]
    public async Task A_line_of_a_batch_is_answered_before_the_next_one_comes()
    {
        using var process = Tool.Start("dotnet", [Tool.CommandAssembly, "verify", "--batch", "-"]);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        for (var id = 1; id <= 2; id++)
        {
            await process.StandardInput.WriteLineAsync(Line(id, ChainShape.Complete).AsMemory(), limit.Token);
            await process.StandardInput.FlushAsync(limit.Token);
            Assert.Contains($"\"id\":{id},\"result\":\"OK\"", await process.StandardOutput.ReadLineAsync(limit.Token), StringComparison.Ordinal);
        }

        process.StandardInput.Close();
        await process.WaitForExitAsync(limit.Token);
    }

    [Theory]
    [InlineData("20", 0)]
    [InlineData("24", 1)]
    public async Task A_key_of_1024_bits_is_accepted_by_Node_20_and_refused_by_Node_24(string version, int expected)
    {
        using var key = RSA.Create(1024);
        var request = new CertificateRequest("CN=mail.contoso.com", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var file = Write("rsa1024.pem", Pem(certificate.RawData));

        var (exit, output, _) = await RunAsync(null, "verify", "--chain", file, "--roots", file, "--host", "mail.contoso.com", "--node", version);

        Assert.Equal(expected, exit);
        Assert.True(expected == 0 || output.Contains("EE_KEY_TOO_SMALL", StringComparison.Ordinal), output);
    }

    [Fact]
    public async Task A_certificate_for_servers_is_refused_as_a_client_certificate_also_in_bulk()
    {
        using var pki = LabPki.Create(
            new LabPkiDefinition
            {
                Authorities = [new() { Name = "root", Trusted = true }],
                Certificates = [new() { Name = "mail", Issuer = "root", Hosts = ["mail.contoso.com"], ExtendedKeyUsage = ["serverAuth"] }],
            },
            TimeProvider.System);
        var (chain, roots) = (Write("mail.pem", pki.Get("mail").ToPem()), Write("root.pem", pki.Get("root").ToPem()));

        Assert.Equal(0, (await RunAsync(null, "verify", "--chain", chain, "--roots", roots, "--host", "mail.contoso.com")).ExitCode);
        var (exit, output, _) = await RunAsync(null, "verify", "--chain", chain, "--roots", roots, "--purpose", "client");
        Assert.Equal(1, exit);
        Assert.Contains("Rejected: INVALID_PURPOSE (OpenSSL 26) as a client certificate", output);
        Assert.DoesNotContain("No host name was checked", output);

        var line = JsonSerializer.Serialize(new { id = 1, presented = new[] { pki.Get("mail").ToPem() }, roots = new[] { pki.Get("root").ToPem() }, host = "other.contoso.com", at = (string?)null });
        var (_, answers, _) = await RunAsync(line, "verify", "--batch", "-", "--purpose", "client");
        Assert.Contains("\"result\":\"INVALID_PURPOSE\"", answers);

        var (wrong, _, errors) = await RunAsync(null, "verify", "--chain", chain, "--roots", roots, "--purpose", "client", "--host", "mail.contoso.com");
        Assert.Equal(2, wrong);
        Assert.Contains("--host cannot be combined with --purpose client", errors);
    }

    private IReadOnlyList<byte[]> Complete() => [.. _pki.Present(new PresentedChainRecipe { Certificate = "mail", Shape = ChainShape.Complete }).Certificates.Select(certificate => certificate.Certificate.RawData)];

    private static string Pem(byte[] der) => PemEncoding.WriteString("CERTIFICATE", der) + "\n";

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

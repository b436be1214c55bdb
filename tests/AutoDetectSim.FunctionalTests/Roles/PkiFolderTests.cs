using AutoDetectSim.FunctionalTests.Support;

namespace AutoDetectSim.FunctionalTests.Roles;

public sealed class PkiFolderTests : IDisposable
{
    private const string Key = "customer-mail-p256.key.pem";
    private const string Certificate = "customer-mail.pem";

    private readonly TemporaryFolder _folder = new();

    private string Pki => _folder.In("pki");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_private_keys_of_an_exported_PKI_are_readable_for_the_user_alone_and_every_name_is_one_of_a_Secret()
    {
        await ExportAsync();

        var files = Directory.GetFiles(Pki).Select(Path.GetFileName).ToList();
        Assert.Contains(Key, files);
        Assert.All(files, file => Assert.Matches("^[-._a-zA-Z0-9]{1,253}$", file));
        if (!OperatingSystem.IsWindows())
        {
            foreach (var key in Directory.GetFiles(Pki, "*.key.pem"))
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(key));
            }
        }
    }

    [Fact]
    public async Task Two_exported_PKIs_share_no_private_key()
    {
        await ExportAsync();
        var other = await InProcessCommand.RunAsync("export", "pki", "one-in-twenty", "-o", _folder.In("other"));
        Assert.True(other.ExitCode == 0, other.ToString());

        var keys = ((string[])[Pki, _folder.In("other")]).SelectMany(folder => Directory.GetFiles(folder, "*.key.pem")).Select(File.ReadAllText).ToList();
        Assert.NotEmpty(keys);
        Assert.Distinct(keys);
    }

    [Fact]
    public async Task Detections_with_an_exported_PKI_are_those_of_the_scenario()
    {
        await ExportAsync();

        var detected = await DetectAsync();

        Assert.Contains("1 of 20 detections succeeded", detected.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_has_other_files_is_left_alone()
    {
        _folder.Write("thesis.txt", "mine");

        var exported = await InProcessCommand.RunAsync("export", "pki", "one-in-twenty", "-o", _folder.Path);

        Assert.Equal(2, exported.ExitCode);
        Assert.Equal(["thesis.txt"], Directory.GetFileSystemEntries(_folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_folder_of_another_scenario_or_of_none_is_refused_with_the_name_of_the_file()
    {
        await ExportAsync();

        var other = await InProcessCommand.RunAsync("detect", "your@contoso.com", "--scenario", "healthy", "--pki", Pki);
        var none = await InProcessCommand.RunAsync("detect", "your@contoso.com", "--scenario", "healthy", "--pki", _folder.Path);

        AssertRefused(other, Path.Combine(Pki, "manifest.json") + ": this PKI was exported from the scenario one-in-twenty, not healthy.");
        AssertRefused(none, Path.Combine(_folder.Path, "manifest.json") + ": file not found; --pki requires a folder made by autodetectsim export pki.");
    }

    [Fact]
    public async Task A_scenario_with_another_seed_or_certificate_than_the_folder_was_made_for_is_refused()
    {
        var text = await File.ReadAllTextAsync(Tool.Scenario("one-in-twenty.yaml"), TestContext.Current.CancellationToken);
        await ExportAsync(_folder.Write("a.yaml", text));

        var seed = await DetectAsync(_folder.Write("a.yaml", text.Replace("seed: 20210515", "seed: 7", StringComparison.Ordinal)));
        var host = await DetectAsync(_folder.Write("a.yaml", text.Replace("hosts: [autodiscover.contoso.com, mail.contoso.com] }", "hosts: [autodiscover.contoso.com] }", StringComparison.Ordinal)));
        var title = await DetectAsync(_folder.Write("a.yaml", text.Replace("title: Nineteen", "title: All but one, nineteen", StringComparison.Ordinal)));

        AssertRefused(seed, Path.Combine(Pki, "manifest.json") + ": this PKI was exported with the seed 20210515; the scenario one-in-twenty now has 7.");
        AssertRefused(host, Path.Combine(Pki, "manifest.json") + ": the scenario one-in-twenty has changed since this PKI was exported. Export it again: autodetectsim export pki.");
        Assert.Contains("1 of 20 detections succeeded", title.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Key, null, "file not found")]
    [InlineData(Key, "customer-root-p256.key.pem", "this is not the private key that manifest.json lists.")]
    [InlineData(Key, Certificate, "not a private key of the form P256 (PKCS #8, PEM).")]
    [InlineData(Certificate, null, "file not found")]
    [InlineData(Certificate, "customer-root.pem", "this is not the certificate that manifest.json lists.")]
    [InlineData(Certificate, Key, "expected one certificate (PEM).")]
    [InlineData("manifest.json", Certificate, "this is not the manifest of a folder made by autodetectsim export pki.")]
    public async Task A_file_that_is_missing_or_another_one_is_named(string file, string? replacement, string problem)
    {
        await ExportAsync();
        File.Delete(Path.Combine(Pki, file));
        if (replacement is not null)
        {
            File.Copy(Path.Combine(Pki, replacement), Path.Combine(Pki, file));
        }

        AssertRefused(await DetectAsync(), $"{Path.Combine(Pki, file)}: {problem}");
    }

    private static void AssertRefused(ToolResult result, string problem)
    {
        Assert.Equal(problem, result.Error.ReplaceLineEndings(" ").Trim());
        Assert.Equal(2, result.ExitCode);
    }

    private Task<ToolResult> DetectAsync(string scenario = "one-in-twenty") =>
        InProcessCommand.RunAsync("detect", "your@contoso.com", "--scenario", scenario, "--pki", Pki, "--attempts", "20");

    private async Task ExportAsync(string scenario = "one-in-twenty")
    {
        var exported = await InProcessCommand.RunAsync("export", "pki", scenario, "-o", Pki);
        Assert.True(exported.ExitCode == 0, exported.Error);
    }
}

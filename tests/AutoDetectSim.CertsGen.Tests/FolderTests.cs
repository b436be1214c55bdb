using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using AutoDetectSim.Certificates.Issuance;

namespace AutoDetectSim.CertsGen.Tests;

public sealed class FolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Target => _folder.In("out");

    [Fact]
    public void A_scenario_becomes_a_folder_per_server_with_the_chain_that_it_presents()
    {
        var scenario = _folder.Scenario("{ name: ex01, certificate: mail, present: [mail, issuing] }\n{ name: ex02, certificate: mail, present: missingIntermediate }\n{ name: ex03, certificate: mail, present: [issuing, mail] }");

        var result = CertsGen.Run(scenario, "-o", Target);

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal(
            [
                "README.md", "authorities/issuing.cer", "authorities/issuing.pem", "authorities/root.cer", "authorities/root.crl", "authorities/root.pem", "manifest.json", "roots.pem",
                "servers/ex01/after-first.pem", "servers/ex01/certificate.pem", "servers/ex01/chain.pem",
                "servers/ex02/certificate.pem", "servers/ex02/chain.pem",
                "servers/ex03/after-first.pem", "servers/ex03/certificate.pem", "servers/ex03/chain.pem",
            ],
            CertsGen.Files(Target));
        var mail = Subjects("servers/ex01/certificate.pem").Single();
        var issuing = Subjects("authorities/issuing.pem").Single();
        Assert.Equal([mail, issuing], Subjects("servers/ex01/chain.pem"));
        Assert.Equal([mail], Subjects("servers/ex02/chain.pem"));
        Assert.Equal([issuing, mail], Subjects("servers/ex03/chain.pem"));
        Assert.Equal([mail], Subjects("servers/ex03/certificate.pem"));
        Assert.Equal(File.ReadAllText(_folder.In("out", "servers", "ex01", "chain.pem")), Read("servers/ex01/certificate.pem") + Read("servers/ex01/after-first.pem"));
        Assert.Equal(Read("authorities/root.pem"), Read("roots.pem"));
        Assert.DoesNotContain("PRIVATE KEY", string.Concat(CertsGen.Files(Target).Select(Read)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_in_the_folder_does_not_lead_files_elsewhere_even_with_force()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a right on Windows.");
        var elsewhere = Directory.CreateDirectory(_folder.In("elsewhere")).FullName;
        Directory.CreateDirectory(Target);
        Directory.CreateSymbolicLink(_folder.In("out", "servers"), elsewhere);

        var result = CertsGen.Run("--host", "mail.contoso.com", "-o", Target, "--force");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("is a symbolic link", result.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(elsewhere));
    }

    [Fact]
    public void Files_that_the_manifest_of_another_program_lists_stay_even_with_force()
    {
        Directory.CreateDirectory(Target);
        File.WriteAllText(_folder.In("out", "manifest.json"), """{ "files": ["thesis"] }""");
        File.WriteAllText(_folder.In("out", "thesis"), "thesis");

        Assert.Equal(0, CertsGen.Run("--host", "mail.contoso.com", "-o", Target, "--force").ExitCode);
        Assert.Equal("thesis", File.ReadAllText(_folder.In("out", "thesis")));
    }

    [Fact]
    public void A_manifest_cannot_take_files_from_behind_a_link_even_with_force()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a right on Windows.");
        var elsewhere = Directory.CreateDirectory(_folder.In("elsewhere")).FullName;
        File.WriteAllText(Path.Combine(elsewhere, "thesis"), "thesis");
        Assert.Equal(0, CertsGen.Run("--host", "mail.contoso.com", "-o", Target).ExitCode);
        Directory.CreateSymbolicLink(_folder.In("out", "link"), elsewhere);
        var manifest = _folder.In("out", "manifest.json");
        File.WriteAllText(manifest, File.ReadAllText(manifest).Replace("\"files\": [", "\"files\": [ \"link/thesis\",", StringComparison.Ordinal));

        var result = CertsGen.Run("--host", "mail.contoso.com", "-o", Target, "--force");

        Assert.Equal("thesis", File.ReadAllText(Path.Combine(elsewhere, "thesis")));
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("is a symbolic link", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_manifest_that_is_not_Unicode_is_not_this_programs()
    {
        Directory.CreateDirectory(Target);
        File.WriteAllText(_folder.In("out", "manifest.json"), """{ "\ud800": 1, "title": 1, "created": 1, "servers": 1, "files": [] }""");

        Assert.Equal(0, CertsGen.Run("--host", "mail.contoso.com", "-o", Target, "--force").ExitCode);
    }

    [Fact]
    public void A_balancer_that_terminates_is_the_server()
    {
        var scenario = _folder.Write("s.yaml", """
            name: t
            authorities:
              root: { trusted: true }
              issuing: { issuer: root }
            certificates:
              mail: { issuer: issuing, hosts: [mail.contoso.com] }
            organizations:
              contoso: { domains: [contoso.com] }
            loadBalancers:
              perimeter:
                hosts: [mail.contoso.com, autodiscover.contoso.com]
                tls: terminate
                certificate: mail
                present: missingIntermediate
                nodes:
                  - { name: ex01 }
            """);

        var result = CertsGen.Run(scenario, "-o", Target);

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal(["servers/perimeter/certificate.pem", "servers/perimeter/chain.pem"], CertsGen.Files(Target).Where(file => file.StartsWith("servers", StringComparison.Ordinal)));
    }

    [Fact]
    [Trait("Needs", "tools")]
    public async Task Keys_and_pfx_come_only_when_asked_for_and_only_their_owner_reads_them()
    {
        Assert.Equal(0, CertsGen.Run("--host", "mail.contoso.com", "--shape", "containsAnchor", "--keys", "--pfx", "--password", "p w", "-o", Target).ExitCode);
        var key = _folder.In("out", "servers", "server", "key.pem");
        var pfx = _folder.In("out", "servers", "server", "server.pfx");

        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(key));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(pfx));
        }

        using var pair = X509Certificate2.CreateFromPemFile(_folder.In("out", "servers", "server", "certificate.pem"), key);
        Assert.True(pair.HasPrivateKey);
        var chain = X509CertificateLoader.LoadPkcs12CollectionFromFile(pfx, "p w", X509KeyStorageFlags.EphemeralKeySet);
        Assert.Equal(pair.Thumbprint, Assert.Single(chain, certificate => certificate.HasPrivateKey).Thumbprint);
        Assert.Equal(3, chain.Count);
        Assert.ThrowsAny<CryptographicException>(() => X509CertificateLoader.LoadPkcs12FromFile(pfx, "p"));
        var openssl = await Tool.OpenSslAsync(null, "pkcs12", "-in", pfx, "-passin", "pass:p w", "-nodes");
        Assert.Equal(0, openssl.ExitCode);
        Assert.Equal(Certificates(Read("servers/server/chain.pem")), Certificates(openssl.Output));
        Assert.Contains("PRIVATE KEY", openssl.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pfx_without_a_password_has_an_empty_one()
    {
        Assert.Equal(0, CertsGen.Run("--host", "mail.contoso.com", "--pfx", "--key", "rsa2048", "-o", Target).ExitCode);

        using var certificate = X509CertificateLoader.LoadPkcs12FromFile(_folder.In("out", "servers", "server", "server.pfx"), "", X509KeyStorageFlags.EphemeralKeySet);
        Assert.NotNull(certificate.GetRSAPrivateKey());
    }

    [Fact]
    public void A_folder_that_is_not_empty_is_left_alone()
    {
        Directory.CreateDirectory(Target);
        File.WriteAllText(Path.Combine(Target, "notes.txt"), "mine");

        var result = CertsGen.Run("--host", "mail.contoso.com", "-o", Target);

        Assert.Equal(2, result.ExitCode);
        Assert.Equal($"{Target} is not empty: choose another folder, or use --force to replace the files of an earlier run", Assert.Single(result.ErrorLines));
        Assert.Equal(["notes.txt"], CertsGen.Files(Target));
    }

    [Fact]
    public void Force_replaces_what_an_earlier_run_wrote_and_nothing_else()
    {
        Assert.Equal(0, CertsGen.Run(_folder.Scenario("{ name: old, certificate: mail }"), "--keys", "-o", Target).ExitCode);
        File.WriteAllText(Path.Combine(Target, "notes.txt"), "mine");
        File.WriteAllText(Path.Combine(Target, "servers", "old", "nginx.conf"), "mine too");
        var root = Read("roots.pem");

        Assert.Equal(0, CertsGen.Run(_folder.Scenario("{ name: new, certificate: mail }"), "-o", Target, "--force").ExitCode);

        Assert.Equal(
            ["notes.txt", "servers/new/after-first.pem", "servers/new/certificate.pem", "servers/new/chain.pem", "servers/old/nginx.conf"],
            CertsGen.Files(Target).Where(file => file.StartsWith("servers", StringComparison.Ordinal) || file.StartsWith("notes", StringComparison.Ordinal)));
        Assert.NotEqual(root, Read("roots.pem"));
        Assert.Equal(["authorities", "servers"], Directory.EnumerateDirectories(Target).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void A_failure_leaves_the_folder_as_it_was()
    {
        Assert.Equal(0, CertsGen.Run(_folder.Scenario("{ name: old, certificate: mail }"), "--keys", "-o", Target).ExitCode);
        // A folder stands where a file of the new run would go.
        Directory.CreateDirectory(Path.Combine(Target, "servers", "new", "chain.pem"));
        File.WriteAllText(Path.Combine(Target, "servers", "new", "chain.pem", "x"), "mine");
        var before = CertsGen.Files(Target).ToDictionary(file => file, Read);

        var result = CertsGen.Run(_folder.Scenario("{ name: new, certificate: mail }"), "-o", Target, "--force");

        Assert.Equal(3, result.ExitCode);
        Assert.Contains("cannot be written to, and nothing in it has changed", result.Error, StringComparison.Ordinal);
        Assert.Equal(before, CertsGen.Files(Target).ToDictionary(file => file, Read));
        Assert.Equal(["authorities", "servers"], Directory.EnumerateDirectories(Target).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void A_folder_below_a_file_cannot_be_written()
    {
        var file = _folder.Write("file", "");

        Assert.Equal(3, CertsGen.Run("--host", "mail.contoso.com", "-o", Path.Combine(file, "out")).ExitCode);
        Assert.Equal(2, CertsGen.Run("--host", "mail.contoso.com", "-o", file).ExitCode);
    }

    [Fact]
    public void A_manifest_leads_nowhere_outside_its_folder()
    {
        var outside = _folder.Write("outside.txt", "mine");
        Directory.CreateDirectory(Target);
        File.WriteAllText(Path.Combine(Target, "manifest.json"), JsonSerializer.Serialize(new { files = new[] { "../outside.txt", outside, "", "a\0b", "..", "." } }));

        Assert.Equal(0, CertsGen.Run("--host", "mail.contoso.com", "-o", Target, "--force").ExitCode);
        Assert.Equal("mine", File.ReadAllText(outside));

        File.WriteAllText(Path.Combine(Target, "manifest.json"), "not json");
        Assert.Equal(0, CertsGen.Run("--host", "mail.contoso.com", "-o", Target, "--force").ExitCode);
    }

    [Fact]
    public void Names_that_no_file_can_have_still_get_a_folder_each()
    {
        var names = new FileNames();

        Assert.Equal(["a", "A-2", "a-b", "a-b-2", "_CON", "_aux.pem", "_", "x"], new[] { "a", "A", "a b", "a/b", "CON", "aux.pem", "..", "x." }.Select(names.For));
    }

    [Fact]
    public void The_manifest_says_what_each_server_presents()
    {
        Assert.Equal(0, CertsGen.Run(_folder.Scenario("{ name: ex01, certificate: mail, present: [mail] }\n{ name: ex02, certificate: mail, present: [issuing, mail] }"), "-o", Target).ExitCode);

        using var manifest = JsonDocument.Parse(Read("manifest.json"));
        var servers = manifest.RootElement.GetProperty("servers");
        Assert.Equal("missingIntermediate", servers[0].GetProperty("shape").GetString());
        Assert.False(servers[1].TryGetProperty("shape", out _));
        Assert.Equal("UNABLE_TO_VERIFY_LEAF_SIGNATURE", servers[0].GetProperty("strictVerdict").GetString());
        Assert.Equal("servers/ex02", servers[1].GetProperty("folder").GetString());
        Assert.Equal(["issuing", "mail"], servers[1].GetProperty("presents").EnumerateArray().Select(name => name.GetString()!));
        Assert.Equal(CertsGen.Files(Target), manifest.RootElement.GetProperty("files").EnumerateArray().Select(file => file.GetString()!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_readme_names_the_fault_and_how_to_use_it()
    {
        Assert.Equal(0, CertsGen.Run(_folder.Scenario("{ name: ex01, certificate: mail }\n{ name: ex02, certificate: mail, present: missingIntermediate }\n{ name: ex03, certificate: mail, present: [issuing, mail] }"), "-o", Target, "--keys").ExitCode);
        var text = Read("README.md");

        Assert.StartsWith("# A | title\n", text, StringComparison.Ordinal);
        Assert.Contains("| [ex02](servers/ex02) | mail.contoso.com<br>autodiscover.contoso.com | mail | missingIntermediate | UNABLE_TO_VERIFY_LEAF_SIGNATURE |", text, StringComparison.Ordinal);
        Assert.Contains("which real servers refuse to load: ex03.", text, StringComparison.Ordinal);
        Assert.Contains("    ssl_certificate     /etc/lab-pki/servers/ex02/chain.pem;\n", text, StringComparison.Ordinal);
        Assert.Contains("`.cer` at http://aia.autodetectsim.test/issuing.cer", text, StringComparison.Ordinal);
        Assert.Contains("`.crl` at http://pki.contoso.com/root.crl", text, StringComparison.Ordinal);
        Assert.DoesNotContain("ex02-chain", text, StringComparison.Ordinal);
        foreach (var heading in new[] { "nginx", "HAProxy", "IIS and Exchange", "F5 BIG-IP", "Windows (PowerShell; the current user only)", "macOS", "Linux", "Firefox" })
        {
            Assert.Contains($"### {heading}\n", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_shape_gets_the_verdict_that_it_announces()
    {
        foreach (var shape in Enum.GetValues<ChainShape>())
        {
            Assert.Equal(0, CertsGen.Run("--host", "mail.contoso.com", "--shape", ChainShapes.NameOf(shape), "-o", Target, "--force").ExitCode);
            using var manifest = JsonDocument.Parse(Read("manifest.json"));
            var server = manifest.RootElement.GetProperty("servers")[0];
            Assert.Equal((ChainShapes.NameOf(shape), ChainShapes.ExpectedNodeCode(shape)), (server.GetProperty("shape").GetString(), server.GetProperty("strictVerdict").GetString()));
        }
    }

    public void Dispose() => _folder.Dispose();

    private string Read(string file) => File.ReadAllText(Path.Combine(Target, file));

    private List<string> Subjects(string file) => [.. PemFile.Parse(Read(file)).Certificates.Select(certificate => Convert.ToHexString(certificate.Der.Span))];

    private static List<string> Certificates(string pem)
    {
        var collection = new X509Certificate2Collection();
        collection.ImportFromPem(pem);
        return [.. collection.Select(certificate => certificate.Thumbprint)];
    }
}

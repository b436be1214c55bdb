using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AutoDetectSim.FunctionalTests.Support;

namespace AutoDetectSim.FunctionalTests.Export;

/// <summary><c>export kubernetes</c> and <c>export compose</c> as a user runs them, and what real programs make of the files.</summary>
public sealed class ExportCommandTests
{
    [Fact]
    [Trait("Needs", "tools")]
    public async Task Kubectl_builds_every_overlay_and_the_class()
    {
        if (!Programs.Has("kubectl"))
        {
            Assert.Skip("kubectl is not installed.");
        }

        using var folder = new TemporaryFolder();
        await ExportAsync("kubernetes", "one-in-twenty", folder.In("lab"), "--image", "registry.example/autodetectsim:1");
        foreach (var overlay in new[] { "service", "balancer", "nginx", "haproxy" })
        {
            var built = await Tool.RunAsync("kubectl", ["kustomize", folder.In("lab", "overlays", overlay)]);
            Assert.True(built.ExitCode == 0, built.ToString());
            Assert.Equal(20, built.Output.Split("app.kubernetes.io/component: node\n").Length / 3);
            Assert.Contains("namespace: one-in-twenty", built.Output, StringComparison.Ordinal);
            Assert.Contains("customer-mail", built.Output, StringComparison.Ordinal);
        }

        await ExportAsync("kubernetes", "one-in-twenty", folder.In("class"), "--class", "3", "--class-host", "192.0.2.10");
        var all = await Tool.RunAsync("kubectl", ["kustomize", folder.In("class")]);
        Assert.True(all.ExitCode == 0, all.ToString());
        Assert.Contains("nodePort: 31003", all.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("namespace: one-in-twenty-trainee-04", all.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("weighted-towards-the-broken-node")]
    [InlineData("source-hash-hides-the-fault")]
    [InlineData("one-in-twenty")]
    [Trait("Needs", "tools")]
    public async Task Nginx_and_HAProxy_accept_their_configurations(string scenario)
    {
        using var folder = new TemporaryFolder();
        await ExportAsync("compose", scenario, folder.In("lab"));
        foreach (var file in Directory.EnumerateFiles(folder.In("lab"), "*.*").Where(file => Path.GetExtension(file) is ".conf" or ".cfg"))
        {
            // The names of the nodes are those of containers: here they are this computer.
            var text = System.Text.RegularExpressions.Regex.Replace(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), "[a-z0-9-]+:8443", "127.0.0.1:8443");
            if (file.EndsWith(".cfg", StringComparison.Ordinal))
            {
                var result = await Tool.RunAsync("haproxy", ["-c", "-f", folder.Write("haproxy.cfg", text)]);
                Assert.True(result.ExitCode == 0, result.ToString());
            }
            else
            {
                var module = "/usr/lib/nginx/modules/ngx_stream_module.so";
                Assert.SkipUnless(File.Exists(module), "nginx has no module for TCP here: libnginx-mod-stream.");
                var result = await Tool.RunAsync("nginx", ["-t", "-e", "stderr", "-c", folder.Write("nginx.conf", $"load_module {module};\n{text.Replace("/tmp/", folder.Path + "/", StringComparison.Ordinal)}")]);
                Assert.True(result.ExitCode == 0, result.ToString());
            }
        }
    }

    [Fact]
    public async Task An_export_can_keep_the_keys_of_an_earlier_one()
    {
        using var folder = new TemporaryFolder();
        await ExportAsync("pki", "one-of-two", folder.In("pki"));
        await ExportAsync("kubernetes", "one-of-two", folder.In("lab"), "--pki", folder.In("pki"));
        foreach (var file in Directory.EnumerateFiles(folder.In("pki")))
        {
            Assert.Equal(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken), await File.ReadAllBytesAsync(folder.In("lab", "base", "pki", Path.GetFileName(file)), TestContext.Current.CancellationToken));
        }

        var other = await InProcessCommand.RunAsync("export", "kubernetes", "healthy", "-o", folder.In("other"), "--pki", folder.In("pki"));
        Assert.Equal(2, other.ExitCode);
        Assert.Contains("exported from the scenario one-of-two", other.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("kubernetes one-in-twenty -o out --namespace Lab_1", "--namespace must be a DNS label")]
    [InlineData("kubernetes one-in-twenty -o out --class-host lab.example", "--class-host requires --class.")]
    [InlineData("kubernetes one-in-twenty -o out --class 3 --class-host a/b", "--class-host must be a host name or an IPv4 address")]
    [InlineData("kubernetes one-in-twenty -o out --class 201", "--class")]
    [InlineData("kubernetes one-in-twenty -o out --image bad;image", "--image must be the name of an image")]
    [InlineData("compose maintenance-page -o out", "WireMock mappings")]
    [InlineData("kubernetes maintenance-page -o out --class 2", "WireMock mappings")]
    [InlineData("compose one-in-twenti -o out", "one-in-twenti")]
    public async Task What_cannot_be_exported_is_refused_before_anything_is_written(string line, string problem)
    {
        using var folder = new TemporaryFolder();
        var result = await InProcessCommand.RunAsync(["export", .. line.Split(' ').Select(word => word == "out" ? folder.In("out") : word)]);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(problem, result.Error.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.In("out")));
    }

    [Fact]
    public async Task A_certificate_in_a_file_of_the_customers_is_not_exported()
    {
        using var folder = new TemporaryFolder();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=mail.contoso.com", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(300));
        folder.Write("mail.pem", certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem());
        var scenario = folder.Write("own-file.yaml", """
            name: own-file
            certificates: { mail: { file: mail.pem } }
            loadBalancers: { perimeter: { nodes: [{ name: ex01, certificate: mail, present: [mail] }] } }
            """);
        var result = await InProcessCommand.RunAsync("export", "compose", scenario, "-o", folder.In("out"));
        Assert.True(result.ExitCode == 2, result.ToString());
        Assert.Contains("takes its certificate mail from the file mail.pem", result.Error.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.In("out")));
    }

    private static async Task ExportAsync(string kind, string scenario, string folder, params string[] more)
    {
        var result = await InProcessCommand.RunAsync(["export", kind, scenario, "-o", folder, .. more]);
        Assert.True(result.ExitCode == 0, result.ToString());
    }
}

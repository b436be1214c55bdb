using System.Security.Cryptography.X509Certificates;
using AutoDetectSim.Diagnosis.Probing;
using AutoDetectSim.FunctionalTests.Support;

namespace AutoDetectSim.FunctionalTests;

public sealed class CertificateStoreTests
{
    private static readonly StoreName[] Stores = [StoreName.CertificateAuthority, StoreName.Root, StoreName.My, StoreName.AuthRoot, StoreName.TrustedPeople];

    [Fact]
    public async Task A_run_leaves_the_users_certificate_stores_as_they_were()
    {
        using var home = new TemporaryFolder();
        var environment = new Dictionary<string, string> { ["HOME"] = home.Path, ["USERPROFILE"] = home.Path };
        var before = Thumbprints();
        var result = await Tool.RunAsync(
            "dotnet",
            [Tool.CommandAssembly, "detect", "your@contoso.com", "--scenario", Tool.Scenario("one-in-twenty.yaml"), "--attempts", "20", "--json"],
            environment: environment);
        Assert.True(result.ExitCode == 1, result.ToString());
        Assert.Equal(before, Thumbprints());
        Assert.DoesNotContain(Directory.EnumerateFiles(home.Path, "*", SearchOption.AllDirectories), file => file.Contains("x509stores", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task An_intermediate_in_the_users_store_does_not_help_autodetect()
    {
        await using var lab = await Labs.StartAsync("none-complete.yaml");
        using var intermediate = X509CertificateLoader.LoadCertificate(lab.Pki.Get("issuing").Der.Span);
        using var leaf = X509CertificateLoader.LoadCertificate(lab.Pki.Get("mail").Der.Span);
        using var root = X509CertificateLoader.LoadCertificate(lab.Pki.Get("root").Der.Span);
        using var store = new X509Store(StoreName.CertificateAuthority, StoreLocation.CurrentUser);
        store.Open(OpenFlags.ReadWrite);
        store.Add(intermediate);
        try
        {
            // The platform's own validation is what makes this a trap: it takes the intermediate from the store.
            using var chain = new X509Chain();
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.CustomTrustStore.Add(root);
            chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
            chain.ChainPolicy.DisableCertificateDownloads = true;
            Assert.True(chain.Build(leaf), "the platform did not use its store: the test proves nothing");

            using var client = LabFrontDoor.CreateClient(lab, 1);
            var result = await new ProbeRun(client, lab, TimeProvider.System).RunAsync("your@contoso.com", 20, 1, null, TestContext.Current.CancellationToken);
            Assert.Equal(0, result.Successes);
            Assert.Equal(20, result.Errors["UNABLE_TO_VERIFY_LEAF_SIGNATURE"]);
        }
        finally
        {
            store.Remove(intermediate);
        }
    }

    private static List<string> Thumbprints()
    {
        var thumbprints = new List<string>();
        foreach (var name in Stores)
        {
            using var store = new X509Store(name, StoreLocation.CurrentUser);
            store.Open(OpenFlags.ReadOnly);
            thumbprints.AddRange(store.Certificates.Select(certificate => $"{name}/{certificate.Thumbprint}").Order(StringComparer.Ordinal));
        }

        return thumbprints;
    }
}

using System.Security.Cryptography;
using System.Text.Json;
using AutoDetectSim.Certificates.Clients;
using AutoDetectSim.Certificates.Issuance;
using AutoDetectSim.Certificates.Tests.Issuance;
using AutoDetectSim.Certificates.Validation;
using AutoDetectSim.Certificates.Validation.Decoding;

namespace AutoDetectSim.Certificates.Tests.Clients;

/// <summary>Clients that look for revoked certificates, beside real ones that are given the same lists.</summary>
public sealed class RevocationTests : IDisposable
{
    private const string Lists = "http://crl.contoso.com/";

    private static readonly string[] Issuers = ["x1", "rootYR", "yr1"];

    private readonly LabPki _pki = Pki.Create(new LabPkiDefinition
    {
        Authorities =
        [
            new() { Name = "x1", Trusted = true, CrlUrl = Lists + "x1" },
            new() { Name = "rootYR", CrlUrl = Lists + "rootYR" },
            new() { Name = "old", SameKeyAs = "rootYR", Issuer = "x1", Revoked = true },
            new() { Name = "new", SameKeyAs = "rootYR", Issuer = "x1" },
            new() { Name = "yr1", Issuer = "rootYR", CrlUrl = Lists + "yr1" },
        ],
        Certificates = [new() { Name = "mail", Issuer = "yr1", Hosts = [Pki.Host] }],
    });

    public void Dispose() => _pki.Dispose();

    [Fact]
    [Trait("Needs", "tools")]
    public async Task Node_and_openssl_with_the_same_lists_reject_the_chain_that_the_checking_client_rejects()
    {
        (string[] Chain, string[] Crls)[] cases = [(Names("old"), Issuers), (Names("new"), Issuers), (Names("old"), [])];
        var input = cases.Select(one => new { cert = Pem(one.Chain), key = PresentedKey(), ca = _pki.Get("x1").ToPem(), crl = one.Crls.Select(ListOf) });
        var node = await Tool.RunAsync("node", [Path.Combine(AppContext.BaseDirectory, "Clients", "revocation.js")], JsonSerializer.Serialize(input));
        Assert.True(node.ExitCode == 0, node.Error);
        string[] expected = [(await JudgeAsync(Names("old"))).Code, (await JudgeAsync(Names("new"))).Code, "OK"];
        Assert.Equal(["CERT_REVOKED", "OK", "OK"], expected);
        Assert.Equal(expected, JsonSerializer.Deserialize<string[]>(node.Output)!);

        using var folder = new TemporaryFolder();
        var root = folder.Write("root.pem", _pki.Get("x1").ToPem());
        var lists = folder.Write("lists.pem", string.Concat(Issuers.Select(ListOf)));
        foreach (var (cross, says) in new[] { ("old", "error 23 at 2 depth lookup: certificate revoked"), ("new", "leaf.pem: OK") })
        {
            var result = await Tool.OpenSslAsync(
                null, "verify", "-crl_check_all", "-CAfile", root, "-CRLfile", lists, "-untrusted", folder.Write("sent.pem", Pem(["yr1", cross])), folder.Write("leaf.pem", _pki.Get("mail").ToPem()));
            Assert.Contains(says, result.Output + result.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_revoked_certificate_is_rejected_by_the_client_that_checks_and_by_no_other()
    {
        var windows = await JudgeAsync(Names("old"));
        Assert.Equal((false, "CRYPT_E_REVOKED (0x80092010)"), (windows.Accepted, windows.Words));
        Assert.Contains("has revoked", windows.Because, StringComparison.Ordinal);
        foreach (var profile in KnownClients.All.Where(profile => !profile.ChecksRevocation))
        {
            Assert.True((await JudgeAsync(Names("old"), profile.Name)).Accepted, profile.Name);
        }
    }

    [Fact]
    public async Task Another_path_is_taken_where_there_is_one()
    {
        var verdict = await JudgeAsync(["mail", "yr1", "old", "new"]);
        Assert.Equal((true, "OK"), (verdict.Accepted, verdict.Code));
        Assert.Equal(4, verdict.Path.Count);
    }

    [Fact]
    public async Task A_revoked_certificate_that_is_in_the_trust_list_is_rejected_too()
    {
        var anchors = TrustAnchors.FromPem(_pki.Get("x1").ToPem(), _pki.Get("old").ToPem());
        var emulator = new ClientEmulator(KnownClients.Find("windows-revocation")!, new StrictPathValidator(), anchors, new GivenLists(List));
        var verdict = await emulator.JudgeAsync([.. Names("old").Select(name => _pki.Get(name).Der)], Pki.Host, TimeProvider.System.GetUtcNow(), TestContext.Current.CancellationToken);
        Assert.Equal("CERT_REVOKED", verdict.Code);
    }

    [Theory]
    [InlineData("nothing comes")]
    [InlineData("not a list")]
    [InlineData("signed by another")]
    [InlineData("stale")]
    public async Task A_list_that_says_nothing_reliable_is_no_obstacle(string what)
    {
        using var stranger = Pki.Create(new LabPkiDefinition
        {
            Authorities = [new() { Name = "x1", CrlUrl = Lists + "x1" }, new() { Name = "old", Issuer = "x1", Revoked = true }],
        });
        Assert.True(stranger.TryGetRevocationList(Lists + "x1", out var forged));
        var source = new GivenLists(url => what switch
        {
            "nothing comes" => null,
            "not a list" => new byte[] { 0x30, 0x03, 0x02, 0x01, 0x01 },
            "signed by another" => forged,
            _ => List(url),
        });

        // The lab's lists are valid for a week.
        var at = TimeProvider.System.GetUtcNow().AddDays(what == "stale" ? 8 : 0);
        Assert.True((await JudgeAsync(Names("old"), source: source, at: at)).Accepted);
    }

    [Fact]
    public void A_list_names_the_revoked_certificate_the_reason_and_the_time()
    {
        var list = RevocationList.TryDecode(List(Lists + "x1")!.Value)!;
        Assert.True(list.TryFind(Decoded("old"), out var entry));
        Assert.Equal(("superseded", _pki.Start.AddDays(-1)), (entry.Reason, entry.Since));
        Assert.False(list.TryFind(Decoded("new"), out _));
        Assert.True(list.IsSignedBy(Decoded("x1")));
        Assert.False(list.IsSignedBy(Decoded("rootYR")));
    }

    private static string[] Names(string cross) => ["mail", "yr1", cross];

    private async Task<ClientVerdict> JudgeAsync(IReadOnlyList<string> chain, string client = "windows-revocation", IIssuerSource? source = null, DateTimeOffset? at = null)
    {
        var emulator = new ClientEmulator(KnownClients.Find(client)!, new StrictPathValidator(), TrustAnchors.FromPem(_pki.Get("x1").ToPem()), source ?? new GivenLists(List));
        return await emulator.JudgeAsync([.. chain.Select(name => _pki.Get(name).Der)], Pki.Host, at ?? TimeProvider.System.GetUtcNow(), TestContext.Current.CancellationToken);
    }

    private DecodedCertificate Decoded(string name) =>
        DecodedCertificate.TryDecode(_pki.Get(name).Der, out _, out _)!;

    private ReadOnlyMemory<byte>? List(string url) => _pki.TryGetRevocationList(url, out var list) ? list : null;

    private string ListOf(string issuer) => PemEncoding.WriteString("X509 CRL", List(Lists + issuer)!.Value.Span) + "\n";

    private string Pem(IEnumerable<string> names) => string.Concat(names.Select(name => _pki.Get(name).ToPem()));

    private string PresentedKey() => _pki.Present(new PresentedChainRecipe { Certificate = "mail", Shape = ChainShape.Complete }).PrivateKey.ExportPkcs8PrivateKeyPem();

    private sealed class GivenLists(Func<string, ReadOnlyMemory<byte>?> lists) : IIssuerSource
    {
        public Task<IssuerDownload> DownloadAsync(string url, CancellationToken cancellationToken) => Task.FromResult(new IssuerDownload(url, [], "there is none"));

        public Task<ListDownload> DownloadListAsync(string url, CancellationToken cancellationToken) =>
            Task.FromResult(lists(url) is { } list ? new ListDownload(list, null) : new ListDownload(default, "there is none"));
    }
}

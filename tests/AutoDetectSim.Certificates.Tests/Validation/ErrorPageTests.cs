using System.Globalization;
using System.Security.Cryptography;
using AutoDetectSim.Certificates.Issuance;
using AutoDetectSim.Certificates.Tests.Issuance;
using AutoDetectSim.Certificates.Validation;

namespace AutoDetectSim.Certificates.Tests.Validation;

public sealed class ErrorPageTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "docs", "errors");

    [Fact]
    public void Every_result_has_a_page_that_the_index_links_to()
    {
        var index = File.ReadAllText(Path.Combine(Folder, "README.md"));
        foreach (var code in Enum.GetValues<ValidationCode>())
        {
            var page = File.ReadAllText(Path.Combine(Folder, $"{code.OpenSslName()}.md"));
            Assert.Contains($"({code.OpenSslName()}.md)", index);
            Assert.Contains($"| Node.js reports | `{code.NodeName()}` |", page);
            Assert.Contains("## How to reproduce it", page);
            if (code.OpenSslNumber() is { } number)
            {
                Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"| OpenSSL | {number}, `X509_V_"), page);
            }
        }

        Assert.Equal(Enum.GetValues<ValidationCode>().Length + 1, Directory.GetFiles(Folder).Length);
    }

    [Fact]
    public void Blocks_that_a_page_says_to_append_give_its_result()
    {
        using var pki = Pki.Create();
        var anchors = TrustAnchors.FromDer(pki.TrustAnchors.Select(a => a.Der));
        var tried = 0;
        foreach (var code in Enum.GetValues<ValidationCode>())
        {
            var page = File.ReadAllText(Path.Combine(Folder, $"{code.OpenSslName()}.md"));
            if (!PemEncoding.TryFind(page, out var block))
            {
                continue;
            }

            var extra = Convert.FromBase64String(page[block.Base64Data]);
            var result = new StrictPathValidator().Validate([.. pki.Present(ChainShape.Complete).Certificates.Select(c => c.Der), extra], anchors, Pki.Host, DateTimeOffset.UtcNow);
            Assert.Equal(code, result.Code);
            tried++;
        }

        Assert.True(tried > 5);
    }
}

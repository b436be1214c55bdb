using System.Text;
using AutoDetectSim.Certificates.Issuance;
using AutoDetectSim.Certificates.Tests.Issuance;
using AutoDetectSim.Certificates.Validation;

namespace AutoDetectSim.Certificates.Tests.Validation;

/// <summary>Roots are read line for line as Node.js reads <c>ca</c> ([NODE20]).</summary>
[Trait("Needs", "tools")]
public sealed class PemTextTests
{
    public static TheoryData<string, bool> Texts() => new()
    {
        { "as it is", true },
        { "text before", true },
        { "byte order mark", true },
        { "CR LF", true },
        { "blank line in the body", false },
        { "indented BEGIN", false },
        { "text on the line of BEGIN", false },
        { "text on the line of END", false },
        { "one line", false },
        { "CR only", false },
        { "a broken block before", false },
        { "trailing bits", true },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task A_list_of_roots_is_read_as_node_reads_it(string how, bool isRead)
    {
        using var pki = Pki.Create();
        var pem = pki.TrustAnchors[0].ToPem();
        var text = Change(pem, how);

        var own = TrustAnchors.FromPem(text).Count;
        await using var node = NodeJudge.Start("node");
        var chain = pki.Present(ChainShape.Complete);
        var theirs = await node.JudgeAsync(new Tls.TlsServerIdentity([.. chain.Certificates.Select(certificate => certificate.Der)], chain.PrivateKey), [text], Pki.Host);

        Assert.Equal((isRead ? 1 : 0, isRead ? "OK" : "UNABLE_TO_GET_ISSUER_CERT_LOCALLY"), (own, theirs));
    }

    private static string Change(string pem, string how)
    {
        var lines = pem.Trim().ReplaceLineEndings("\n").Split('\n');
        return how switch
        {
            "text before" => "Subject: CN=Root\n" + pem,
            "byte order mark" => "\uFEFF" + pem,
            "CR LF" => pem.ReplaceLineEndings("\r\n"),
            "blank line in the body" => string.Join("\n", (string[])[lines[0], lines[1], "", .. lines[2..]]) + "\n",
            "indented BEGIN" => "  " + pem,
            "text on the line of BEGIN" => "Root " + pem,
            "text on the line of END" => pem.TrimEnd() + " of the root\n",
            "one line" => string.Concat(lines),
            "CR only" => string.Join('\r', lines) + "\r",
            "a broken block before" => "-----BEGIN CERTIFICATE-----\n!!!!\n-----END CERTIFICATE-----\n" + pem,
            "trailing bits" => WithTrailingBits(lines),
            _ => pem,
        };
    }

    /// <summary>Sets the bits behind the last byte, which base64 should leave zero; a certificate whose length leaves none stays as it is.</summary>
    private static string WithTrailingBits(string[] lines)
    {
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        var last = new StringBuilder(lines[^2]);
        var end = lines[^2].TrimEnd('=').Length - 1;
        if (lines[^2].EndsWith('='))
        {
            last[end] = Alphabet[Alphabet.IndexOf(last[end], StringComparison.Ordinal) | 1];
        }

        return string.Join("\n", (string[])[.. lines[..^2], last.ToString(), lines[^1]]) + "\n";
    }
}

using System.Security.Cryptography;
using AutoDetectSim.Certificates.Validation;
using AutoDetectSim.Cli.Output;
using AutoDetectSim.Cli.Verify;

namespace AutoDetectSim.Fuzzing.Targets;

/// <summary>What <c>verify</c> is given: a file in any form, or JSON lines.</summary>
internal static class VerifyTarget
{
    private static readonly DateTimeOffset At = new(2026, 12, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly VerifyRequest Request = new() { Chain = "chain.pem", Roots = [], At = At, Host = "mail.contoso.com" };

    public static void Read(ReadOnlySpan<byte> input)
    {
        if (input is [(byte)'{', ..])
        {
            _ = BatchCase.Read(input.ToArray(), new AnchorCache()).Error;
            return;
        }

        IReadOnlyList<PresentedList> lists;
        try
        {
            lists = CertificateFile.Parse(input.ToArray(), "chain.pem", password: null);
        }
        catch (InputException)
        {
            return;
        }

        var judged = lists.Select(list => VerifiedList.Judge(list, TrustAnchors.FromPem(list.Certificates.Select(der => PemEncoding.WriteString("CERTIFICATE", der.Span))), Request)).ToList();
        if (judged.Count == 0)
        {
            throw new FuzzException("The file was taken, and holds nothing.");
        }

        _ = VerifyDocument.Of(judged).ToJson();
    }
}

using System.Security.Cryptography;

namespace AutoDetectSim.Diagnosis.Capture.Evidence;

/// <summary>Certificates in PEM form, in the order in which a server sends them.</summary>
internal static class PemEvidence
{
    /// <summary>Certificates of one chain at the most, as many as a scenario can present.</summary>
    private const int MaximumCertificates = 200;

    /// <summary>One connection that presents every certificate of the text; none where there is none.</summary>
    public static IReadOnlyList<CapturedConnection> Parse(string text)
    {
        var certificates = Certificates(text);
        return certificates.Count == 0 ? [] : [new CapturedConnection { Presented = certificates }];
    }

    /// <summary>Every certificate of a text, DER.</summary>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Certificates(ReadOnlySpan<char> text)
    {
        var certificates = new List<ReadOnlyMemory<byte>>();
        while (certificates.Count < MaximumCertificates && PemEncoding.TryFind(text, out var block))
        {
            if (text[block.Label] is "CERTIFICATE" or "X509 CERTIFICATE" or "TRUSTED CERTIFICATE")
            {
                certificates.Add(Convert.FromBase64String(text[block.Base64Data].ToString()));
            }

            text = text[block.Location.End..];
        }

        return certificates;
    }
}

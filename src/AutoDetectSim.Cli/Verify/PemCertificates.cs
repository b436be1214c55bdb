using System.Security.Cryptography;

namespace AutoDetectSim.Cli.Verify;

/// <summary>Reads the certificates of PEM text (RFC 7468) without asking whether they decode.</summary>
internal static class PemCertificates
{
    /// <summary>Adds every CERTIFICATE block of the text; private keys and other blocks are passed over.</summary>
    /// <returns>False if it contains no certificate.</returns>
    internal static bool TryRead(ReadOnlySpan<char> text, List<ReadOnlyMemory<byte>> certificates)
    {
        var found = false;
        while (PemEncoding.TryFind(text, out var block))
        {
            if (text[block.Label] is "CERTIFICATE" or "X509 CERTIFICATE")
            {
                var der = new byte[block.DecodedDataLength];
                Convert.TryFromBase64Chars(text[block.Base64Data], der, out _);
                certificates.Add(der);
                found = true;
            }

            text = text[block.Location.End..];
        }

        return found;
    }
}

using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AutoDetectSim.Diagnosis.Checking.Grouping;

/// <summary>What .NET's own reader says of a certificate, where the strict engine has no need of it.</summary>
internal static class CertificateFacts
{
    /// <summary>The extended key usages as dotted OIDs; empty when there are none or the certificate cannot be read.</summary>
    public static IReadOnlyList<string> ExtendedKeyUsages(ReadOnlyMemory<byte> der)
    {
        try
        {
            using var certificate = X509CertificateLoader.LoadCertificate(der.Span);
            return [.. certificate.Extensions
                .OfType<X509EnhancedKeyUsageExtension>()
                .SelectMany(extension => extension.EnhancedKeyUsages.Cast<Oid>())
                .Select(oid => oid.Value)
                .OfType<string>()];
        }
        catch (CryptographicException)
        {
            return [];
        }
    }
}

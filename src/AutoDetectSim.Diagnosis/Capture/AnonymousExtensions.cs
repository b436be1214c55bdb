using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;
using AutoDetectSim.Certificates.Issuance;

namespace AutoDetectSim.Diagnosis.Capture;

/// <summary>Takes names out of certificate extensions: URLs are replaced, timestamps blanked, and what might tell a name in another way is left out.</summary>
internal sealed partial class AnonymousExtensions(AnonymousNames names)
{
    private const string AuthorityInformationAccess = "1.3.6.1.5.5.7.1.1";
    private const string CrlDistributionPoints = "2.5.29.31";
    private const string SubjectAlternativeName = "2.5.29.17";
    private const string SignedCertificateTimestamps = "1.3.6.1.4.1.11129.2.4.2";

    private readonly SortedSet<string> _deviations = new(StringComparer.Ordinal);

    public IReadOnlyCollection<string> Deviations => _deviations;

    public IReadOnlyList<ExtensionRecipe> Apply(IReadOnlyList<ExtensionRecipe> extensions) => [.. extensions.Select(Apply).OfType<ExtensionRecipe>()];

    private ExtensionRecipe? Apply(ExtensionRecipe extension)
    {
        if (extension.Value is not { } value)
        {
            return extension;
        }

        var bytes = Convert.FromBase64String(value);
        switch (extension.Oid)
        {
            case AuthorityInformationAccess:
                return extension with { Value = Access(bytes) };
            case CrlDistributionPoints:
                var urls = Url().Matches(Encoding.Latin1.GetString(bytes)).Select(match => names.Url(match.Value)).ToList();
                return urls.Count == 0 ? Leave(extension) : extension with { Value = Convert.ToBase64String(CertificateRevocationListBuilder.BuildCrlDistributionPointExtension(urls).RawData) };
            case SubjectAlternativeName:
                _deviations.Add("names in subjectAltName that are neither DNS names nor IP addresses are left out");
                return null;
            case SignedCertificateTimestamps:
                // The timestamps lead to the real certificate in public logs; as many bytes of nothing keep the size.
                return extension with { Value = Convert.ToBase64String(Blank(bytes)) };
            default:
                return TellsName(bytes) ? Leave(extension) : extension;
        }
    }

    private string Access(byte[] bytes)
    {
        try
        {
            var access = new X509AuthorityInformationAccessExtension(bytes);
            return Convert.ToBase64String(new X509AuthorityInformationAccessExtension(access.EnumerateOcspUris().Select(names.Url), access.EnumerateCAIssuersUris().Select(names.Url)).RawData);
        }
        catch (CryptographicException)
        {
            return Convert.ToBase64String(Blank(bytes));
        }
    }

    private static byte[] Blank(byte[] bytes)
    {
        // An OCTET STRING of zeros that is as long as the old value, header included.
        var header = bytes.Length < 130 ? 2 : bytes.Length < 259 ? 3 : 4;
        var blank = new byte[bytes.Length];
        blank[0] = 0x04;
        var length = bytes.Length - header;
        switch (header)
        {
            case 2:
                blank[1] = (byte)length;
                break;
            case 3:
                (blank[1], blank[2]) = (0x81, (byte)length);
                break;
            default:
                (blank[1], blank[2], blank[3]) = (0x82, (byte)(length >> 8), (byte)length);
                break;
        }

        return blank;
    }

    private bool TellsName(byte[] bytes)
    {
        var text = Encoding.Latin1.GetString(bytes);
        return names.OldNames.Any(name => text.Contains(name, StringComparison.OrdinalIgnoreCase)) || Url().IsMatch(text);
    }

    private ExtensionRecipe? Leave(ExtensionRecipe extension)
    {
        _deviations.Add($"extension {extension.Oid} may tell names, and is left out");
        return null;
    }

    [GeneratedRegex("(https?|ldap)://[!-~]{3,1000}", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Url();
}

using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AutoDetectSim.Certificates.Issuance;

/// <summary>Distinguished names as text in RFC 4514 order (most specific part first).</summary>
internal static class DistinguishedNames
{
    private const string CommonName = "2.5.4.3";

    /// <summary>ub-common-name of RFC 5280, appendix A.1.</summary>
    public const int MaximumCommonNameLength = 64;

    public static bool TryParse(string text, out X500DistinguishedName name)
    {
        name = null!;
        try
        {
            name = new X500DistinguishedName(text);
            return name.EnumerateRelativeDistinguishedNames().Any();
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    public static string FromCommonName(string commonName) => $"CN={Quote(commonName)}";

    /// <summary>The same name with a word added to its common name, or to a new organizational unit where it has none.</summary>
    public static string WithSuffix(string subject, string suffix)
    {
        var parts = new List<string>();
        var added = false;
        foreach (var part in new X500DistinguishedName(subject).EnumerateRelativeDistinguishedNames())
        {
            if (part.HasMultipleElements)
            {
                return $"OU={Quote(suffix)}, {subject}";
            }

            var type = part.GetSingleElementType().Value!;
            var value = part.GetSingleElementValue() ?? "";
            var isTarget = !added && string.Equals(type, CommonName, StringComparison.Ordinal);
            added |= isTarget;
            parts.Add($"OID.{type}={Quote(isTarget ? $"{value} {suffix}" : value)}");
        }

        return added ? string.Join(", ", parts) : $"OU={Quote(suffix)}, {subject}";
    }

    private static string Quote(string value) => $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}

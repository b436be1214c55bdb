using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace AutoDetectSim.Certificates.Issuance;

/// <summary>Names of extended key usages (RFC 5280 4.2.1.12).</summary>
internal static partial class ExtendedKeyUsages
{
    public const string ServerAuth = "serverAuth";
    public const string ClientAuth = "clientAuth";

    private static readonly Dictionary<string, string> Oids = new(StringComparer.OrdinalIgnoreCase)
    {
        [ServerAuth] = "1.3.6.1.5.5.7.3.1",
        [ClientAuth] = "1.3.6.1.5.5.7.3.2",
        ["codeSigning"] = "1.3.6.1.5.5.7.3.3",
        ["emailProtection"] = "1.3.6.1.5.5.7.3.4",
        ["timeStamping"] = "1.3.6.1.5.5.7.3.8",
        ["ocspSigning"] = "1.3.6.1.5.5.7.3.9",
        ["anyExtendedKeyUsage"] = "2.5.29.37.0",
    };

    public static bool TryParse(string name, out Oid oid)
    {
        oid = new Oid();
        if (!Oids.TryGetValue(name, out var value))
        {
            if (!IsDottedOid(name))
            {
                return false;
            }

            value = name;
        }

        oid = new Oid(value, null);
        return true;
    }

    /// <summary>The name of a usage, or its dotted OID where it has none.</summary>
    public static string NameOf(string oid) => Oids.FirstOrDefault(pair => string.Equals(pair.Value, oid, StringComparison.Ordinal)).Key ?? oid;

    public static bool IsDottedOid(string text) => text.Length <= 100 && DottedOid().IsMatch(text);

    public static string KnownNames => string.Join(", ", Oids.Keys);

    // Each arc has at most nine digits, so that the DER encoder can hold it.
    [GeneratedRegex(@"^[0-2](\.(0|[1-9][0-9]{0,8})){1,20}$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex DottedOid();
}

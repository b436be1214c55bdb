using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;

namespace AutoDetectSim.Evidence.Calls;

/// <summary>A distinguished name as a program printed it, in whatever order and with whatever names of attributes.</summary>
internal sealed partial class EvidenceName : IEquatable<EvidenceName>
{
    private static readonly string[] Order = ["CN", "OU", "O", "STREET", "L", "S", "C", "E", "SERIALNUMBER"];

    private static readonly Dictionary<string, string> Types = new(StringComparer.OrdinalIgnoreCase)
    {
        ["commonName"] = "CN",
        ["organizationName"] = "O",
        ["organizationalUnitName"] = "OU",
        ["countryName"] = "C",
        ["localityName"] = "L",
        ["stateOrProvinceName"] = "S",
        ["ST"] = "S",
        ["emailAddress"] = "E",
        ["EMAIL"] = "E",
        ["MAIL"] = "E",
        ["serialNumber"] = "SERIALNUMBER",
        ["domainComponent"] = "DC",
        ["streetAddress"] = "STREET",
        ["1.2.840.113549.1.9.1"] = "E",
    };

    private static readonly SearchValues<char> Special = SearchValues.Create(",+=\"<>#;\\");

    private readonly List<(string Type, string Value)> _attributes;

    private EvidenceName(List<(string Type, string Value)> attributes)
    {
        _attributes = attributes;
        Key = string.Join('\n', attributes.Select(attribute => $"{attribute.Type}={Fold(attribute.Value)}").Order(StringComparer.Ordinal));
    }

    /// <summary>What equal names have in common.</summary>
    public string Key { get; }

    /// <summary>The common name, or null.</summary>
    public string? CommonName => _attributes.Where(attribute => attribute.Type == "CN").Select(attribute => attribute.Value).LastOrDefault();

    /// <summary>Reads a name in the form of any OpenSSL, GnuTLS, curl, nmap, keytool or .NET; null where there is none.</summary>
    public static EvidenceName? Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > 4000)
        {
            return null;
        }

        var attributes = new List<(string, string)>();
        var trimmed = text.Trim();
        var isOld = trimmed.StartsWith('/');
        foreach (var part in isOld || Slashed().IsMatch(trimmed) ? OldSeparator().Split(trimmed) : Separator().Split(trimmed))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
            {
                var type = part[..equals].Trim();
                attributes.Add((Types.GetValueOrDefault(type, type.ToUpperInvariant()), Unescape(part[(equals + 1)..].Trim())));
            }
        }

        return attributes.Count == 0 ? null : new EvidenceName(attributes);
    }

    /// <summary>The name as a scenario has it: most special first.</summary>
    public string ToRecipe()
    {
        var ordered = _attributes.OrderBy(attribute => Array.IndexOf(Order, attribute.Type) is >= 0 and var at ? at : Order.Length);
        var recipe = string.Join(", ", ordered.Select(attribute => $"{attribute.Type}={Quote(attribute.Value)}"));
        try
        {
            _ = new X500DistinguishedName(recipe);
            return recipe;
        }
        catch (CryptographicException)
        {
            return "CN=" + Quote(CommonName ?? string.Join(" ", _attributes.Select(attribute => attribute.Value)));
        }
    }

    public bool Equals(EvidenceName? other) => other is not null && string.Equals(Key, other.Key, StringComparison.Ordinal);

    public override bool Equals(object? obj) => Equals(obj as EvidenceName);

    public override int GetHashCode() => Key.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => ToRecipe();

    private static string Quote(string value)
    {
        var plain = new string([.. value.Where(character => !char.IsControl(character))]);
        return plain.Length == 0 || plain.AsSpan().ContainsAny(Special) || plain[0] == ' ' || plain[^1] == ' '
            ? "\"" + plain.Replace("\"", "\"\"", StringComparison.Ordinal) + "\""
            : plain;
    }

    private static string Fold(string value) => Blanks().Replace(value.Trim(), " ").ToLowerInvariant();

    /// <summary>OpenSSL writes bytes beyond ASCII as \C3\A1 or \xC3\xA1, and separators as \,.</summary>
    private static string Unescape(string value)
    {
        var text = value.Length > 1 && value[0] == '"' && value[^1] == '"' ? value[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal) : value;
        if (!text.Contains('\\', StringComparison.Ordinal))
        {
            return text;
        }

        var bytes = new List<byte>();
        for (var index = 0; index < text.Length; index++)
        {
            if (text[index] != '\\' || index + 1 >= text.Length)
            {
                bytes.AddRange(Encoding.UTF8.GetBytes(text, index, char.IsHighSurrogate(text[index]) && index + 1 < text.Length ? 2 : 1));
                index += char.IsHighSurrogate(text[index]) && index + 1 < text.Length ? 1 : 0;
                continue;
            }

            var hex = text[index + 1] is 'x' or 'X' ? index + 2 : index + 1;
            if (hex + 1 < text.Length && byte.TryParse(text.AsSpan(hex, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            {
                bytes.Add(code);
                index = hex + 1;
            }
            else
            {
                bytes.AddRange(Encoding.UTF8.GetBytes([text[++index]]));
            }
        }

        return EvidenceBytesOf(bytes);
    }

    private static string EvidenceBytesOf(List<byte> bytes) => Envelope.EvidenceBytes.Decode([.. bytes]);

    [GeneratedRegex(@"(?<!\\)[,;+]\s*(?=[A-Za-z0-9.]{1,40}\s?=)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Separator();

    [GeneratedRegex(@"(?<!\\)/(?=[A-Za-z0-9.]{1,40}=)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex OldSeparator();

    /// <summary>nmap: commonName=a/organizationName=b.</summary>
    [GeneratedRegex("^(commonName|organizationName|organizationalUnitName|countryName|localityName|stateOrProvinceName|emailAddress)=", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Slashed();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Blanks();
}

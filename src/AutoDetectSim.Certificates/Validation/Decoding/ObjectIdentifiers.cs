using System.Globalization;
using System.Numerics;
using System.Text;

namespace AutoDetectSim.Certificates.Validation.Decoding;

/// <summary>OBJECT IDENTIFIER contents as dotted text, and the names of attribute types as OpenSSL prints them.</summary>
internal static class ObjectIdentifiers
{
    /// <summary>The dotted form of an OBJECT IDENTIFIER's content (which the decoder has checked).</summary>
    internal static string Dotted(ReadOnlySpan<byte> content)
    {
        var text = new StringBuilder();
        var arc = BigInteger.Zero;
        var first = true;
        foreach (var b in content)
        {
            arc = (arc << 7) | (b & 0x7F);
            if ((b & 0x80) != 0)
            {
                continue;
            }

            if (first)
            {
                var root = arc < 40 ? 0 : arc < 80 ? 1 : 2;
                text.Append(CultureInfo.InvariantCulture, $"{root}.{arc - (root * 40)}");
                first = false;
            }
            else
            {
                text.Append(CultureInfo.InvariantCulture, $".{arc}");
            }

            arc = BigInteger.Zero;
        }

        return text.ToString();
    }

    /// <summary>The short name of an attribute type, or null.</summary>
    internal static string? AttributeName(string oid) => oid switch
    {
        "2.5.4.3" => "CN",
        "2.5.4.4" => "SN",
        "2.5.4.5" => "serialNumber",
        "2.5.4.6" => "C",
        "2.5.4.7" => "L",
        "2.5.4.8" => "ST",
        "2.5.4.9" => "street",
        "2.5.4.10" => "O",
        "2.5.4.11" => "OU",
        "2.5.4.12" => "title",
        "2.5.4.13" => "description",
        "2.5.4.15" => "businessCategory",
        "2.5.4.17" => "postalCode",
        "2.5.4.42" => "GN",
        "2.5.4.43" => "initials",
        "2.5.4.46" => "dnQualifier",
        "2.5.4.97" => "organizationIdentifier",
        "0.9.2342.19200300.100.1.1" => "UID",
        "0.9.2342.19200300.100.1.25" => "DC",
        "1.2.840.113549.1.9.1" => "emailAddress",
        "1.3.6.1.4.1.311.60.2.1.1" => "jurisdictionL",
        "1.3.6.1.4.1.311.60.2.1.2" => "jurisdictionST",
        "1.3.6.1.4.1.311.60.2.1.3" => "jurisdictionC",
        _ => null,
    };
}

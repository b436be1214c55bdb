using System.Globalization;
using System.Text;

namespace AutoDetectSim.Certificates.Validation.Decoding;

/// <summary>Distinguished names as text (RFC 4514): the last RDN first, comma between RDNs, plus sign within one.</summary>
internal static class NameText
{
    internal static string Format(IReadOnlyList<NameAttribute> attributes)
    {
        var text = new StringBuilder();
        for (var last = attributes.Count - 1; last >= 0;)
        {
            var first = last;
            while (first > 0 && attributes[first - 1].Rdn == attributes[last].Rdn)
            {
                first--;
            }

            for (var i = first; i <= last; i++)
            {
                if (text.Length > 0)
                {
                    text.Append(i == first ? ',' : '+');
                }

                var type = ObjectIdentifiers.Dotted(attributes[i].Oid.Span);
                text.Append(ObjectIdentifiers.AttributeName(type) ?? type).Append('=');
                AppendValue(text, attributes[i].Value);
            }

            last = first - 1;
        }

        return text.ToString();
    }

    private static void AppendValue(StringBuilder text, DerValue value)
    {
        if (!CanonicalString.IsText(value.Tag) && value.Tag != DerTag.NumericString)
        {
            text.Append('#').Append(Convert.ToHexString(value.Encoding.Span));
            return;
        }

        var plain = CanonicalString.Display(value);
        for (var i = 0; i < plain.Length; i++)
        {
            var c = plain[i];
            if (c is '"' or '+' or ',' or ';' or '<' or '>' or '\\'
                || (i == 0 && c is ' ' or '#')
                || (i == plain.Length - 1 && c == ' '))
            {
                text.Append('\\').Append(c);
            }
            else if (char.IsControl(c))
            {
                text.Append(CultureInfo.InvariantCulture, $"\\{(int)c:X2}");
            }
            else
            {
                text.Append(c);
            }
        }
    }
}

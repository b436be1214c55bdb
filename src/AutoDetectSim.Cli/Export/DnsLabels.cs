using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace AutoDetectSim.Cli.Export;

/// <summary>Names of parts as DNS labels (RFC 1123) that begin with a letter, as Services of Kubernetes need them; each is given once.</summary>
internal sealed class DnsLabels
{
    /// <summary>Leaves room for what a Deployment adds to the names of its pods, which are host names of at most 63 characters.</summary>
    private const int Longest = 45;
    private const int HashDigits = 6;

    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    /// <param name="reserved">Names that are taken from the start.</param>
    public DnsLabels(params ReadOnlySpan<string> reserved)
    {
        foreach (var name in reserved)
        {
            _taken.Add(name);
        }
    }

    /// <summary>The name for a part.</summary>
    public string For(string name)
    {
        var label = LabelOf(name);
        var result = label;
        for (var number = 2; !_taken.Add(result); number++)
        {
            result = string.Create(CultureInfo.InvariantCulture, $"{label}-{number}");
        }

        return result;
    }

    /// <summary>A DNS label that is like a name; equal names have equal labels.</summary>
    public static string LabelOf(string name)
    {
        var text = new StringBuilder(name.Length);
        foreach (var letter in name.ToLowerInvariant())
        {
            text.Append(char.IsAsciiLetterOrDigit(letter) ? letter : '-');
        }

        var label = text.ToString().Trim('-');
        if (label.Length == 0 || !char.IsAsciiLetter(label[0]))
        {
            label = ("part-" + label).TrimEnd('-');
        }

        return label.Length <= Longest ? label : label[..(Longest - HashDigits - 1)].TrimEnd('-') + "-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..HashDigits];
    }
}

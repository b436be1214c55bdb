using System.Globalization;
using System.Text;

namespace AutoDetectSim.Diagnosis.Capture;

/// <summary>Makes short names for parts of a scenario from long ones, each once.</summary>
internal sealed class ScenarioNames
{
    private const int MaximumLength = 40;

    private readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A name of lower-case letters, digits and hyphens that was not given before.</summary>
    /// <param name="text">What it is made from.</param>
    /// <param name="otherwise">What it is made from when nothing of the text is left.</param>
    public string Take(string text, string otherwise)
    {
        var name = Slug(text);
        name = name.Length == 0 ? otherwise : name;
        var candidate = name;
        for (var number = 2; !_taken.Add(candidate); number++)
        {
            candidate = string.Create(CultureInfo.InvariantCulture, $"{name}-{number}");
        }

        return candidate;
    }

    /// <summary>The common name of a subject, or all of it where it has none.</summary>
    public static string CommonName(string subject)
    {
        foreach (var part in subject.Split(','))
        {
            var trimmed = part.Trim();
            if (trimmed.StartsWith("CN=", StringComparison.OrdinalIgnoreCase))
            {
                return trimmed[3..];
            }
        }

        return subject;
    }

    private static string Slug(string text)
    {
        var slug = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            if (char.IsAsciiLetterOrDigit(character))
            {
                slug.Append(char.ToLowerInvariant(character));
            }
            else if (slug.Length > 0 && slug[^1] != '-')
            {
                slug.Append('-');
            }
        }

        return slug.ToString(0, Math.Min(slug.Length, MaximumLength)).Trim('-');
    }
}

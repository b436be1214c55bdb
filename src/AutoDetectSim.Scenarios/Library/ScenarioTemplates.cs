using System.Globalization;
using System.Text.RegularExpressions;
using AutoDetectSim.Documents;
using AutoDetectSim.Documents.Binding;

namespace AutoDetectSim.Scenarios.Library;

/// <summary>Healthy worlds to start a scenario from, one for each common topology: the folder <c>templates</c>, embedded in this assembly.</summary>
internal static partial class ScenarioTemplates
{
    /// <summary>The domain in the templates.</summary>
    public const string Domain = "contoso.com";

    private const string Extension = ".yaml";

    private static readonly EmbeddedFolder Folder = new(typeof(ScenarioTemplates).Assembly, "templates");

    private static readonly Lazy<IReadOnlyList<ScenarioTemplate>> Entries = new(() =>
    [
        .. Folder.Files.Where(file => file.EndsWith(Extension, StringComparison.Ordinal)).Select(file => new ScenarioTemplate(
            file[..^Extension.Length],
            ScenarioLoader.Parse(Folder.Read(file), file, baseDirectory: null).Scenario?.Title ?? string.Empty,
            NodesIn(Folder.Read(file)))),
    ]);

    /// <summary>Every template, by name.</summary>
    public static IReadOnlyList<ScenarioTemplate> All => Entries.Value;

    /// <summary>The template with a name; null for none. Case does not matter.</summary>
    public static ScenarioTemplate? Find(string name) => All.FirstOrDefault(template => string.Equals(template.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The text of a template, with its comments.</summary>
    /// <param name="template">The template.</param>
    /// <param name="domain">The customer's domain; null for the one of the template.</param>
    /// <param name="nodes">The number of servers; null for as many as the template has.</param>
    /// <exception cref="FormatException">The domain or the number cannot be used; the message says why.</exception>
    public static string Text(ScenarioTemplate template, string? domain, int? nodes)
    {
        var text = Folder.Read(template.Name + Extension).ReplaceLineEndings("\n");
        if (domain is not null)
        {
            text = Uri.CheckHostName(domain) == UriHostNameType.Dns && domain.Contains('.', StringComparison.Ordinal) && domain.All(char.IsAscii)
                ? text.Replace(Domain, domain.ToLowerInvariant(), StringComparison.Ordinal)
                : throw new FormatException($"'{domain}' is not a domain name such as {Domain}.");
        }

        if (nodes is { } count)
        {
            text = template.Nodes is null ? throw new FormatException($"The template {template.Name} has one server; the number of servers cannot be chosen.")
                : count is < 1 or > NameRange.Most ? throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"The number of servers must be 1 to {NameRange.Most}, not {count}."))
                : Range().Replace(text, _ => RangeOf(count));
        }

        var loaded = ScenarioLoader.Parse(text, template.Name + Extension, baseDirectory: null);
        return loaded.Problems.Count == 0 ? text : throw new FormatException(string.Join('\n', loaded.Problems.Select(problem => problem.ToString())));
    }

    private static int? NodesIn(string text) => Range().Match(text) is { Success: true } range ? int.Parse(range.Groups["last"].ValueSpan, CultureInfo.InvariantCulture) : null;

    private static string RangeOf(int count)
    {
        var width = Math.Max(2, count.ToString(CultureInfo.InvariantCulture).Length);
        return $"{{{1.ToString("D" + width, CultureInfo.InvariantCulture)}..{count.ToString("D" + width, CultureInfo.InvariantCulture)}}}";
    }

    /// <summary>The one range of a template: its servers.</summary>
    [GeneratedRegex(@"\{01\.\.(?<last>[0-9]+)\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Range();
}

/// <summary>A world to start from.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Title">What the world is like, in one line.</param>
/// <param name="Nodes">How many servers it has unless another number is asked for; null if the number cannot be chosen.</param>
internal sealed record ScenarioTemplate(string Name, string Title, int? Nodes);

using System.Text.RegularExpressions;
using AutoDetectSim.Diagnosis.Reports;
using AutoDetectSim.Documents.Writing;
using AutoDetectSim.Protocols.Randomness;
using AutoDetectSim.Scenarios;
using AutoDetectSim.Training.Lessons;

namespace AutoDetectSim.Training.Cases;

/// <summary>What a seed has drawn for a lesson, and what the texts of the lesson become with it.</summary>
internal sealed partial class DrawnParts
{
    private readonly Dictionary<string, Drawn> _parts = new(StringComparer.OrdinalIgnoreCase);

    private DrawnParts()
    {
    }

    /// <summary>Nothing is drawn.</summary>
    public static DrawnParts None { get; } = new();

    /// <summary>Every node that was drawn.</summary>
    public IEnumerable<string> Nodes => _parts.Values.SelectMany(part => part.Nodes);

    /// <summary>The drawn texts, by the names of their draws; drawn nodes are not among them.</summary>
    public IEnumerable<KeyValuePair<string, string>> Texts => _parts.Where(part => part.Value.Nodes.Count == 0).Select(part => KeyValuePair.Create(part.Key, part.Value.Text));

    /// <summary>Draws for a lesson. A draw that asks for too much (<c>lint</c> rejects it) draws as much as there is.</summary>
    public static DrawnParts Draw(IEnumerable<DrawDefinition> draws, Scenario world, int seed)
    {
        var drawn = new DrawnParts();
        foreach (var draw in draws)
        {
            drawn._parts[draw.Name] = drawn.Draw(draw, world, new Seed(seed).Stream("draw/" + draw.Name));
        }

        return drawn;
    }

    /// <summary>Replaces names in braces by what was drawn, in the form of changes (<c>cas{02..07}</c>); braces around anything else stay.</summary>
    public string Fill(string text) => Fill(text, (_, drawn) => drawn.Text);

    /// <summary>The same in a text for people, which has nodes as reports print them (<c>cas02 to cas07</c>), except in the path of a change (<c>perimeter/{broken}</c>).</summary>
    public string FillText(string text) => Fill(text, (index, drawn) => drawn.Nodes.Count == 0 || (index > 0 && text[index - 1] == '/') ? drawn.Text : NameRow.All(drawn.Nodes));

    /// <summary>The words in braces of a text that could be names of draws: neither ranges nor mappings.</summary>
    public static IEnumerable<string> NamesIn(string text) => Braces().Matches(text).Select(match => match.Groups["name"].Value).Where(name => !name.Contains("..", StringComparison.Ordinal));

    private string Fill(string text, Func<int, Drawn, string> shown) =>
        Braces().Replace(text, match => _parts.TryGetValue(match.Groups["name"].Value, out var drawn) ? shown(match.Index, drawn) : match.Value);

    private Drawn Draw(DrawDefinition draw, Scenario world, SeededStream random)
    {
        if (draw.Nodes is not { Length: > 0 } name)
        {
            return draw.OneOf.Count == 0 ? new Drawn(string.Empty, []) : new Drawn(draw.OneOf[random.Next(draw.OneOf.Count)], []);
        }

        var left = world.LoadBalancers.FirstOrDefault(balancer => string.Equals(balancer.Name, name, StringComparison.Ordinal))?.Nodes.Select(node => node.Name).ToList() ?? [];
        var order = left.ToList();
        foreach (var other in draw.Except.Where(_parts.ContainsKey))
        {
            left.RemoveAll(_parts[other].Nodes.Contains);
        }

        while (left.Count > draw.Count)
        {
            left.RemoveAt(random.Next(left.Count));
        }

        List<string> nodes = [.. order.Where(left.Contains)];
        return new Drawn(NodeRanges.Shown(nodes), nodes);
    }

    [GeneratedRegex(@"\{(?<name>[A-Za-z][A-Za-z0-9._-]{0,62})\}", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Braces();

    private sealed record Drawn(string Text, IReadOnlyList<string> Nodes);
}

using AutoDetectSim.Documents.Model;
using AutoDetectSim.Documents.Yaml;

namespace AutoDetectSim.Scenarios.Changes;

/// <summary>One part of a scenario that a change targets.</summary>
/// <param name="Keys">Its path in the scenario's tree.</param>
/// <param name="Model">Its form.</param>
/// <param name="Node">The present value; null: none yet.</param>
/// <param name="Owner">What has it: a mapping or a list of parts; null for a section of the scenario.</param>
internal sealed record ChangeTarget(IReadOnlyList<string> Keys, ValueModel Model, YamlNode? Node, ValueModel? Owner)
{
    /// <summary>The last key: the part's own name.</summary>
    public string Name => Keys[^1];

    /// <summary>An overlay of the scenario that replaces this part with a value.</summary>
    public YamlMap Overlay(YamlNode value)
    {
        for (var index = Keys.Count - 1; ; index--)
        {
            var map = new YamlMap(value.Position, [new YamlEntry(Keys[index], value.Position, value)]);
            if (index == 0)
            {
                return map;
            }

            value = map;
        }
    }

    /// <summary>An overlay of the scenario that sets keys of this part.</summary>
    public YamlMap Overlay(params IEnumerable<(string Key, YamlNode Value)> entries) =>
        Overlay(new YamlMap(default, [.. entries.Select(entry => new YamlEntry(entry.Key, entry.Value.Position, entry.Value))]));
}

using AutoDetectSim.Documents.Binding;
using AutoDetectSim.Documents.Yaml;

namespace AutoDetectSim.Documents.Writing;

/// <summary>Comparison of YAML trees by what they say, wherever it stands in a file.</summary>
internal static class YamlTree
{
    public static YamlScalar Null { get; } = new(default, string.Empty, plain: true);

    public static bool Same(YamlNode left, YamlNode right) => (left, right) switch
    {
        (YamlScalar one, YamlScalar other) => string.Equals(one.Text, other.Text, StringComparison.Ordinal) && one.IsNull == other.IsNull,
        (YamlList one, YamlList other) => one.Items.Count == other.Items.Count && one.Items.Zip(other.Items).All(pair => Same(pair.First, pair.Second)),
        (YamlMap one, YamlMap other) => one.Entries.Count == other.Entries.Count && one.Entries.Zip(other.Entries).All(pair => Same(pair.First, pair.Second)),
        (YamlParts one, YamlParts other) => one.Parts.Count == other.Parts.Count && one.Parts.Zip(other.Parts).All(pair => Same(pair.First, pair.Second)),
        _ => false,
    };

    private static bool Same(YamlEntry left, YamlEntry right) => string.Equals(left.Key, right.Key, StringComparison.Ordinal) && Same(left.Value, right.Value);

    private static bool Same(NamedPart left, NamedPart right) => left.Names.SequenceEqual(right.Names, StringComparer.Ordinal) && Same(left.Body, right.Body);
}

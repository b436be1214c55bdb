using System.Collections;
using System.Globalization;
using System.Text;
using AutoDetectSim.Documents.Writing;
using AutoDetectSim.Documents.Yaml;

namespace AutoDetectSim.Cli.Export;

/// <summary>Makes YAML documents of texts, numbers, truth values, lists and mappings.</summary>
internal static class Tree
{
    /// <summary>A mapping; keys without a value are left out.</summary>
    public static YamlMap Map(params ReadOnlySpan<(string Key, object? Value)> entries)
    {
        var made = new List<YamlEntry>(entries.Length);
        foreach (var (key, value) in entries)
        {
            if (value is not null)
            {
                made.Add(new YamlEntry(key, default, Of(value)));
            }
        }

        return new YamlMap(default, made);
    }

    /// <summary>A list.</summary>
    public static YamlList List(params IEnumerable<object> items) => new(default, [.. items.Select(Of)]);

    /// <summary>A mapping of texts.</summary>
    public static YamlMap Map(IEnumerable<KeyValuePair<string, string>> entries) => new(default, [.. entries.Select(entry => new YamlEntry(entry.Key, default, Of(entry.Value)))]);

    /// <summary>A file with documents, and a comment above them.</summary>
    public static string File(string comment, params IEnumerable<YamlMap> documents)
    {
        var text = new StringBuilder();
        foreach (var line in comment.Split('\n'))
        {
            text.Append("# ").Append(line).Append('\n');
        }

        return text.AppendJoin("---\n", documents.Select(YamlText.Write)).ToString();
    }

    private static YamlNode Of(object value) => value switch
    {
        YamlNode node => node,
        string text => new YamlScalar(default, text, plain: false),
        bool flag => new YamlScalar(default, flag ? "true" : "false", plain: true),
        int number => new YamlScalar(default, number.ToString(CultureInfo.InvariantCulture), plain: true),
        IEnumerable items => List(items.Cast<object>()),
        _ => throw new ArgumentException($"{value.GetType().Name} is not part of a document.", nameof(value)),
    };
}

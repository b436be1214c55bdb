using System.Globalization;
using AutoDetectSim.Documents.Binding;
using AutoDetectSim.Documents.Yaml;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace AutoDetectSim.Documents.Writing;

/// <summary>Writes a YAML tree as a person would: sections as blocks, small parts on one line.</summary>
internal sealed class YamlText
{
    private const int LineWidth = 120;
    private const int FoldedFrom = 90;

    private readonly Emitter _emitter;

    private YamlText(TextWriter writer) =>
        _emitter = new Emitter(writer, new EmitterSettings(2, LineWidth, isCanonical: false, maxSimpleKeyLength: 1024, newLine: "\n").WithIndentedSequences());

    /// <summary>The document, with a line feed at its end.</summary>
    public static string Write(YamlMap root)
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        var text = new YamlText(writer);
        text._emitter.Emit(new StreamStart());
        text._emitter.Emit(new DocumentStart(null, null, isImplicit: true));
        text.Node(root, depth: 0, flow: false);
        text._emitter.Emit(new DocumentEnd(isImplicit: true));
        text._emitter.Emit(new StreamEnd());
        return writer.ToString();
    }

    private void Node(YamlNode node, int depth, bool flow)
    {
        flow = flow || (depth >= 2 && Length(node) + (2 * depth) <= LineWidth - 20);
        switch (node)
        {
            case YamlScalar scalar:
                Scalar(scalar, flow);
                break;
            case YamlList list:
                // A list of scalars reads best on one line.
                flow = flow || list.Items.All(item => item is YamlScalar);
                _emitter.Emit(new SequenceStart(AnchorName.Empty, TagName.Empty, isImplicit: true, flow ? SequenceStyle.Flow : SequenceStyle.Block));
                foreach (var item in list.Items)
                {
                    Node(item, depth + 1, flow);
                }

                _emitter.Emit(new SequenceEnd());
                break;
            case YamlMap map:
                _emitter.Emit(new MappingStart(AnchorName.Empty, TagName.Empty, isImplicit: true, flow || map.Entries.Count == 0 ? MappingStyle.Flow : MappingStyle.Block));
                foreach (var entry in map.Entries)
                {
                    Text(entry.Key);
                    Node(entry.Value, depth + 1, flow);
                }

                _emitter.Emit(new MappingEnd());
                break;
            case YamlParts parts:
                Node(Form(parts), depth, flow);
                break;
        }
    }

    /// <summary>Parts whose names can be ranges are a list, in which a run is one line; others are a mapping.</summary>
    private static YamlNode Form(YamlParts parts)
    {
        IReadOnlyList<NamedPart> collapsed = parts.AsList ? [.. NodeRanges.Collapse(parts.Parts)] : parts.Parts;
        return parts.AsList
            ? new YamlList(default, [.. collapsed.Select(part => new YamlMap(default, [ModelTree.Entry("name", new YamlScalar(default, part.Names[0], plain: false)), .. ((YamlMap)part.Body).Entries]))])
            : new YamlMap(default, [.. collapsed.Select(part => ModelTree.Entry(part.Names[0], part.Body))]);
    }

    private void Scalar(YamlScalar scalar, bool flow)
    {
        if (scalar.Plain)
        {
            Emit(scalar.IsNull ? "null" : scalar.Text, ScalarStyle.Plain);
        }
        else if (!flow && scalar.Text.Length > FoldedFrom && IsProse(scalar.Text))
        {
            Emit(scalar.Text, ScalarStyle.Folded);
        }
        else
        {
            Text(scalar.Text);
        }
    }

    private void Text(string text) => Emit(text, IsOtherwiseRead(text) || text.Any(char.IsControl) ? ScalarStyle.DoubleQuoted : ScalarStyle.Any);

    private void Emit(string text, ScalarStyle style) =>
        _emitter.Emit(new Scalar(AnchorName.Empty, TagName.Empty, text, style, isPlainImplicit: true, isQuotedImplicit: true));

    /// <summary>Whether YAML readers take the text, without quotes, for a number, a boolean, nothing, a merge or a date.</summary>
    private static bool IsOtherwiseRead(string text) =>
        text is "" or "~" or "<<" or "=" || char.IsAsciiDigit(text[0]) || text[0] is '+' or '-' or '.'
        || text.ToUpperInvariant() is "NULL" or "TRUE" or "FALSE" or "YES" or "NO" or "ON" or "OFF" or "Y" or "N";

    private static bool IsProse(string text) =>
        text.All(letter => letter == ' ' || char.IsAsciiLetterOrDigit(letter) || (char.IsPunctuation(letter) && char.IsAscii(letter)))
        && text[0] != ' ' && text[^1] != ' ' && !text.Contains("  ", StringComparison.Ordinal);

    private static int Length(YamlNode node) => node switch
    {
        YamlScalar scalar => scalar.Text.Length + 2,
        YamlList list => 2 + list.Items.Sum(item => Length(item) + 2),
        YamlMap map => 4 + map.Entries.Sum(entry => entry.Key.Length + 4 + Length(entry.Value)),
        YamlParts parts => parts.Parts.Count > 1 ? LineWidth : 4 + parts.Parts.Sum(part => part.Names[0].Length + 4 + Length(part.Body)),
        _ => 0,
    };
}

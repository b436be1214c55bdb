using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using AutoDetectSim.Documents.Binding;
using AutoDetectSim.Documents.Forms;
using AutoDetectSim.Documents.Model;

namespace AutoDetectSim.Documents.Reference;

/// <summary>The reference of a kind of document in Markdown, made from the model that binds them.</summary>
internal static partial class DocumentReference
{
    /// <summary>One table of keys for each part of a document, then one of words for each closed set.</summary>
    public static string Generate(DocumentModel document)
    {
        var text = new StringBuilder();
        var parts = new List<RecordModel>();
        var sets = new Dictionary<Type, ScalarModel>();
        Collect(document.Root, parts, sets);
        foreach (var part in parts)
        {
            WriteKeys(part, document.Forms, text);
        }

        text.Append("### Words\n\n");
        foreach (var set in sets.Values)
        {
            WriteWords(set, text);
        }

        return text.ToString();
    }

    private static void Collect(RecordModel record, List<RecordModel> parts, Dictionary<Type, ScalarModel> sets)
    {
        if (parts.Contains(record))
        {
            return;
        }

        parts.Add(record);
        foreach (var member in record.Members)
        {
            Visit(member.Value);
        }

        void Visit(ValueModel model)
        {
            switch (model)
            {
                case ScalarModel { Kind: ScalarKind.Choice } scalar:
                    sets.TryAdd(scalar.Type, scalar);
                    break;
                case ListModel list:
                    Visit(list.Item);
                    break;
                case WordOrListModel either:
                    Visit(either.Word);
                    break;
                case MapModel map:
                    Visit(map.Value);
                    break;
                case NamedListModel list:
                    Collect(list.Item, parts, sets);
                    break;
                case RecordModel inner:
                    Collect(inner, parts, sets);
                    break;
            }
        }
    }

    private static void WriteKeys(RecordModel record, TextForms forms, StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $"### {char.ToUpperInvariant(record.Noun[0])}{record.Noun[1..]}\n\n");
        if (XmlDocs.Summary(record.Type) is { } summary)
        {
            text.Append(summary).Append('\n');
        }

        if (record.Shorthand is { } shorthand)
        {
            text.Append(CultureInfo.InvariantCulture, $"A string or a list instead of the mapping sets `{shorthand}`.\n");
        }

        if (record.HasNameRanges)
        {
            text.Append("Names can be ranges such as `ex{02..20}`; a number instead of the list creates that many.\n");
        }

        text.Append("\n| key | value | default | meaning |\n|---|---|---|---|\n");
        var fresh = record.Create();
        foreach (var member in record.Members)
        {
            var initial = DocumentSchema.DefaultWords(member, fresh);
            var left = member.Required ? "*required*" : initial is null ? string.Empty : member.FilledIn is null ? $"`{initial.Trim('"')}`" : initial;
            text.Append(CultureInfo.InvariantCulture, $"| `{member.Key}` | {Cell(Words(member.Value, forms))} | {Cell(left)} | {Cell(member.Description ?? string.Empty)} |\n");
        }

        text.Append('\n');
    }

    private static void WriteWords(ScalarModel set, StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $"#### {Title(set.Type.Name)}\n\n");
        if (XmlDocs.Summary(set.Type) is { } summary)
        {
            text.Append(summary).Append("\n\n");
        }

        text.Append("| value | meaning |\n|---|---|\n");
        foreach (var choice in set.Choices)
        {
            text.Append(CultureInfo.InvariantCulture, $"| `{choice.Word}` | {Cell(choice.Description ?? string.Empty)} |\n");
        }

        text.Append('\n');
    }

    private static string Words(ValueModel model, TextForms forms) => model switch
    {
        ScalarModel { Kind: ScalarKind.Choice } scalar => $"[{Title(scalar.Type.Name)}](#{Anchor(Title(scalar.Type.Name))})",
        ScalarModel { Kind: ScalarKind.Text } scalar => TextWords(scalar.Syntax, forms),
        ScalarModel { Kind: ScalarKind.Duration, Minimum: { } least, Maximum: { } most } scalar => $"{scalar.Words[2..]}, {DurationText.Format(TimeSpan.FromSeconds(least))} to {DurationText.Format(TimeSpan.FromSeconds(most))}",
        ScalarModel { Minimum: { } least, Maximum: { } most } scalar => string.Create(CultureInfo.InvariantCulture, $"{scalar.Words[2..]}, {least} to {most}"),
        ScalarModel { Kind: ScalarKind.Boolean } => "`true` or `false`",
        ScalarModel scalar => scalar.Words[2..],
        ListModel list => "list: " + Words(list.Item, forms),
        WordOrListModel either => Words(either.Word, forms) + ", or list: " + Words(either.List.Item, forms),
        MapModel map => $"mapping: {TextWords(map.KeySyntax, forms)} to {Words(map.Value, forms)}" + string.Concat(map.LoneKeys.Select(key => $", or `{key}`")),
        NamedListModel list => $"mapping: name to [{list.Item.Noun}](#{Anchor(list.Item.Noun)})",
        RecordModel record => $"[{record.Noun}](#{Anchor(record.Noun)})",
        OverlayModel => "changes in the form of the scenario itself",
        _ => model.Words,
    };

    private static string TextWords(string? syntax, TextForms forms)
    {
        var words = forms.Find(syntax)?.Words ?? syntax?.Replace('-', ' ') switch
        {
            null => "string",
            var reference => "name of a " + reference.Replace("certificate or authority", "certificate or of an authority", StringComparison.Ordinal),
        };
        return words.Replace("a authority", "an authority", StringComparison.Ordinal).Replace("a organization", "an organization", StringComparison.Ordinal);
    }

    /// <summary>The words of a type's name; terms of the field keep their spelling.</summary>
    private static string Title(string name) => string.Join(' ', Word().Matches(name).Select(match => match.Value switch
    {
        "OAuth" or "AutoDiscover" or "AutoDetect" or "ActiveSync" or "V2" => match.Value,
        "Tls" or "Dns" or "Aia" => match.Value.ToUpperInvariant(),
        var word => word.ToLowerInvariant(),
    }));

    private static string Anchor(string title) => title.Replace(' ', '-').ToLowerInvariant();

    [GeneratedRegex("OAuth|AutoDiscover|AutoDetect|ActiveSync|V2|[A-Z][^A-Z]*|^[^A-Z]+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Word();

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}

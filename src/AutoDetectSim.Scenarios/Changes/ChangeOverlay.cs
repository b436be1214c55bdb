using AutoDetectSim.Documents;
using AutoDetectSim.Documents.Model;
using AutoDetectSim.Documents.Writing;
using AutoDetectSim.Documents.Yaml;

namespace AutoDetectSim.Scenarios.Changes;

/// <summary>Turns the body of a change into an overlay of the scenario.</summary>
internal static class ChangeOverlay
{
    private const string Default = "default";

    /// <summary>The overlay; null when nothing changes, or when there is a problem.</summary>
    public static YamlMap? Of(ChangeTarget target, ChangeBody body, Scenario scenario, ProblemSink problems)
    {
        if (body.Verb is not null)
        {
            return ChangeVerbs.Overlay(target, body, scenario, problems);
        }

        if (body.Word[0] == '{' && target.Model is not (ScalarModel or ListModel))
        {
            return Composed(body.Whole, body.WordPosition, problems) is { } keys ? target.Overlay(keys) : null;
        }

        switch (target.Model)
        {
            case RecordModel record:
                return Member(target, record, body, problems);
            case MapModel { Value: ListModel records } when target.Owner is MapModel:
                return DnsRecords(target, records, body, problems);
            case MapModel or NamedListModel:
                problems.Add(body.WordPosition, $"Name a part of `{target.Name}`, for example `{target.Name}/NAME`, or use `{ChangeVerbs.Clear}` for all", body.Word);
                return null;
            default:
                return Value(body.Whole, body.WordPosition, target.Model, target.Node, target.Name, problems) is { } value ? target.Overlay(value) : null;
        }
    }

    private static YamlMap? Member(ChangeTarget target, RecordModel record, ChangeBody body, ProblemSink problems)
    {
        if (record.Find(body.Word) is not { Value: not OverlayModel } member)
        {
            var known = record.Members.Select(one => one.Key).ToList();
            var nearest = NearestName.Find(body.Word, known.Concat(ChangeVerbs.Descriptions.Keys));
            problems.Add(
                body.WordPosition,
                $"A {record.Noun} has no `{body.Word}`" + (nearest is null ? $"; it has {string.Join(", ", known)}" : $"; did you mean `{nearest}`?"),
                body.Word,
                nearest);
            return null;
        }

        var current = (target.Node as YamlMap)?.Find(member.Key);
        return Value(body.Rest, body.RestPosition, member.Value, current, member.Key, problems) is { } value ? target.Overlay((member.Key, value)) : null;
    }

    /// <summary>Records of one type at a name. An alias and addresses exclude each other, and a name that has records exists.</summary>
    private static YamlMap? DnsRecords(ChangeTarget target, ListModel records, ChangeBody body, ProblemSink problems)
    {
        var type = body.Word.ToUpperInvariant();
        if (body.Rest.Length == 0 && type is "NXDOMAIN" or "SERVFAIL")
        {
            var others = (target.Node as YamlMap)?.Entries.Where(entry => !string.Equals(entry.Key, type, StringComparison.OrdinalIgnoreCase)) ?? [];
            return target.Overlay([.. others.Select(other => (other.Key, (YamlNode)YamlTree.Null)), (type, new YamlList(body.WordPosition, []))]);
        }

        if (body.Rest.Length == 0)
        {
            problems.Add(body.RestPosition, $"Name the {type} records of `{target.Name}`, or write `{type} remove`");
            return null;
        }

        var current = (target.Node as YamlMap)?.Find(type);
        if (Value(body.Rest, body.RestPosition, records, current, type, problems) is not { } value)
        {
            return null;
        }

        IEnumerable<string> excluded = type switch
        {
            "CNAME" => ["NXDOMAIN", "SERVFAIL", "A", "AAAA"],
            "A" or "AAAA" => ["NXDOMAIN", "SERVFAIL", "CNAME"],
            "DELAY" => [],
            _ => ["NXDOMAIN", "SERVFAIL"],
        };
        var gone = excluded.Where(other => (target.Node as YamlMap)?.Find(other) is not null);
        return target.Overlay([.. gone.Select(other => (other, (YamlNode)YamlTree.Null)), (type, value)]);
    }

    private static YamlNode? Value(string text, SourcePosition position, ValueModel model, YamlNode? current, string key, ProblemSink problems)
    {
        if (text is Default or ChangeVerbs.Remove)
        {
            return YamlTree.Null;
        }

        if (text.Length == 0)
        {
            if (model is ScalarModel { Kind: ScalarKind.Boolean })
            {
                return new YamlScalar(position, "true", plain: true);
            }

            problems.Add(position, $"`{key}` takes {model.Words}; `{Default}` restores its default");
            return null;
        }

        var isList = model is ListModel;
        if (isList && text[0] is '+' or '-' && text.Length > 1 && text[1] != ' ')
        {
            return Edited(text, position, current, problems);
        }

        var asItems = isList || (model is WordOrListModel && text.Contains(',', StringComparison.Ordinal));
        return Composed(asItems && text[0] != '[' ? $"[{text}]" : text, asItems && text[0] != '[' ? position with { Column = position.Column - 1 } : position, problems);
    }

    /// <summary>A list with one item more, or fewer.</summary>
    private static YamlList? Edited(string text, SourcePosition position, YamlNode? current, ProblemSink problems)
    {
        if (Composed(text[1..], position with { Column = position.Column + 1 }, problems) is not { } item)
        {
            return null;
        }

        IReadOnlyList<YamlNode> items = current switch
        {
            null or YamlScalar { IsNull: true } => [],
            YamlList list => list.Items,
            _ => [current],
        };
        var others = items.Where(one => !Same(one, item)).ToList();
        if (text[0] == '-' && others.Count == items.Count)
        {
            problems.Add(position, $"`{text[1..]}` is not in the list, which has {(items.Count == 0 ? "no items" : string.Join(", ", items.OfType<YamlScalar>().Select(one => one.Text)))}", text[1..]);
            return null;
        }

        return new YamlList(position, text[0] == '-' ? others : [.. others, item]);
    }

    private static bool Same(YamlNode one, YamlNode other) =>
        one is YamlScalar left && other is YamlScalar right ? string.Equals(left.Text, right.Text, StringComparison.OrdinalIgnoreCase) : YamlTree.Same(one, other);

    private static YamlNode? Composed(string text, SourcePosition position, ProblemSink problems) =>
        YamlComposer.Compose(new string(' ', Math.Max(position.Column - 1, 0)) + text, problems);
}

using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace AutoDetectSim.Documents.Yaml;

/// <summary>
/// Builds a tree from YamlDotNet's events. It replaces YamlDotNet's own representation model, which recurses per
/// level of nesting, stops at the first duplicate key, and follows aliases without limit.
/// </summary>
internal sealed class YamlComposer
{
    private const string TextTag = "tag:yaml.org,2002:str";

    private readonly Dictionary<string, Composed> _anchors = new(StringComparer.Ordinal);
    private readonly Stack<Open> _open = new();
    private readonly ProblemSink _problems;
    private YamlNode? _root;
    private bool _isBroken;

    private readonly string _text;

    private YamlComposer(string text, ProblemSink problems)
    {
        _text = text;
        _problems = problems;
    }

    /// <summary>Composes the one document of a file, or null when that is impossible; what is wrong goes to <paramref name="problems"/>.</summary>
    public static YamlNode? Compose(string text, ProblemSink problems) => new YamlComposer(text, problems).Run();

    private YamlNode? Run()
    {
        var scanner = new Scanner(new StringReader(_text), skipComments: true);
        var parser = new Parser(scanner);
        var documents = 0;
        while (Next(parser, scanner) is { } parsed)
        {
            if (parsed is DocumentStart && ++documents > 1)
            {
                _problems.Add(Position(parsed.Start), "A file holds one document, but `---` starts a second one");
                return null;
            }

            if (!Take(parsed))
            {
                return null;
            }
        }

        if (_isBroken)
        {
            return null;
        }

        if (_root is null)
        {
            _problems.Add(new SourcePosition(1, 1), "The file is empty");
        }

        return _root;
    }

    private ParsingEvent? Next(Parser parser, Scanner scanner)
    {
        try
        {
            return parser.MoveNext() ? parser.Current : null;
        }
        catch (YamlException exception)
        {
            var (position, hint) = YamlHints.For(_text, Position(exception.Start), exception.Message);
            _problems.Add(position, "Invalid YAML: " + (hint ?? Reason(exception)));
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            // YamlDotNet's scanner ends this way on some unfinished flow collections and on tags that are not URIs, instead of with a YamlException.
            _problems.Add(Position(scanner.CurrentPosition), "Invalid YAML: parsing stopped here. Check for an unclosed bracket, brace or quote, or an invalid tag");
        }

        _isBroken = true;
        return null;
    }

    private bool Take(ParsingEvent parsed)
    {
        var position = Position(parsed.Start);
        switch (parsed)
        {
            case Scalar scalar:
                CheckTag(scalar.Tag, position);
                var plain = scalar.Style == ScalarStyle.Plain && !string.Equals(TagText(scalar.Tag), TextTag, StringComparison.Ordinal);
                return Close(new Composed(new YamlScalar(position, scalar.Value, plain), 1, 0), scalar.Anchor, position);

            case AnchorAlias alias:
                if (_anchors.TryGetValue(alias.Value.Value, out var target))
                {
                    return Close(target, AnchorName.Empty, position);
                }

                var within = _open.Any(open => string.Equals(open.Anchor, alias.Value.Value, StringComparison.Ordinal));
                _problems.Add(position, within
                    ? $"The alias *{alias.Value.Value} is inside the node it refers to"
                    : $"The anchor &{alias.Value.Value} is not defined before this alias");
                return Close(new Composed(new YamlScalar(position, string.Empty, plain: true), 1, 0), AnchorName.Empty, position);

            case MappingStart or SequenceStart:
                var node = (NodeEvent)parsed;
                CheckTag(node.Tag, position);
                if (_open.Count >= YamlLimits.Depth)
                {
                    _problems.Add(position, $"Nested deeper than {YamlLimits.Depth} levels");
                    return false;
                }

                _open.Push(new Open(position, parsed is MappingStart, node.Anchor.IsEmpty ? null : node.Anchor.Value));
                return true;

            case MappingEnd or SequenceEnd:
                var done = _open.Pop();
                var anchor = done.Anchor is null ? AnchorName.Empty : new AnchorName(done.Anchor);
                return Close(new Composed(Build(done), done.Size + 1, done.Height + 1), anchor, done.Position);

            default:
                return true;
        }
    }

    private bool Close(Composed composed, AnchorName anchor, SourcePosition position)
    {
        if (!anchor.IsEmpty)
        {
            _anchors[anchor.Value] = composed;
        }

        if (!_open.TryPeek(out var parent))
        {
            _root ??= composed.Node;
            return true;
        }

        parent.Children.Add((composed.Node, position));
        parent.Size += composed.Size;
        parent.Height = Math.Max(parent.Height, composed.Height);
        if (parent.Size > YamlLimits.Nodes)
        {
            _problems.Add(position, $"More than {YamlLimits.Nodes} values, counting what each alias expands to");
            return false;
        }

        if (_open.Count + composed.Height > YamlLimits.Depth)
        {
            _problems.Add(position, $"Nested deeper than {YamlLimits.Depth} levels");
            return false;
        }

        return true;
    }

    private YamlNode Build(Open done)
    {
        if (!done.IsMap)
        {
            return new YamlList(done.Position, [.. done.Children.Select(child => child.Node)]);
        }

        var entries = new List<YamlEntry>(done.Children.Count / 2);
        var merged = new List<YamlEntry>();
        var seen = new Dictionary<string, SourcePosition>(StringComparer.OrdinalIgnoreCase);
        for (var index = 0; index + 1 < done.Children.Count; index += 2)
        {
            var (keyNode, position) = done.Children[index];
            var value = done.Children[index + 1].Node;
            if (keyNode is not YamlScalar key)
            {
                _problems.Add(position, "A key must be a string, not a list or a mapping");
            }
            else if (key is { Plain: true, Text: "<<" })
            {
                Merge(value, merged);
            }
            else if (!seen.TryAdd(key.Text, position))
            {
                _problems.Add(position, $"Duplicate key `{key.Text}`: first defined on line {seen[key.Text].Line}", key.Text);
            }
            else
            {
                entries.Add(new YamlEntry(key.Text, position, value));
            }
        }

        entries.AddRange(merged.Where(entry => seen.TryAdd(entry.Key, entry.KeyPosition)));
        return new YamlMap(done.Position, entries);
    }

    private void Merge(YamlNode value, List<YamlEntry> merged)
    {
        IEnumerable<YamlNode> sources = value is YamlList list ? list.Items : [value];
        foreach (var source in sources)
        {
            if (source is YamlMap map)
            {
                merged.AddRange(map.Entries);
            }
            else
            {
                _problems.Add(source.Position, "`<<` takes a mapping or a list of mappings");
            }
        }
    }

    private void CheckTag(TagName tag, SourcePosition position)
    {
        var text = TagText(tag);
        if (text is not null && !text.StartsWith("tag:yaml.org,2002:", StringComparison.Ordinal))
        {
            _problems.Add(position, $"The tag {text} is not supported here", text);
        }
    }

    private static string? TagText(TagName tag) => tag.IsEmpty || tag.IsNonSpecific ? null : tag.Value;

    private static string Reason(YamlException exception)
    {
        var reason = exception.Message.ReplaceLineEndings(" ").Trim().TrimEnd('.');
        return reason.Length == 0 ? "unreadable" : char.ToLowerInvariant(reason[0]) + reason[1..];
    }

    private static SourcePosition Position(Mark mark) =>
        new((int)Math.Clamp(mark.Line, 1, int.MaxValue), (int)Math.Clamp(mark.Column, 1, int.MaxValue));

    private readonly record struct Composed(YamlNode Node, long Size, int Height);

    private sealed class Open(SourcePosition position, bool isMap, string? anchor)
    {
        public SourcePosition Position { get; } = position;

        public bool IsMap { get; } = isMap;

        public string? Anchor { get; } = anchor;

        public List<(YamlNode Node, SourcePosition Position)> Children { get; } = [];

        public long Size { get; set; }

        public int Height { get; set; }
    }
}

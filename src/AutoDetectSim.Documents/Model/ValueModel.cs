using AutoDetectSim.Documents.Forms;

namespace AutoDetectSim.Documents.Model;

/// <summary>The kind of value that a key accepts. Binding, validation, writing, JSON Schema and the reference all follow it.</summary>
internal abstract class ValueModel
{
    /// <summary>The kind of value in words, as error messages state what they expected.</summary>
    public abstract string Words { get; }
}

internal enum ScalarKind
{
    Text,
    WholeNumber,
    Number,
    Boolean,
    Choice,
    Guid,
    Duration,
}

/// <summary>One word of a closed set.</summary>
internal sealed record Choice(string Word, object Value, string? Description);

/// <summary>One scalar.</summary>
internal sealed class ScalarModel : ValueModel
{
    public required ScalarKind Kind { get; init; }

    public required Type Type { get; init; }

    public IReadOnlyList<Choice> Choices { get; init; } = [];

    /// <summary>The form of a text, a syntax of the document's <see cref="TextForms"/>.</summary>
    public string? Syntax { get; init; }

    public double? Minimum { get; init; }

    public double? Maximum { get; init; }

    public override string Words => Kind switch
    {
        ScalarKind.Text => "a string",
        ScalarKind.WholeNumber => "a whole number",
        ScalarKind.Number => "a number",
        ScalarKind.Boolean => "true or false",
        ScalarKind.Guid => "a GUID",
        ScalarKind.Duration => "a duration such as 500ms, 30s or 5m",
        _ => "one of " + string.Join(", ", Choices.Select(choice => choice.Word)),
    };
}

/// <summary>A list; a single item may be written without brackets.</summary>
internal sealed class ListModel(ValueModel item, Type itemType) : ValueModel
{
    public ValueModel Item { get; } = item;

    public Type ItemType { get; } = itemType;

    public override string Words => "a list";
}

/// <summary>A list of parts with names: a mapping from name to part, or a list of parts with a <c>name</c>, or a list of names.</summary>
internal sealed class NamedListModel(RecordModel item) : ValueModel
{
    public RecordModel Item { get; } = item;

    public override string Words => "a mapping from names to parts, or a list of parts";
}

/// <summary>A mapping with free keys.</summary>
internal sealed class MapModel(ValueModel value, Type valueType, string? keySyntax) : ValueModel
{
    public ValueModel Value { get; } = value;

    public Type ValueType { get; } = valueType;

    public string? KeySyntax { get; } = keySyntax;

    /// <summary>Keys that may be written alone instead of the mapping because their values add nothing.</summary>
    public IReadOnlyList<string> LoneKeys { get; init; } = [];

    public override string Words => LoneKeys.Count == 0 ? "a mapping" : "a mapping, or " + string.Join(" or ", LoneKeys);
}

/// <summary>Either a word of a closed set, or a list.</summary>
internal sealed class WordOrListModel(ScalarModel word, ListModel list) : ValueModel
{
    public ScalarModel Word { get; } = word;

    public ListModel List { get; } = list;

    public override string Words => Word.Words + ", or a list";
}

/// <summary>Changes to the scenario, in the scenario's own form.</summary>
internal sealed class OverlayModel(RecordModel target) : ValueModel
{
    public RecordModel Target { get; } = target;

    public override string Words => "a mapping with the changed parts of the scenario";
}

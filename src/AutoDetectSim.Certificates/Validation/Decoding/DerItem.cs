namespace AutoDetectSim.Certificates.Validation.Decoding;

/// <summary>How a type of the grammar is decoded.</summary>
internal enum DerKind
{
    /// <summary>One universal type.</summary>
    Primitive,

    /// <summary>Any universal type of a set (DirectoryString, Time).</summary>
    MultiString,

    /// <summary>Anything (ANY).</summary>
    Any,

    /// <summary>CHOICE.</summary>
    Choice,

    /// <summary>SEQUENCE with named fields.</summary>
    Sequence,

    /// <summary>A type that is another type with tagging or repetition.</summary>
    Alias,

    /// <summary>Name (RFC 5280 4.1.2.4), which is brought into canonical form as soon as it is read.</summary>
    Name,
}

/// <summary>A type of the certificate grammar, in the terms of OpenSSL's ASN1_ITEM.</summary>
internal sealed class DerItem
{
    private DerItem(DerKind kind) => Kind = kind;

    internal DerKind Kind { get; }

    internal int Tag { get; private init; }

    internal uint Tags { get; private init; }

    /// <summary>Whether the content is taken as it is.</summary>
    internal bool AnyContent { get; private init; }

    internal IReadOnlyList<DerField> Fields { get; private init; } = [];

    /// <summary>Whether the first field of the first field is an OBJECT IDENTIFIER that OpenSSL writes out as text, which has a bound.</summary>
    internal bool NamesAlgorithm { get; private init; }

    internal static DerItem Any { get; } = new(DerKind.Any);

    internal static DerItem Primitive(int tag) => new(DerKind.Primitive) { Tag = tag };

    /// <summary>An INTEGER that is read as a plain number: superfluous leading bytes pass, the sign does not count.</summary>
    internal static DerItem PlainNumber { get; } = new(DerKind.Primitive) { Tag = DerTag.Integer, AnyContent = true };

    internal static DerItem MultiString(params ReadOnlySpan<int> tags)
    {
        var mask = 0u;
        foreach (var tag in tags)
        {
            mask |= 1u << tag;
        }

        return new(DerKind.MultiString) { Tags = mask };
    }

    internal static DerItem Choice(params DerField[] fields) => new(DerKind.Choice) { Fields = fields };

    internal static DerItem Sequence(params DerField[] fields) => new(DerKind.Sequence) { Fields = fields };

    /// <summary>A SEQUENCE that begins with an AlgorithmIdentifier by which a decoder is looked up.</summary>
    internal static DerItem PublicKey(params DerField[] fields) => new(DerKind.Sequence) { Fields = fields, NamesAlgorithm = true };

    internal static DerItem Alias(DerField field) => new(DerKind.Alias) { Fields = [field] };

    internal static DerItem Name(DerField field) => new(DerKind.Name) { Fields = [field] };
}

/// <summary>How often a field's type occurs.</summary>
internal enum DerRepeat
{
    /// <summary>Once.</summary>
    No,

    /// <summary>SEQUENCE OF.</summary>
    SequenceOf,

    /// <summary>SET OF.</summary>
    SetOf,
}

/// <summary>A field of a SEQUENCE or an alternative of a CHOICE, in the terms of OpenSSL's ASN1_TEMPLATE.</summary>
internal sealed record DerField(DerItem Item)
{
    internal bool Optional { get; init; }

    /// <summary>The context-specific tag, or null for the type's own.</summary>
    internal int? ContextTag { get; init; }

    /// <summary>Whether the context-specific tag is explicit.</summary>
    internal bool Explicit { get; init; }

    internal DerRepeat Repeat { get; init; }

    internal static DerField Of(DerItem item) => new(item);

    internal static DerField Opt(DerItem item) => new(item) { Optional = true };

    internal static DerField Implicit(int tag, DerItem item, bool optional = false, DerRepeat repeat = DerRepeat.No) =>
        new(item) { ContextTag = tag, Optional = optional, Repeat = repeat };

    internal static DerField ExplicitTag(int tag, DerItem item, bool optional = false, DerRepeat repeat = DerRepeat.No) =>
        new(item) { ContextTag = tag, Explicit = true, Optional = optional, Repeat = repeat };

    internal static DerField Many(DerItem item, DerRepeat repeat = DerRepeat.SequenceOf) => new(item) { Repeat = repeat };
}

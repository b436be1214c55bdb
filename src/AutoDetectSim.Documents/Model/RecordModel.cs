namespace AutoDetectSim.Documents.Model;

/// <summary>A mapping with known keys, bound to one record type.</summary>
internal sealed class RecordModel : ValueModel
{
    private readonly Lazy<IReadOnlyList<MemberModel>> _members;

    public RecordModel(Type type, Func<RecordModel, IReadOnlyList<MemberModel>> members)
    {
        Type = type;
        _members = new Lazy<IReadOnlyList<MemberModel>>(() => members(this));
    }

    public Type Type { get; }

    /// <summary>The keys, in the order of the record's properties.</summary>
    public IReadOnlyList<MemberModel> Members => _members.Value;

    /// <summary>Whether parts of this type are identified by a <c>name</c>.</summary>
    public bool IsNamed { get; init; }

    /// <summary>Whether names may be ranges.</summary>
    public bool HasNameRanges { get; init; }

    /// <summary>The key that a scalar or list sets when it is written instead of the mapping.</summary>
    public string? Shorthand { get; init; }

    /// <summary>What the type is called in messages: <c>load balancer</c>.</summary>
    public required string Noun { get; init; }

    public override string Words => "a mapping";

    public MemberModel? Find(string key) =>
        Members.FirstOrDefault(member => string.Equals(member.Key, key, StringComparison.OrdinalIgnoreCase));

    public object Create() => Activator.CreateInstance(Type)!;

    /// <summary>The name of a part of a named type.</summary>
    public string NameOf(object part) => (string?)Type.GetProperty(ModelBuilder.NameProperty)!.GetValue(part) ?? string.Empty;

    public void SetName(object part, string name) => Type.GetProperty(ModelBuilder.NameProperty)!.SetValue(part, name);
}

/// <summary>One key of a <see cref="RecordModel"/>.</summary>
internal sealed class MemberModel
{
    public required string Key { get; init; }

    public required ValueModel Value { get; init; }

    /// <summary>The property behind the key; two keys can share one.</summary>
    public required System.Reflection.PropertyInfo Property { get; init; }

    public required Func<object, object?> Get { get; init; }

    public required Action<object, object?> Set { get; init; }

    /// <summary>Whether a file must have the key.</summary>
    public bool Required { get; init; }

    /// <summary>Whether <c>null</c> is allowed.</summary>
    public bool Nullable { get; init; }

    /// <summary>What the key says, where that is not what the property's own documentation says.</summary>
    public string? OwnDescription { get; init; }

    /// <summary>What the key says, in one line of Markdown; null when it is undocumented.</summary>
    public string? Description => OwnDescription ?? XmlDocs.Summary(Property);

    /// <summary>What holds when the key is left out, in words; null: the value that a new record has.</summary>
    public string? FilledIn { get; init; }
}

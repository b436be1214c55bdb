using AutoDetectSim.Documents.Forms;

namespace AutoDetectSim.Documents.Model;

/// <summary>Says in words what a scenario file gets that leaves the property out; it makes a C# <c>required</c> property optional in the file.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class FilledInAttribute(string words) : Attribute
{
    public string Words { get; } = words;
}

/// <summary>Marks the record of a whole file. Its name is a key like any other, and not what tells it from others of a list.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class DocumentAttribute : Attribute;

/// <summary>Keeps a property out of scenario files.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NotInFileAttribute : Attribute;

/// <summary>The form of the keys of a dictionary, a syntax of the document's <see cref="TextForms"/>; further levels of dictionary take further forms.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class KeySyntaxAttribute(params string[] syntaxes) : Attribute
{
    public IReadOnlyList<string> Syntaxes { get; } = syntaxes;

    /// <summary>Keys of the innermost dictionary that may stand alone in place of it.</summary>
    public string[] Alone { get; init; } = [];
}

/// <summary>Allows a scalar or a list in place of the mapping: it stands for the property named here.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class ShorthandAttribute(string property) : Attribute
{
    public string Property { get; } = property;
}

/// <summary>Allows ranges such as <c>ex{02..20}</c> as names of a list's parts, and a number in place of the list.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class NameRangesAttribute : Attribute;

/// <summary>Marks the property that holds the scenario as it is after the changes that the file writes under this key.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class OverlayAttribute(string key) : Attribute
{
    public string Key { get; } = key;
}

/// <summary>Keeps a property out of changes that an <see cref="OverlayAttribute"/> writes: it is not part of what is changed.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NotInOverlayAttribute : Attribute;

/// <summary>Writes one property as several keys, which <see cref="IMemberExpansion"/> of the type named here makes.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ExpandsToAttribute(Type expansion) : Attribute
{
    public Type Expansion { get; } = expansion;
}

/// <summary>Makes the keys of a property that is written as several; has a constructor without parameters.</summary>
internal interface IMemberExpansion
{
    /// <summary>The keys, in order.</summary>
    IEnumerable<MemberModel> Members(System.Reflection.PropertyInfo property);
}

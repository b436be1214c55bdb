using AutoDetectSim.Documents.Forms;

namespace AutoDetectSim.Documents.Model;

/// <summary>Describes the default of a property that is left out of the file; makes a C# <c>required</c> property optional there.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class FilledInAttribute(string words) : Attribute
{
    public string Words { get; } = words;
}

/// <summary>Marks the record of a whole file. Its name is an ordinary key, not an identifier within a list.</summary>
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

    /// <summary>Keys of the innermost dictionary that may be written alone instead of it.</summary>
    public string[] Alone { get; init; } = [];
}

/// <summary>Allows a scalar or a list instead of the mapping; it sets the property named here.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class ShorthandAttribute(string property) : Attribute
{
    public string Property { get; } = property;
}

/// <summary>Allows ranges such as <c>ex{02..20}</c> as names of a list's parts, and a number instead of the list.</summary>
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

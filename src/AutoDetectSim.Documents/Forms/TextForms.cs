using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace AutoDetectSim.Documents.Forms;

/// <summary>The forms that texts of one kind of document can have, by the syntax that a property names (<see cref="System.Diagnostics.CodeAnalysis.StringSyntaxAttribute"/>).</summary>
internal sealed partial class TextForms
{
    /// <summary>The syntax of names that other parts refer to; every kind of document has it.</summary>
    public const string Name = "scenario-name";

    private readonly FrozenDictionary<string, TextForm> _forms;

    private TextForms(IEnumerable<KeyValuePair<string, TextForm>> forms)
    {
        _forms = forms.ToFrozenDictionary(StringComparer.Ordinal);
        NamePattern = _forms[Name].Pattern!;
    }

    /// <summary>The forms that every kind of document has.</summary>
    public static TextForms Common { get; } = new(
    [
        KeyValuePair.Create(Name, TextForm.Matching("a name made of letters, digits, dots, hyphens and underscores", NameForm())),
    ]);

    /// <summary>The regular expression of <see cref="Name"/>.</summary>
    public string NamePattern { get; }

    /// <summary>The form of a syntax, or null for names of other parts and for texts without a form.</summary>
    public TextForm? Find(string? syntax) => syntax is null ? null : _forms.GetValueOrDefault(syntax);

    /// <summary>These forms and others.</summary>
    public TextForms With(IEnumerable<KeyValuePair<string, TextForm>> forms) => new([.. _forms, .. forms]);

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NameForm();
}

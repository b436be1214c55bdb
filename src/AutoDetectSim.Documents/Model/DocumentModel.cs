using AutoDetectSim.Documents.Forms;

namespace AutoDetectSim.Documents.Model;

/// <summary>One kind of YAML document: the record that a whole file binds to, and the forms of its texts.</summary>
internal sealed class DocumentModel
{
    /// <param name="type">The record of a whole file.</param>
    /// <param name="title">What the JSON Schema calls such a file.</param>
    /// <param name="forms">The forms of its texts.</param>
    public DocumentModel(Type type, string title, TextForms forms)
    {
        Root = ModelBuilder.Record(type);
        Title = title;
        Forms = forms;
    }

    /// <summary>The keys of a whole file.</summary>
    public RecordModel Root { get; }

    /// <summary>What the JSON Schema calls such a file.</summary>
    public string Title { get; }

    /// <summary>The forms of its texts.</summary>
    public TextForms Forms { get; }
}

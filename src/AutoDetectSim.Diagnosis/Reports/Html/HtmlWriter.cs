using System.Net;
using System.Text;

namespace AutoDetectSim.Diagnosis.Reports.Html;

/// <summary>Writes HTML. Text comes from certificates and servers: it is always escaped.</summary>
internal sealed class HtmlWriter
{
    private readonly StringBuilder _html = new();

    /// <summary>Encodes text for elements and attributes.</summary>
    public static string Encode(string text) => WebUtility.HtmlEncode(text);

    /// <summary>Writes a start tag.</summary>
    /// <param name="tag">The element.</param>
    /// <param name="css">Its class, or null.</param>
    /// <param name="attributes">Further attributes as they are, or null.</param>
    public HtmlWriter Open(string tag, string? css = null, string? attributes = null)
    {
        _html.Append('<').Append(tag);
        if (css is not null)
        {
            _html.Append(" class=\"").Append(css).Append('"');
        }

        if (attributes is not null)
        {
            _html.Append(' ').Append(attributes);
        }

        _html.Append('>');
        return this;
    }

    /// <summary>Writes an end tag; those of blocks end a line.</summary>
    public HtmlWriter Close(string tag)
    {
        _html.Append("</").Append(tag).Append('>');
        if (tag is not ("span" or "strong" or "code" or "td" or "th" or "a" or "dt" or "dd"))
        {
            _html.Append('\n');
        }

        return this;
    }

    /// <summary>Writes text.</summary>
    public HtmlWriter Text(string text)
    {
        _html.Append(Encode(text));
        return this;
    }

    /// <summary>Writes an element that holds text; nothing where the text is empty.</summary>
    public HtmlWriter Element(string tag, string text, string? css = null) =>
        text.Length == 0 ? this : Open(tag, css).Text(text).Close(tag);

    /// <summary>Writes a table cell with the heading that it has where tables are too wide.</summary>
    public HtmlWriter Cell(string heading, string text, string? css = null) =>
        Open("td", css, $"data-label=\"{Encode(heading)}\"").Text(text).Close("td");

    /// <summary>Writes a list of texts; nothing if it is empty.</summary>
    public HtmlWriter List(string tag, IReadOnlyCollection<string> items)
    {
        if (items.Count == 0)
        {
            return this;
        }

        Open(tag);
        foreach (var item in items)
        {
            Element("li", item);
        }

        return Close(tag);
    }

    /// <summary>Writes the head row of a table.</summary>
    public HtmlWriter HeadRow(params ReadOnlySpan<string> headings)
    {
        Open("thead").Open("tr");
        foreach (var heading in headings)
        {
            Open("th", attributes: "scope=\"col\"").Text(heading).Close("th");
        }

        return Close("tr").Close("thead");
    }

    /// <summary>Writes a part that is collapsed until the reader opens it.</summary>
    public HtmlWriter Fold(string title, Action<HtmlWriter> content)
    {
        Open("details").Element("summary", title);
        content(this);
        return Close("details");
    }

    /// <summary>Writes markup as it is.</summary>
    public HtmlWriter Raw(string html)
    {
        _html.Append(html);
        return this;
    }

    public override string ToString() => _html.ToString();
}

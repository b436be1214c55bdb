using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace AutoDetectSim.Evidence.Envelope;

/// <summary>An XML document within a text, with other text before and after it or without.</summary>
/// <param name="Root">The document's element.</param>
/// <param name="FirstLine">Its first line.</param>
/// <param name="LastLine">Its last line.</param>
internal sealed record XmlFragment(XElement Root, int FirstLine, int LastLine)
{
    private const int MaximumFragments = 16;

    private static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersFromEntities = 0, ConformanceLevel = ConformanceLevel.Document };

    /// <summary>Finds elements of a name.</summary>
    /// <param name="document">The file.</param>
    /// <param name="name">The element's name.</param>
    /// <param name="problem">Why something that looks like it cannot be read, or null.</param>
    public static IReadOnlyList<XmlFragment> Find(EvidenceDocument document, string name, out string? problem)
    {
        var found = new List<XmlFragment>();
        problem = null;
        var (opening, closing) = ($"<{name} ", $"</{name}>");
        var lines = document.Lines;
        for (var index = 0; index < lines.Count && found.Count < MaximumFragments; index++)
        {
            if (!lines[index].Text.StartsWith(opening, StringComparison.Ordinal))
            {
                continue;
            }

            var last = index;
            while (last < lines.Count && !lines[last].Text.Contains(closing, StringComparison.Ordinal))
            {
                last++;
            }

            if (last == lines.Count)
            {
                problem ??= $"line {lines[index].Number}: the XML has no {closing}";
                continue;
            }

            var text = new StringBuilder();
            foreach (var line in lines.Skip(index).Take(last - index + 1))
            {
                text.Append(line.Text).Append('\n');
            }

            try
            {
                using var reader = XmlReader.Create(new StringReader(text.ToString(0, text.ToString().LastIndexOf(closing, StringComparison.Ordinal) + closing.Length)), Settings);
                found.Add(new XmlFragment(XElement.Load(reader), lines[index].Number, lines[last].Number));
                index = last;
            }
            catch (XmlException exception)
            {
                problem ??= $"line {lines[index].Number}: the XML is broken: {exception.Message}";
            }
        }

        return found;
    }
}

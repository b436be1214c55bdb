using System.Globalization;
using System.Text;
using AutoDetectSim.Cli.Output;
using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using IAnsiConsole = Spectre.Console.IAnsiConsole;

namespace AutoDetectSim.Cli.Learn;

/// <summary>Writes Markdown for people: paragraphs and lists at the width of the output, tables as tables, code as it is. Comments are left out.</summary>
internal sealed class MarkdownText
{
    private const int CodeIndent = 4;

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().Build();

    private readonly IAnsiConsole _console = HumanConsole.Create();
    private bool _needsBlankLine;

    private MarkdownText()
    {
    }

    /// <summary>Writes a text to standard output.</summary>
    public static void Write(string markdown)
    {
        var text = new MarkdownText();
        foreach (var block in Markdown.Parse(markdown, Pipeline))
        {
            text.Write(block, indent: 0);
        }
    }

    private void Write(Block block, int indent)
    {
        switch (block)
        {
            case HtmlBlock or LinkReferenceDefinitionGroup or ThematicBreakBlock:
                break;
            case HeadingBlock heading:
                Separate();
                _console.Heading(Text(heading.Inline));
                _needsBlankLine = true;
                break;
            case ParagraphBlock paragraph:
                Separate();
                Lines(Text(paragraph.Inline), indent, indent);
                _needsBlankLine = true;
                break;
            case CodeBlock code:
                Separate();
                foreach (var line in code.Lines.Lines.Take(code.Lines.Count))
                {
                    Line(new string(' ', indent + CodeIndent) + line);
                }

                _needsBlankLine = true;
                break;
            case ListBlock list:
                Separate();
                WriteList(list, indent);
                _needsBlankLine = true;
                break;
            case Table table:
                Separate();
                WriteTable(table);
                _needsBlankLine = true;
                break;
            case ContainerBlock container:
                foreach (var child in container)
                {
                    Write(child, indent + 2);
                }

                break;
        }
    }

    private void WriteList(ListBlock list, int indent)
    {
        var number = int.TryParse(list.OrderedStart, NumberStyles.None, CultureInfo.InvariantCulture, out var first) ? first : 1;
        foreach (var item in list.OfType<ListItemBlock>())
        {
            var marker = list.IsOrdered ? string.Create(CultureInfo.InvariantCulture, $"{number++}. ") : "- ";
            var isFirst = true;
            foreach (var block in item)
            {
                if (isFirst && block is ParagraphBlock paragraph)
                {
                    Separate();
                    Lines(marker + Text(paragraph.Inline), indent, indent + marker.Length);
                }
                else
                {
                    _needsBlankLine |= block is not ListBlock;
                    Write(block, indent + marker.Length);
                }

                isFirst = false;
            }

            _needsBlankLine = list.IsLoose;
        }
    }

    private void WriteTable(Table table)
    {
        var rows = table.OfType<TableRow>().Select(row => row.OfType<TableCell>().Select(CellText).ToArray()).ToList();
        if (rows.Count == 0)
        {
            return;
        }

        var report = new ReportTable(rows[0]);
        foreach (var row in rows.Skip(1))
        {
            report.Add([.. Enumerable.Range(0, rows[0].Length).Select(column => (ReportCell)(row.ElementAtOrDefault(column) ?? string.Empty))]);
        }

        report.WriteTo(_console);
    }

    private static string CellText(TableCell cell) => string.Join(' ', cell.OfType<ParagraphBlock>().Select(paragraph => Text(paragraph.Inline)));

    private void Separate()
    {
        if (_needsBlankLine)
        {
            Line(string.Empty);
        }

        _needsBlankLine = false;
    }

    private void Lines(string text, int indent, int hanging)
    {
        foreach (var line in TextFlow.Wrap(text, _console.Profile.Width, indent, hanging))
        {
            Line(line);
        }
    }

    private void Line(string line) => _console.Profile.Out.Writer.WriteLine(EscapedText.OneLine(line));

    private static string Text(ContainerInline? inlines)
    {
        var text = new StringBuilder();
        foreach (var inline in inlines ?? Enumerable.Empty<Inline>())
        {
            _ = inline switch
            {
                LiteralInline literal => text.Append(literal.Content.ToString()),
                CodeInline code => text.Append('`').Append(code.Content).Append('`'),
                LineBreakInline => text.Append(' '),
                AutolinkInline link => text.Append('<').Append(link.Url).Append('>'),
                HtmlInline html => html.Tag.StartsWith("<!--", StringComparison.Ordinal) ? text : text.Append(html.Tag),
                HtmlEntityInline entity => text.Append(entity.Transcoded.ToString()),
                ContainerInline container => text.Append(Text(container)),
                _ => text,
            };
        }

        return text.ToString();
    }
}

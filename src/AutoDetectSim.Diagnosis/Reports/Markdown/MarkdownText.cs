using System.Text;

namespace AutoDetectSim.Diagnosis.Reports.Markdown;

/// <summary>Writes Markdown. Names come from certificates and servers: none of their characters turns into markup.</summary>
internal static class MarkdownText
{
    /// <summary>Writes a list with a title; nothing where it is empty.</summary>
    public static void List(StringBuilder text, string title, IReadOnlyList<string> lines, int level = 2)
    {
        if (lines.Count == 0)
        {
            return;
        }

        text.Append('#', level).Append(' ').AppendLine(title).AppendLine();
        foreach (var line in lines)
        {
            text.Append("- ").AppendLine(Escape(line));
        }

        text.AppendLine();
    }

    /// <summary>Writes the part for people who do not know certificates.</summary>
    public static void Customer(StringBuilder text, IReadOnlyList<CustomerPart> parts)
    {
        text.AppendLine("## Summary for the customer").AppendLine();
        foreach (var part in parts)
        {
            text.Append("**").Append(Escape(part.Title)).Append(".** ").AppendLine(Escape(part.Text)).AppendLine();
        }
    }

    /// <summary>Writes the part about changes that were tried.</summary>
    public static void BeforeAndAfter(StringBuilder text, WhatIfRow? whatIf)
    {
        if (whatIf is null)
        {
            return;
        }

        text.AppendLine("## Before and after").AppendLine().AppendLine(Escape(whatIf.Lead)).AppendLine();
        foreach (var change in whatIf.Changes)
        {
            text.Append("- ").AppendLine(Escape(ChangeText.Of(change)));
        }

        text.AppendLine();
        Block(text, "text", string.Join('\n', whatIf.Changes));
        text.AppendLine(Escape(whatIf.Note)).AppendLine();
        Row(text, "", "Before", "After");
        Row(text, "---", "---:", "---:");
        foreach (var (name, before, after) in whatIf.Rates)
        {
            Row(text, name, before is { } rate ? ReportText.Percent(rate) : "", ReportText.Percent(after));
        }

        text.AppendLine();
    }

    /// <summary>Writes the line that says that a lab answered, before anything else.</summary>
    public static void Reproduction(StringBuilder text, string? reproduction)
    {
        if (reproduction is not null)
        {
            text.AppendLine(Escape(reproduction)).AppendLine();
        }
    }

    /// <summary>Writes the commands of real servers.</summary>
    public static void Repairs(StringBuilder text, IReadOnlyList<RepairDocument> repairs)
    {
        foreach (var repair in repairs)
        {
            text.Append("### ").Append(Escape(repair.Repair)).Append(": ").AppendLine(Escape(repair.Server)).AppendLine();
            Block(text, "text", string.Join('\n', repair.Lines));
        }
    }

    /// <summary>Writes a row of a table.</summary>
    public static void Row(StringBuilder text, params string[] cells) =>
        text.Append("| ").AppendJoin(" | ", cells.Select(Cell)).AppendLine(" |");

    /// <summary>Writes a block of text as it is.</summary>
    public static void Block(StringBuilder text, string language, string content)
    {
        // A fence is longer than any that stands in the content.
        var longest = 2;
        var run = 0;
        foreach (var character in content)
        {
            run = character == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        var fence = new string('`', longest + 1);
        text.Append(fence).AppendLine(language).AppendLine(string.Concat(content.TrimEnd().ReplaceLineEndings("\n").Select(character => char.IsControl(character) && character != '\n' ? ' ' : character))).AppendLine(fence).AppendLine();
    }

    /// <summary>Takes the meaning out of characters that have one.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var character in text.ReplaceLineEndings(" "))
        {
            if (character is '\\' or '`' or '*' or '_' or '[' or ']' or '<' or '>' or '|' or '#')
            {
                escaped.Append('\\');
            }

            escaped.Append(char.IsControl(character) ? ' ' : character);
        }

        return escaped.ToString();
    }

    private static string Cell(string text) => text.StartsWith("**", StringComparison.Ordinal) || text.StartsWith("---", StringComparison.Ordinal) ? text : Escape(text);
}

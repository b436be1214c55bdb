using System.Globalization;
using System.Text;
using System.Xml;
using AutoDetectSim.Documents.Files;

namespace AutoDetectSim.Cli.Output;

/// <summary>Test results in the XML form of JUnit that CI systems read.</summary>
internal static class JUnitFile
{
    /// <summary>The text of the file.</summary>
    public static string Render(IReadOnlyList<JUnitCase> cases)
    {
        using var buffer = new MemoryStream();
        using (var writer = XmlWriter.Create(buffer, new XmlWriterSettings { Indent = true, Encoding = new UTF8Encoding(false), CheckCharacters = false }))
        {
            Write(writer, cases);
        }

        return ContentSeal.Markup.Seal(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
    }

    private static void Write(XmlWriter writer, IReadOnlyList<JUnitCase> cases)
    {
        writer.WriteStartElement("testsuites");
        writer.WriteStartElement("testsuite");
        writer.WriteAttributeString("name", "autodetectsim");
        writer.WriteAttributeString("tests", Number(cases.Count));
        writer.WriteAttributeString("failures", Number(cases.Count(one => one.Outcome == JUnitOutcome.Failed)));
        writer.WriteAttributeString("errors", Number(cases.Count(one => one.Outcome == JUnitOutcome.Error)));
        writer.WriteAttributeString("time", Seconds(cases.Sum(one => one.ElapsedMs)));
        foreach (var one in cases)
        {
            writer.WriteStartElement("testcase");
            writer.WriteAttributeString("classname", one.ClassName);
            writer.WriteAttributeString("name", one.Name);
            if (one.File is not null)
            {
                writer.WriteAttributeString("file", one.File);
            }

            writer.WriteAttributeString("time", Seconds(one.ElapsedMs));
            if (one.Outcome != JUnitOutcome.Passed)
            {
                writer.WriteStartElement(one.Outcome == JUnitOutcome.Failed ? "failure" : "error");
                writer.WriteAttributeString("message", one.Lines is [var first, ..] ? first : "");
                writer.WriteString(string.Join('\n', one.Lines));
                writer.WriteEndElement();
            }

            writer.WriteEndElement();
        }

        writer.WriteEndElement();
        writer.WriteEndElement();
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Seconds(double milliseconds) => (milliseconds / 1000).ToString("0.000", CultureInfo.InvariantCulture);
}

/// <summary>One test case.</summary>
internal sealed record JUnitCase
{
    /// <summary>What the case belongs to.</summary>
    public required string ClassName { get; init; }

    public required string Name { get; init; }

    /// <summary>The file that it tests, or null.</summary>
    public string? File { get; init; }

    public required JUnitOutcome Outcome { get; init; }

    /// <summary>What went wrong; the first line is the message.</summary>
    public IReadOnlyList<string> Lines { get; init; } = [];

    public required double ElapsedMs { get; init; }
}

/// <summary>How a test case ended.</summary>
internal enum JUnitOutcome
{
    Passed,

    /// <summary>Something is not as expected.</summary>
    Failed,

    /// <summary>The test could not be made.</summary>
    Error,
}

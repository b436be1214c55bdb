using System.Globalization;
using System.Text;
using System.Xml;
using AutoDetectSim.Cli.Output;

namespace AutoDetectSim.Cli.Test;

/// <summary>Test results in the XML form of JUnit that CI systems read.</summary>
internal static class JUnitFile
{
    /// <summary>Writes the file in one step.</summary>
    /// <exception cref="InputException">The file cannot be written.</exception>
    public static void Write(string path, IReadOnlyList<ScenarioFileResult> results)
    {
        try
        {
            using (var writer = XmlWriter.Create(path + ".tmp", new XmlWriterSettings { Indent = true, Encoding = new UTF8Encoding(false), CheckCharacters = false }))
            {
                Write(writer, results);
            }

            File.Move(path + ".tmp", path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: the JUnit file cannot be written: {exception.Message}");
        }
    }

    private static void Write(XmlWriter writer, IReadOnlyList<ScenarioFileResult> results)
    {
        writer.WriteStartElement("testsuites");
        writer.WriteStartElement("testsuite");
        writer.WriteAttributeString("name", "autodetectsim");
        writer.WriteAttributeString("tests", Number(results.Count));
        writer.WriteAttributeString("failures", Number(results.Count(result => result.Status == ScenarioTestStatus.Failed)));
        writer.WriteAttributeString("errors", Number(results.Count(result => result.Status is ScenarioTestStatus.Invalid or ScenarioTestStatus.CouldNotStart)));
        writer.WriteAttributeString("time", Seconds(results.Sum(result => result.ElapsedMs)));
        foreach (var result in results)
        {
            writer.WriteStartElement("testcase");
            writer.WriteAttributeString("classname", "scenarios");
            writer.WriteAttributeString("name", result.Name);
            writer.WriteAttributeString("file", result.File);
            writer.WriteAttributeString("time", Seconds(result.ElapsedMs));
            if (result.Status != ScenarioTestStatus.Passed)
            {
                var lines = result.Problems.Concat(result.Worlds.SelectMany(world => world.Expectations.SelectMany(expectation =>
                    expectation.Differences.Select(difference => $"{expectation.Detect}, {world.World}: {difference}")))).ToList();
                writer.WriteStartElement(result.Status == ScenarioTestStatus.Failed ? "failure" : "error");
                writer.WriteAttributeString("message", lines.FirstOrDefault() ?? "");
                writer.WriteString(string.Join('\n', lines));
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

using System.Globalization;
using System.Xml.Linq;
using AutoDetectSim.Evidence.Calls;
using AutoDetectSim.Evidence.Envelope;

namespace AutoDetectSim.Evidence.Forms;

/// <summary>The XML of <c>nmap -oX</c>, which has what the scripts print in attributes.</summary>
internal static class NmapXml
{
    /// <summary>The element of the whole scan.</summary>
    public const string Element = "nmaprun";

    private static readonly NmapForm Form = new();

    public static IEnumerable<EvidenceCall> Read(XmlFragment fragment)
    {
        var at = EvidenceTime.FromSeconds(fragment.Root.Attribute("start")?.Value ?? "");
        return Form.Read([.. Lines(fragment.Root).SelectMany(text => text.Split('\n')).Select(text => new EvidenceLine(fragment.FirstLine, text, text.Trim()))])
            .Select(call => call with { At = at, AtBasis = at is null ? null : "start" });
    }

    /// <summary>The same scan as nmap prints it on the screen.</summary>
    private static IEnumerable<string> Lines(XElement root)
    {
        foreach (var host in root.Elements("host"))
        {
            var names = host.Descendants("hostname").ToList();
            var name = (names.Find(known => known.Attribute("type")?.Value == "user") ?? names.FirstOrDefault())?.Attribute("name")?.Value
                ?? host.Element("address")?.Attribute("addr")?.Value;
            yield return $"Nmap scan report for {name}";
            foreach (var port in host.Descendants("port"))
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"{port.Attribute("portid")?.Value}/{port.Attribute("protocol")?.Value} {port.Element("state")?.Attribute("state")?.Value} {port.Element("service")?.Attribute("name")?.Value}");
                foreach (var script in port.Elements("script"))
                {
                    var output = script.Attribute("output")?.Value ?? "";
                    yield return $"{script.Attribute("id")?.Value}:{(output.StartsWith('\n') ? "" : " ")}{output}";
                }
            }
        }
    }
}

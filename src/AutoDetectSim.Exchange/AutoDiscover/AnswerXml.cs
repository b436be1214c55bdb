using System.Text;
using System.Xml;
using System.Xml.Linq;
using AutoDetectSim.Exchange.Answers;

namespace AutoDetectSim.Exchange.AutoDiscover;

/// <summary>XML as the older AutoDiscover interfaces send it.</summary>
internal static class AnswerXml
{
    /// <summary>Indented, as autodiscover.xml is ([POXDOC]).</summary>
    public static Answer Indented(XElement root, IReadOnlyList<(string, string)> headers) => Send(root, indent: true, 200, headers);

    /// <summary>On one line, as WCF sends autodiscover.svc.</summary>
    public static Answer OnOneLine(XElement root, int status, IReadOnlyList<(string, string)> headers) => Send(root, indent: false, status, headers);

    private static Answer Send(XElement root, bool indent, int status, IReadOnlyList<(string, string)> headers)
    {
        using var buffer = new MemoryStream();
        var settings = new XmlWriterSettings
        {
            Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            Indent = indent,
            NewLineChars = "\r\n",
            OmitXmlDeclaration = !indent,
            // A display name may hold what XML does not allow; it is dropped from the answer rather than the answer from the lab.
            CheckCharacters = false,
        };
        using (var writer = XmlWriter.Create(buffer, settings))
        {
            root.Save(writer);
        }

        return new Answer { StatusCode = status, Headers = [("Cache-Control", "private"), ("Content-Type", "text/xml; charset=utf-8"), .. headers], Body = buffer.ToArray() };
    }
}

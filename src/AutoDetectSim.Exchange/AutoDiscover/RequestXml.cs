using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace AutoDetectSim.Exchange.AutoDiscover;

/// <summary>XML that a client sent, read without document types, external parts, or unbounded depth.</summary>
internal sealed class RequestXml
{
    private const int MaximumDepth = 32;

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = ExchangeRequest.MaximumBodySize,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    };

    private RequestXml(XElement? root, bool isHostile)
    {
        Root = root;
        IsHostile = isHostile;
    }

    /// <summary>The root element, or null when the text is not XML.</summary>
    public XElement? Root { get; }

    /// <summary>Whether the text has a document type, or elements deeper than anyone needs: such a request is refused.</summary>
    public bool IsHostile { get; }

    /// <summary>Reads a document. Throws nothing for what the bytes hold.</summary>
    public static RequestXml Read(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using (var reader = XmlReader.Create(new MemoryStream(bytes.ToArray()), Settings))
            {
                while (reader.Read())
                {
                    if (reader.Depth > MaximumDepth)
                    {
                        return new RequestXml(null, isHostile: true);
                    }
                }
            }

            using var again = XmlReader.Create(new MemoryStream(bytes.ToArray()), Settings);
            return new RequestXml(XDocument.Load(again).Root, isHostile: false);
        }
        catch (Exception exception) when (exception is XmlException or ArgumentException or InvalidOperationException)
        {
            return new RequestXml(null, HasDocumentType(bytes.Span));
        }
    }

    /// <summary>The first descendant with a local name in any namespace, or null.</summary>
    public XElement? Find(string localName) => Root?.Descendants().FirstOrDefault(element => string.Equals(element.Name.LocalName, localName, StringComparison.Ordinal));

    private static bool HasDocumentType(ReadOnlySpan<byte> bytes) =>
        bytes.IndexOf("<!DOCTYPE"u8) >= 0
        || bytes.IndexOf(Encoding.Unicode.GetBytes("<!DOCTYPE")) >= 0
        || bytes.IndexOf(Encoding.BigEndianUnicode.GetBytes("<!DOCTYPE")) >= 0;
}

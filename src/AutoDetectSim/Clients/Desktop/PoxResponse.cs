using System.Runtime.InteropServices;
using System.Xml;
using System.Xml.Linq;

namespace AutoDetectSim.Clients.Desktop;

/// <summary>
/// An answer of autodiscover.xml as Outlook reads it ([POXDOC]): every element in its namespace and in its casing, of which there are
/// two that nest.
/// </summary>
/// <param name="EwsUrl">Where the mailbox is reached over EWS; null where the answer does not say.</param>
internal sealed record PoxResponse(Uri? EwsUrl)
{
    private const int MaximumLength = 256 * 1024;

    private static readonly XNamespace Outer = "http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006";
    private static readonly XNamespace Inner = "http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a";

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = MaximumLength,
    };

    /// <summary>Reads an answer with settings or a redirect; null for an error, and for what Outlook cannot read.</summary>
    public static PoxResponse? Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(MemoryMarshal.TryGetArray(body, out var segment) ? segment.ToArray() : body.ToArray()), Settings);
            var account = XDocument.Load(reader).Element(Outer + "Autodiscover")?.Element(Inner + "Response")?.Element(Inner + "Account");
            return account?.Element(Inner + "Action") is null
                ? null
                : new PoxResponse(Uri.TryCreate(account.Descendants(Inner + "ASUrl").FirstOrDefault()?.Value, UriKind.Absolute, out var url) && url.Scheme is "https" ? url : null);
        }
        catch (Exception exception) when (exception is XmlException or InvalidOperationException)
        {
            return null;
        }
    }
}

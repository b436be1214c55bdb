using System.Runtime.InteropServices;
using System.Xml;

namespace AutoDetectSim.AutoDetect.Pipeline;

/// <summary>Reads an AutoDiscover POX answer of the MobileSync schema ([MS-ASCMD] 2.2.1.1).</summary>
internal static class MobileSyncResponse
{
    private const int MaximumLength = 256 * 1024;

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = MaximumLength,
        IgnoreComments = true,
        IgnoreWhitespace = true,
    };

    /// <summary>The Url of the Server whose Type is MobileSync, or null. Namespaces nest in such answers, so local names decide ([TBEAS]).</summary>
    public static string? ReadUrl(ReadOnlyMemory<byte> body)
    {
        if (body.Length > MaximumLength)
        {
            return null;
        }

        try
        {
            using var stream = MemoryMarshal.TryGetArray(body, out var segment)
                ? new MemoryStream(segment.Array!, segment.Offset, segment.Count, writable: false)
                : new MemoryStream(body.ToArray(), writable: false);
            using var reader = XmlReader.Create(stream, Settings);
            while (MoveToServer(reader))
            {
                if (ReadServer(reader) is { } url)
                {
                    return url;
                }
            }
        }
        catch (XmlException)
        {
            return null;
        }

        return null;
    }

    private static bool MoveToServer(XmlReader reader)
    {
        while (reader.Read())
        {
            if (reader.NodeType == XmlNodeType.Element && reader.LocalName is "Server")
            {
                return true;
            }
        }

        return false;
    }

    private static string? ReadServer(XmlReader reader)
    {
        string? type = null;
        string? url = null;
        using var server = reader.ReadSubtree();
        server.Read();
        server.Read();
        while (!server.EOF)
        {
            if (server.NodeType == XmlNodeType.Element && server.Depth == 1 && server.LocalName is "Type" or "Url")
            {
                var name = server.LocalName;
                var text = server.ReadElementContentAsString();
                type = name is "Type" ? text : type;
                url = name is "Url" ? text : url;
            }
            else
            {
                server.Read();
            }
        }

        return type is "MobileSync" && !string.IsNullOrWhiteSpace(url) ? url.Trim() : null;
    }
}

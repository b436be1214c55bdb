using System.Globalization;
using System.Text;
using AutoDetectSim.Scenarios;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace AutoDetectSim.Network.Faults;

/// <summary>What a broken server or a careless device makes of a good answer: bytes that are not the HTTP that they should be.</summary>
internal static class MalformedAnswer
{
    private const string LineEnd = "\r\n";

    /// <summary>Longer than the heads that Node.js accepts.</summary>
    private const int OversizedHeader = 16 * 1024;

    // What frames the body is said anew.
    private static readonly string[] Framing = ["Content-Length", "Transfer-Encoding", "Connection"];

    /// <summary>Whether a fault is one of this kind.</summary>
    public static bool Is(TransportFault fault) => fault is >= TransportFault.NotHttp and <= TransportFault.TrailingData;

    /// <summary>The bytes of the answer.</summary>
    /// <param name="fault">What is wrong with them.</param>
    /// <param name="response">The answer as it should have been, without its body.</param>
    /// <param name="body">The body as it should have been.</param>
    public static byte[] Make(TransportFault fault, HttpResponse response, ReadOnlySpan<byte> body)
    {
        if (fault == TransportFault.NotHttp)
        {
            return Encoding.ASCII.GetBytes($"220 {response.HttpContext.Request.Host.Host} ESMTP{LineEnd}");
        }

        var end = fault == TransportFault.BareLineFeeds ? "\n" : LineEnd;
        var head = new StringBuilder();
        head.Append(fault == TransportFault.MalformedStatus
            ? "HTTP/1.1 OK"
            : string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {response.StatusCode} {ReasonPhrases.GetReasonPhrase(response.StatusCode)}")).Append(end);
        foreach (var (name, values) in response.Headers)
        {
            foreach (var value in Framing.Contains(name, StringComparer.OrdinalIgnoreCase) ? [] : values.ToArray())
            {
                head.Append(name).Append(": ").Append(value).Append(end);
            }
        }

        foreach (var line in FramingLines(fault, body.Length))
        {
            head.Append(line).Append(end);
        }

        return [.. Encoding.Latin1.GetBytes(head.Append(end).ToString()), .. Frame(fault, body)];
    }

    private static IEnumerable<string> FramingLines(TransportFault fault, int length)
    {
        yield return "Connection: close";
        var contentLength = string.Create(CultureInfo.InvariantCulture, $"Content-Length: {length}");
        switch (fault)
        {
            case TransportFault.MalformedHeader:
                yield return "X-Inspected : yes";
                break;
            case TransportFault.OversizedHead:
                yield return "Set-Cookie: state=" + new string('0', OversizedHeader);
                break;
            case TransportFault.DuplicateLength:
                yield return contentLength;
                break;
            case TransportFault.LengthAndChunks:
                yield return contentLength;
                yield return "Transfer-Encoding: chunked";
                yield break;
            case TransportFault.MalformedChunk:
                yield return "Transfer-Encoding: chunked";
                yield break;
        }

        yield return contentLength;
    }

    private static byte[] Frame(TransportFault fault, ReadOnlySpan<byte> body) => fault switch
    {
        TransportFault.LengthAndChunks => [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{body.Length:x}{LineEnd}")), .. body, .. "\r\n0\r\n\r\n"u8],
        TransportFault.MalformedChunk => [.. "\r\n"u8, .. body, .. "\r\n0\r\n\r\n"u8],
        TransportFault.TrailingData => [.. body, .. "\r\n<!-- inspected -->\r\n"u8],
        _ => [.. body],
    };
}

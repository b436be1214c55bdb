using System.Net.Sockets;
using AutoDetectSim.Network;
using AutoDetectSim.Protocols.Node;
using Microsoft.AspNetCore.Http;

namespace AutoDetectSim.Hosting.Parts;

/// <summary>Forwards a request for an <c>http://</c> URL to the process that serves it.</summary>
internal static class PlainForwarder
{
    /// <summary>Headers that belong to one connection (RFC 9110 7.6.1), and those that are written anew.</summary>
    private static readonly string[] NotForwarded = ["Connection", "Keep-Alive", "Transfer-Encoding", "Content-Length", "Host", "TE", "Trailer", "Upgrade"];

    /// <summary>Answers with the answer of the other process.</summary>
    public static async Task AnswerAsync(HttpContext context, LabNetwork network, LabConnection connection, Uri url)
    {
        LabHttpResponse response;
        try
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            var request = new LabHttpRequest
            {
                Method = context.Request.Method,
                Uri = url,
                Headers = [.. context.Request.Headers.Where(header => IsForwarded(header.Key)).SelectMany(header => header.Value.Select(value => KeyValuePair.Create(header.Key, value ?? string.Empty)))],
                Body = body.ToArray(),
            };
            await using var stream = new NetworkStream(await network.ConnectAsync(connection, context.RequestAborted), ownsSocket: true);
            response = await StrictHttpClient.ExchangeAsync(stream, request, context.RequestAborted);
        }
        catch (Exception exception) when (exception is SocketException or HttpRequestException or IOException)
        {
            network.Journal.Fail(url.IdnHost, url.Port, connection.Caller, new NodeError(NodeErrors.ConnectionRefused, exception.Message));
            context.Response.StatusCode = StatusCodes.Status502BadGateway;
            context.Response.ContentLength = 0;
            return;
        }

        context.Response.StatusCode = response.StatusCode;
        foreach (var header in response.Headers.Where(header => IsForwarded(header.Key)))
        {
            context.Response.Headers.Append(header.Key, header.Value);
        }

        context.Response.ContentLength = response.Body.Length;
        await context.Response.Body.WriteAsync(response.Body, context.RequestAborted);
    }

    private static bool IsForwarded(string name) => !NotForwarded.Contains(name, StringComparer.OrdinalIgnoreCase);
}

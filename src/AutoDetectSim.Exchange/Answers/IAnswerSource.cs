using Microsoft.AspNetCore.Http;

namespace AutoDetectSim.Exchange.Answers;

/// <summary>
/// Gives the answers of one generation of a lab, those of Exchange Online among them. Both kinds of source send the same
/// bytes for a generated answer.
/// </summary>
internal interface IAnswerSource
{
    /// <summary>
    /// Answers one request. <paramref name="sign"/> runs once the answer's status and headers are in the response and before
    /// its body is sent; private headers of the answer are still there, and are removed afterwards.
    /// </summary>
    Task AnswerAsync(HttpContext context, RequestFacts facts, Action<HttpResponse> sign);
}

/// <summary>What both kinds of source do once the status and the headers of an answer are in the response.</summary>
internal static class AnswerResponse
{
    /// <summary>Signs the answer, removes its private headers and sends its body.</summary>
    /// <param name="response">The response, with status and headers.</param>
    /// <param name="body">The body; it is not sent in answer to HEAD.</param>
    /// <param name="length">The length that Content-Length states, or null when it is not known.</param>
    /// <param name="sign">Adds what identifies the server.</param>
    public static async Task SendAsync(HttpResponse response, ReadOnlyMemory<byte> body, long? length, Action<HttpResponse> sign)
    {
        if (response.StatusCode is not (StatusCodes.Status204NoContent or StatusCodes.Status304NotModified))
        {
            response.ContentLength = length;
        }

        sign(response);
        foreach (var name in response.Headers.Keys.Where(RequestFacts.IsPrivate).ToList())
        {
            response.Headers.Remove(name);
        }

        if (body.Length > 0 && !HttpMethods.IsHead(response.HttpContext.Request.Method))
        {
            await response.Body.WriteAsync(body, response.HttpContext.RequestAborted);
        }
    }
}

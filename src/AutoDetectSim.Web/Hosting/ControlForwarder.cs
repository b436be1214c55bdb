using System.Net.Http.Headers;
using AutoDetectSim.Control;
using AutoDetectSim.Protocols.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace AutoDetectSim.Web.Hosting;

/// <summary>Passes a page's request on to a control server, whose token never reaches the browser, and the answer back as it comes: events are not held up.</summary>
internal sealed class ControlForwarder : IDisposable
{
    private readonly HttpMessageInvoker _http = new(PlainHandler.Create());

    /// <summary>Passes a request on.</summary>
    /// <param name="context">The request.</param>
    /// <param name="access">The control server.</param>
    /// <param name="path">The path there, with its query.</param>
    /// <exception cref="ControlException">The control server is gone.</exception>
    public async Task ForwardAsync(HttpContext context, ControlAccess access, string path)
    {
        using var message = new HttpRequestMessage(new HttpMethod(context.Request.Method), access.Url + path);
        message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", access.Token);
        if (HttpMethods.IsPost(context.Request.Method))
        {
            message.Content = new StreamContent(context.Request.Body);
            message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        HttpResponseMessage response;
        try
        {
            response = await _http.SendAsync(message, context.RequestAborted);
        }
        catch (HttpRequestException exception)
        {
            if (Refusal(exception) is { } refusal)
            {
                throw new ControlException(refusal.StatusCode, [refusal.Message]);
            }

            throw new ControlException(StatusCodes.Status502BadGateway, ["The lab no longer answers. If it was restarted, restart the console too."]);
        }

        using (response)
        {
            context.Response.StatusCode = (int)response.StatusCode;
            context.Response.ContentType = response.Content.Headers.ContentType?.ToString();
            context.Response.ContentLength = response.Content.Headers.ContentLength;
            context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
            await using var body = await response.Content.ReadAsStreamAsync(context.RequestAborted);
            try
            {
                await body.CopyToAsync(context.Response.Body, context.RequestAborted);
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException)
            {
                // The lab has ended in the middle of an answer: so does the answer.
                context.Abort();
            }
        }
    }

    public void Dispose() => _http.Dispose();

    /// <summary>What was wrong with the body of the page's request, which is read while it is sent on.</summary>
    private static BadHttpRequestException? Refusal(Exception? exception)
    {
        while (exception is not (null or BadHttpRequestException))
        {
            exception = exception.InnerException;
        }

        return (BadHttpRequestException?)exception;
    }
}

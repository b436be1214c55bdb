using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace AutoDetectSim.Network;

/// <summary>What a web server answers whose plain HTTP only leads to https:.</summary>
internal static class HttpRedirect
{
    /// <summary>Redirects the client to a URL, or to the requested one with https: (302, as IIS does by default).</summary>
    public static Task AnswerAsync(HttpContext context, string? url)
    {
        context.Response.StatusCode = StatusCodes.Status302Found;
        context.Response.Headers.Location = url ?? $"https://{context.Request.Host.Host}{Target(context)}";
        context.Response.ContentLength = 0;
        return Task.CompletedTask;
    }

    // The target as it was sent: a client that escaped its address finds it as it was.
    private static string Target(HttpContext context)
    {
        var sent = context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "/";
        return sent.StartsWith('/')
            ? sent
            : Uri.TryCreate(sent, UriKind.Absolute, out var absolute) ? absolute.PathAndQuery : "/";
    }
}

using AutoDetectSim.Control;
using Microsoft.AspNetCore.Http;

namespace AutoDetectSim.Web.Hosting;

/// <summary>Answers whoever opens a printed link: with the cookie at once, or with a form for the password first.</summary>
/// <param name="gate">The gate.</param>
internal sealed class PasswordPage(ConsoleGate gate) : IDisposable
{
    private const string Field = "password";
    private const int LongestForm = 4096;

    /// <summary>A form that is sent to the console itself; browsers then name the console as its origin.</summary>
    private const string Policy = "default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private static readonly string Form = ConsoleAssets.Text("password.html");
    private static readonly string WrongPassword = Form.Replace("<!-- alert -->", "<p role=\"alert\">This is not the password.</p>", StringComparison.Ordinal);

    private static readonly TimeSpan WrongPause = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Answers.</summary>
    public async Task AnswerAsync(HttpContext context)
    {
        var isPost = HttpMethods.IsPost(context.Request.Method);
        if (!isPost && !HttpMethods.IsGet(context.Request.Method))
        {
            throw new ControlException(StatusCodes.Status405MethodNotAllowed, [$"There is no {context.Request.Method} {context.Request.Path}."]);
        }

        if (!gate.AsksForPassword || (isPost && await IsRightAsync(context)))
        {
            // Not a redirect: browsers send no SameSite=Strict cookie along a redirect that begins on another site, such as a terminal in a browser.
            gate.Admit(context);
            await ConsoleAssets.TryWriteAsync(context, "enter.html");
            return;
        }

        context.Response.StatusCode = isPost ? StatusCodes.Status403Forbidden : StatusCodes.Status200OK;
        context.Response.Headers.ContentSecurityPolicy = Policy;
        context.Response.Headers["Referrer-Policy"] = "same-origin";
        context.Response.ContentType = "text/html; charset=utf-8";
        await context.Response.WriteAsync(isPost ? WrongPassword : Form, context.RequestAborted);
    }

    public void Dispose() => _turn.Dispose();

    /// <summary>Whether the form has the password. Wrong ones are answered one after the other, with a pause.</summary>
    private async Task<bool> IsRightAsync(HttpContext context)
    {
        if (!context.Request.HasFormContentType || context.Request.ContentLength is null or > LongestForm)
        {
            throw new ControlException(StatusCodes.Status415UnsupportedMediaType, ["Send the form of the page."]);
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        await _turn.WaitAsync(context.RequestAborted);
        try
        {
            if (gate.IsPassword(form[Field]))
            {
                return true;
            }

            await Task.Delay(WrongPause, TimeProvider.System, context.RequestAborted);
            return false;
        }
        finally
        {
            _turn.Release();
        }
    }
}

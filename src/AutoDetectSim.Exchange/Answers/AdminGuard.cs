using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Newtonsoft.Json;

namespace AutoDetectSim.Exchange.Answers;

/// <summary>
/// Stands before WireMock's admin API: whoever calls must know the token, and must be neither a page in a browser nor have been
/// led here by a name (DNS rebinding); settings, files and recordings do not exist; mappings follow the rules of mapping files.
/// </summary>
internal sealed class AdminGuard
{
    private const int MaximumBody = 1024 * 1024;
    private const int TokenBytes = 32;

    private static readonly JsonSerializerSettings Output = new() { NullValueHandling = NullValueHandling.Ignore };

    private readonly byte[] _authorization;
    private readonly string _token;

    /// <summary>Draws a token.</summary>
    public AdminGuard()
    {
        _token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TokenBytes));
        _authorization = Encoding.ASCII.GetBytes("Bearer " + _token);
    }

    /// <summary>The token for the header <c>Authorization: Bearer TOKEN</c>. WireMock's settings lead to this object, and templates read properties of whatever they reach.</summary>
    public string TokenForTheUser() => _token;

    /// <summary>Puts the guard before WireMock.</summary>
    public void Install(object application) => ((IApplicationBuilder)application).Use(GuardAsync);

    private static bool IsKnown(string method, string path) =>
        (path is "/mappings" && method is "GET" or "POST" or "DELETE")
        || (path is "/mappings/reset" or "/requests/reset" or "/scenarios/reset" or "/requests/find" or "/requests/count" && HttpMethods.IsPost(method))
        || (path.StartsWith("/mappings/", StringComparison.Ordinal) && Guid.TryParse(path["/mappings/".Length..], out _) && method is "GET" or "PUT" or "DELETE")
        || (path is "/requests" && method is "GET" or "DELETE")
        || (path is "/scenarios" or "/health" && HttpMethods.IsGet(method));

    private static bool ChangesMappings(HttpRequest request, string path) =>
        (HttpMethods.IsPost(request.Method) && path is "/mappings") || (HttpMethods.IsPut(request.Method) && path.StartsWith("/mappings/", StringComparison.Ordinal));

    private async Task GuardAsync(HttpContext context, RequestDelegate next)
    {
        // Percent-encoding and case do not lead around the guard: WireMock compares decoded paths.
        var isAdmin = context.Request.Path.StartsWithSegments(MappingServer.AdminPath, StringComparison.OrdinalIgnoreCase, out var rest)
            || context.Request.Path.Value?.Contains("__admin", StringComparison.OrdinalIgnoreCase) == true;
        if (!isAdmin)
        {
            await next(context);
            return;
        }

        var path = rest.Value?.TrimEnd('/') ?? string.Empty;
        var address = $"127.0.0.1:{context.Connection.LocalPort}";
        if (!string.Equals(context.Request.Host.Value, address, StringComparison.Ordinal))
        {
            await RefuseAsync(context, StatusCodes.Status421MisdirectedRequest, $"Use the address of this server, {address}.");
        }
        else if (context.Request.Headers.Origin.Count > 0 || context.Request.Headers.ContainsKey("Sec-Fetch-Site"))
        {
            await RefuseAsync(context, StatusCodes.Status403Forbidden, "Pages in a browser may not use this server.");
        }
        else if (!CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(context.Request.Headers.Authorization.ToString()), _authorization))
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            await RefuseAsync(context, StatusCodes.Status401Unauthorized, "The header `Authorization: Bearer TOKEN` with the token of this server is required.");
        }
        else if (!IsKnown(context.Request.Method, path))
        {
            await RefuseAsync(context, StatusCodes.Status404NotFound, $"The admin API of a lab has no {context.Request.Method} {path}: mappings, requests, scenarios and health are there.");
        }
        else if (!ChangesMappings(context.Request, path) || await MayPassAsync(context))
        {
            await next(context);
        }
    }

    private static async Task<bool> MayPassAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (int read; (read = await context.Request.Body.ReadAsync(buffer, context.RequestAborted)) > 0;)
        {
            body.Write(buffer, 0, read);
            if (body.Length > MaximumBody)
            {
                await RefuseAsync(context, StatusCodes.Status413PayloadTooLarge, $"A mapping may have {MaximumBody} bytes.");
                return false;
            }
        }

        var (checkedText, problem) = Check(Encoding.UTF8.GetString(body.GetBuffer(), 0, (int)body.Length));
        if (problem is not null)
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, problem);
            return false;
        }

        var bytes = Encoding.UTF8.GetBytes(checkedText!);
        context.Request.Body = new MemoryStream(bytes);
        context.Request.ContentLength = bytes.Length;
        return true;
    }

    /// <summary>The mappings as they are handed on: with the matchers that take the place of WireMock's.</summary>
    private static (string? Text, string? Problem) Check(string text)
    {
        try
        {
            var mappings = MappingFiles.Parse(text).ToList();
            var problem = mappings.Select(mapping => MappingRules.Check(mapping.Source, mapping.Model, folder: null, root: null)).FirstOrDefault(problem => problem is not null);
            var models = mappings.ConvertAll(mapping => mapping.Model);
            return (JsonConvert.SerializeObject(text.AsSpan().TrimStart().StartsWith("[") ? models : models.FirstOrDefault(), Output), problem);
        }
        catch (JsonException exception)
        {
            return (null, exception.Message);
        }
    }

    private static async Task RefuseAsync(HttpContext context, int status, string sentence)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.WriteAsync(sentence + "\n", context.RequestAborted);
    }
}

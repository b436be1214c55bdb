using System.Collections.Frozen;
using System.Reflection;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace AutoDetectSim.Web.Hosting;

/// <summary>The files of the console, which are inside this assembly: no folder beside it is read, and nothing is fetched from elsewhere.</summary>
internal static class ConsoleAssets
{
    private const string Prefix = "assets/";

    private static readonly FrozenDictionary<string, string> Types = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [".html"] = "text/html; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".svg"] = "image/svg+xml",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, byte[]> Files = Assembly.GetExecutingAssembly().GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .ToFrozenDictionary(name => name[Prefix.Length..].Replace('\\', '/'), Read, StringComparer.Ordinal);

    /// <summary>Answers with a file; false if there is none of that name.</summary>
    public static async Task<bool> TryWriteAsync(HttpContext context, string name)
    {
        if (!Files.TryGetValue(name, out var bytes) || !Types.TryGetValue(Path.GetExtension(name), out var type))
        {
            return false;
        }

        context.Response.ContentType = type;
        context.Response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
        }

        return true;
    }

    /// <summary>The text of a file that exists.</summary>
    public static string Text(string name) => Encoding.UTF8.GetString(Files[name]);

    private static byte[] Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        using var buffer = new MemoryStream();
        stream.CopyTo(buffer);
        return buffer.ToArray();
    }
}

using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using AutoDetectSim.AutoDetect.Answers;
using AutoDetectSim.AutoDetect.FrontDoor;
using AutoDetectSim.Scenarios;
using Microsoft.AspNetCore.Http;

namespace AutoDetectSim.AutoDetect;

/// <summary>
/// Simulates the Office configuration service at <see cref="Host"/>: the addresses of services that support scripts ask for before they ask those ([OFFCFG], [S-PROBE]).
/// </summary>
/// <param name="time">The lab's time.</param>
internal sealed class OfficeConfigEndpoint(TimeProvider time)
{
    /// <summary>Host of the service.</summary>
    public const string Host = "officeclient.microsoft.com";

    private const string Path = "/config16processed";
    private const string Prefix = "o:";

    private static readonly XNamespace Office = "urn:schemas-microsoft-com:office:office";

    // In the order of [OFFCFG], whatever the order of the question.
    private static readonly OfficeService[] Services =
    [
        new("ExchangeWebService", "https://outlook.office365.com/EWS/Exchange.asmx", "https://outlook.office365.com/"),
        new("SubstrateAutoDiscoverServiceBaseUrl", "https://outlook.office365.com/autodiscover/autodiscover.json", null),
        new("ExchangeAutoDiscoverV2Url", "https://outlook.office365.com/autodiscover/autodiscover.json", null),
        new("IDConfigUrl", "https://login.microsoftonline.com/", null),
        new("AutoDetectProdAPIUrl", "https://prod-global-autodetect.acompli.net/autodetect", null),
        new("AutoDetectTestAPIUrl", "https://dev0-api.acompli.net/autodetect", null),
        new("GetFederationProvider", $"https://{SovereignClouds.Host}{SovereignClouds.Path}", null),
    ];

    /// <summary>Answers one request that came to <see cref="Host"/>.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        var request = context.Request;
        if (!request.Path.Equals(Path, StringComparison.OrdinalIgnoreCase) || !HttpMethods.IsGet(request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var asked = request.Query["services"].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var services = asked.Length == 0 ? Services : [.. Services.Where(service => asked.Contains(service.Name, StringComparer.OrdinalIgnoreCase))];
        var generated = time.GetUtcNow().ToString("s", CultureInfo.InvariantCulture);
        var wantsJson = request.Headers.Accept.ToString().Contains("application/json", StringComparison.OrdinalIgnoreCase);
        var body = wantsJson ? CompactJson.Write((Services: services, generated), Write).ToArray() : Xml(services, generated);
        context.Response.ContentType = wantsJson ? HeaderWriter.Json : "text/xml; charset=utf-8";
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    // One service is an object, and several are an array: scripts count on both ([S-PROBE]).
    private static void Write(Utf8JsonWriter writer, (OfficeService[] Services, string Generated) document)
    {
        writer.WriteStartObject();
        writer.WriteStartObject(Prefix + "OfficeConfig");
        writer.WriteString("@xmlns:o", Office.NamespaceName);
        writer.WriteStartObject(Prefix + "services");
        writer.WriteString("@o:GenerationTime", document.Generated);
        if (document.Services is [var only])
        {
            writer.WritePropertyName(Prefix + "service");
            Write(writer, only);
        }
        else if (document.Services.Length > 0)
        {
            writer.WriteStartArray(Prefix + "service");
            foreach (var service in document.Services)
            {
                Write(writer, service);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, OfficeService service)
    {
        writer.WriteStartObject();
        writer.WriteString("@o:name", service.Name);
        writer.WriteString(Prefix + "url", service.Url);
        if (service.Resource is { } resource)
        {
            writer.WriteStartObject(Prefix + "ticket");
            writer.WriteString("@o:idprovider", "3");
            writer.WriteString("@o:headerValue", "Bearer {}");
            writer.WriteString("@o:resourceId", resource);
            writer.WriteString("@o:authorityUrl", OfficeService.AuthorityUrl);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static byte[] Xml(OfficeService[] services, string generated)
    {
        var root = new XElement(
            Office + "OfficeConfig",
            new XAttribute(XNamespace.Xmlns + "o", Office),
            new XElement(Office + "services", new XAttribute(Office + "GenerationTime", generated), services.Select(Element)));
        using var buffer = new MemoryStream();
        using (var writer = XmlWriter.Create(buffer, new XmlWriterSettings { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), Indent = true, IndentChars = " ", NewLineChars = "\r\n" }))
        {
            root.Save(writer);
        }

        return buffer.ToArray();
    }

    private static XElement Element(OfficeService service) => new(
        Office + "service",
        new XAttribute(Office + "name", service.Name),
        service.Resource is null ? null : new XAttribute(Office + "authentication", "2"),
        new XElement(Office + "url", service.Url),
        service.Resource is null ? null : new XElement(
            Office + "ticket",
            new XAttribute(Office + "idprovider", "3"),
            new XAttribute(Office + "headerValue", "Bearer {}"),
            new XAttribute(Office + "resourceId", service.Resource),
            new XAttribute(Office + "authorityUrl", OfficeService.AuthorityUrl)));

    /// <summary>A service that the configuration names.</summary>
    /// <param name="Name">Its name there.</param>
    /// <param name="Url">Its address.</param>
    /// <param name="Resource">The resource that a token for it is for; null where it takes none.</param>
    private sealed record OfficeService(string Name, string Url, string? Resource)
    {
        public const string AuthorityUrl = "https://login.windows.net/common/oauth2/authorize";
    }
}

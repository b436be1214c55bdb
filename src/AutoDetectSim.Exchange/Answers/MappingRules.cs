using AutoDetectSim.Certificates.Issuance;
using AutoDetectSim.Documents.Files;
using Newtonsoft.Json.Linq;
using WireMock.Admin.Mappings;

namespace AutoDetectSim.Exchange.Answers;

/// <summary>
/// What a mapping may do: answer, and nothing else. It neither dials out nor touches the disk; files are named literally, are below
/// the scenario's folder once every link is followed, and are read once. Matchers and templates are those of <see cref="MatcherRules"/> and
/// <see cref="TemplateRules"/>, whose time and size have limits.
/// </summary>
internal static class MappingRules
{
    private const int MaximumBody = 4 * 1024 * 1024;

    /// <summary>What is wrong with a mapping, or null; a file that it names is read into it.</summary>
    /// <param name="source">The mapping as written.</param>
    /// <param name="model">The same, read.</param>
    /// <param name="folder">The folder that relative names start from; null where no file may be named.</param>
    /// <param name="root">The folder that files must be below; null where no file may be named.</param>
    public static string? Check(JToken source, MappingModel model, string? folder, string? root)
    {
        if (model.Request is null || model.Response is not { } response)
        {
            return $"the mapping has no {(model.Request is null ? "Request" : "Response")}";
        }

        if (response.ProxyUrl is not null || response.ProxyUrlReplaceSettings is not null || response.WebProxy is not null || model.Webhook is not null || model.Webhooks is { Length: > 0 })
        {
            return "ProxyUrl and Webhooks are not allowed because they leave the lab";
        }

        if (model.SaveToFile == true || response.X509Certificate2ThumbprintOrSubjectName is not null || Has(source, "PatternAsFile"))
        {
            return "SaveToFile, PatternAsFile and certificates of the system are not allowed because they leave the lab";
        }

        if (response.TransformerType is { Length: > 0 } kind && !string.Equals(kind, "Handlebars", StringComparison.OrdinalIgnoreCase))
        {
            return $"TransformerType must be Handlebars, not {kind}";
        }

        var file = response.BodyAsFile;
        return MatcherRules.Bound(model.Request) ?? FileProblem(response, folder, root) ?? TemplateProblem(source, response, file is null ? null : response.Body);
    }

    private static string? FileProblem(ResponseModel response, string? folder, string? root)
    {
        if (response.BodyAsFile is not { Length: > 0 } name)
        {
            return null;
        }

        if (folder is null || root is null)
        {
            return "BodyAsFile is not allowed here: send the body itself";
        }

        if (name.Contains("{{", StringComparison.Ordinal))
        {
            return $"BodyAsFile names a file, not a template: {name}";
        }

        var path = Path.GetFullPath(name, folder);
        if (!LinkedPath.IsBelow(path, root))
        {
            return $"BodyAsFile must name a file below the scenario's folder: {name}";
        }

        if (FileForms.OfTarget(path) != FileForm.Regular)
        {
            return FileForms.OfTarget(path) == FileForm.Missing ? $"BodyAsFile names a file that does not exist: {name}" : $"BodyAsFile names something that is not a file: {name}";
        }

        if (new FileInfo(FileForms.Resolve(path)).Length > MaximumBody)
        {
            return $"BodyAsFile names a file with more than {MaximumBody} bytes: {name}";
        }

        // From here on the server needs no file, and none can be put in its place.
        if (response is { UseTransformer: true, UseTransformerForBodyAsFile: true })
        {
            response.Body = File.ReadAllText(path);
        }
        else
        {
            response.BodyAsBytes = File.ReadAllBytes(path);
        }

        (response.BodyAsFile, response.BodyAsFileIsCached, response.UseTransformerForBodyAsFile) = (null, null, null);
        return null;
    }

    /// <summary>Every text of an answer, names of headers too, is a template, but only where the mapping says so.</summary>
    private static string? TemplateProblem(JToken source, ResponseModel response, string? ofFile) => response.UseTransformer != true
        ? null
        : TemplateRules.Problem([.. ((JContainer)source).DescendantsAndSelf().Select(part => (part as JValue)?.Value as string ?? (part as JProperty)?.Name).OfType<string>(), ofFile ?? string.Empty]);

    private static bool Has(JToken source, string member) =>
        source is JContainer container && container.DescendantsAndSelf().OfType<JProperty>().Any(property => string.Equals(property.Name, member, StringComparison.OrdinalIgnoreCase));
}

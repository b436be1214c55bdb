using System.Globalization;
using System.IO.Compression;
using System.Text;
using AutoDetectSim.CertsGen;
using AutoDetectSim.Control;
using AutoDetectSim.Scenarios;
using AutoDetectSim.Scenarios.Library;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AutoDetectSim.Web.Api;

/// <summary>Scenarios as texts: the library, every problem of a text at its place, and texts made from evidence.</summary>
/// <param name="lab">The lab.</param>
internal sealed class ScenarioApi(Lab lab)
{
    public const string LibraryPath = "/library";
    public const string LibraryTextPath = "/library/{**id}";
    public const string TemplatesPath = "/templates";
    public const string TemplateTextPath = "/templates/{name}";
    public const string LintPath = "/lint";
    public const string EvidencePath = "/evidence";
    public const string SchemaPath = "/schema";
    public const string CertificatesPath = "/certificates";

    /// <summary>ZIP archives carry the modes of files in the upper half of their attributes.</summary>
    private const int UnixModeShift = 16;

    private const UnixFileMode SecretMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode PlainMode = SecretMode | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private static readonly Lazy<byte[]> Schema = new(() => Encoding.UTF8.GetBytes(ScenarioSchema.Generate()));

    /// <summary>Maps the paths.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(LibraryPath, context => ControlServer.WriteAsync(context, [.. ScenarioLibrary.All.Select(LibraryDocument.From)], ScenarioJson.Default.IReadOnlyListLibraryDocument));
        routes.MapGet(LibraryTextPath, WriteTextAsync);
        routes.MapGet(TemplatesPath, context => ControlServer.WriteAsync(context, ScenarioTemplates.All, ScenarioJson.Default.IReadOnlyListScenarioTemplate));
        routes.MapGet(TemplateTextPath, WriteTemplateAsync);
        routes.MapGet(SchemaPath, context =>
        {
            context.Response.ContentType = "application/schema+json";
            context.Response.ContentLength = Schema.Value.Length;
            return context.Response.Body.WriteAsync(Schema.Value, context.RequestAborted).AsTask();
        });
        routes.MapPost(CertificatesPath, WriteCertificatesAsync);
        WorldApi.Post(routes, LintPath, ScenarioJson.Default.WantedLint, ScenarioJson.Default.LintDocument, (wanted, _) => Task.FromResult(Lint(wanted)), maximum: ControlServer.MaximumScenario);
        WorldApi.Post(routes, EvidencePath, ScenarioJson.Default.WantedEvidence, ScenarioJson.Default.EvidenceAnswer, (wanted, token) => EvidenceCapture.MakeAsync(wanted, lab.Options.TimeProvider.GetUtcNow(), token), maximum: ControlServer.MaximumScenario);
    }

    private static async Task WriteTextAsync(HttpContext context)
    {
        var id = WorldApi.Value(context, "id");
        if (ScenarioLibrary.All.FirstOrDefault(one => string.Equals(one.Id, id, StringComparison.Ordinal)) is not { } found)
        {
            throw new ControlException(StatusCodes.Status404NotFound, [$"The library has no scenario '{id}'{(ScenarioLibrary.Nearest(id) is { } nearest ? $"; did you mean {nearest}?" : ".")}"]);
        }

        await WriteYamlAsync(context, ScenarioLibrary.Text(found));
    }

    /// <summary>Writes the text of a template, as <c>new</c> does: with <c>domain</c> and <c>nodes</c> of the query.</summary>
    private static async Task WriteTemplateAsync(HttpContext context)
    {
        var name = WorldApi.Value(context, "name");
        var template = ScenarioTemplates.Find(name) ?? throw new ControlException(StatusCodes.Status404NotFound, [$"No template is named '{name}'."]);
        var (domain, nodes) = (context.Request.Query["domain"].ToString(), context.Request.Query["nodes"].ToString());
        try
        {
            await WriteYamlAsync(context, ScenarioTemplates.Text(
                template,
                domain.Length == 0 ? null : domain,
                nodes.Length == 0 ? null : int.TryParse(nodes, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : throw new FormatException($"'{nodes}' is not a number of servers.")));
        }
        catch (FormatException exception)
        {
            throw new ControlException(StatusCodes.Status422UnprocessableEntity, [exception.Message]);
        }
    }

    private static Task WriteYamlAsync(HttpContext context, string text)
    {
        var body = Encoding.UTF8.GetBytes(text);
        context.Response.ContentType = "application/yaml";
        context.Response.ContentLength = body.Length;
        return context.Response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }

    /// <summary>Writes the PKI of a text, as <c>certs-gen</c> does, as a ZIP that is on no disk.</summary>
    private async Task WriteCertificatesAsync(HttpContext context)
    {
        var wanted = await ControlServer.ReadAsync(context, ScenarioJson.Default.WantedCertificates, ControlServer.MaximumScenario);
        var loaded = ScenarioLoader.Parse(wanted.Yaml, wanted.Name ?? "scenario.yaml", lab.Scenario.BaseDirectory);
        if (loaded.Scenario is not { } scenario)
        {
            throw new ControlException(StatusCodes.Status422UnprocessableEntity, [.. loaded.Problems.Select(problem => problem.ToString())]);
        }

        using var pki = ScenarioPki.TryMake(scenario, wanted.Keys, pfxPassword: null, lab.Options.TimeProvider, out var problems);
        if (pki is null)
        {
            throw new ControlException(StatusCodes.Status422UnprocessableEntity, problems);
        }

        using var zip = Zip(PkiFolderWriter.Files(pki.Folder), pki.Folder.Pki.Start);
        context.Response.ContentType = "application/zip";
        context.Response.ContentLength = zip.Length;
        await zip.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    private static MemoryStream Zip(IReadOnlyList<PkiFile> files, DateTimeOffset made)
    {
        var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var file in files)
            {
                var entry = archive.CreateEntry(file.Path);
                entry.LastWriteTime = made;
                entry.ExternalAttributes = (int)(file.Secret ? SecretMode : PlainMode) << UnixModeShift;
                using var content = entry.Open();
                content.Write(file.Content);
            }
        }

        zip.Position = 0;
        return zip;
    }

    private LintDocument Lint(WantedLint wanted)
    {
        var loaded = ScenarioLoader.Parse(wanted.Yaml, wanted.Name ?? "scenario.yaml", lab.Scenario.BaseDirectory);
        return new LintDocument([.. loaded.Problems.Select(problem => new ProblemDocument(problem.Line, problem.Column, problem.Message, problem.Value, problem.Expected))]);
    }
}

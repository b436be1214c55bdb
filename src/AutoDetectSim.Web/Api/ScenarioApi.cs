using System.Globalization;
using System.IO.Compression;
using System.Text;
using AutoDetectSim.CertsGen;
using AutoDetectSim.Control;
using AutoDetectSim.Diagnosis.Capture;
using AutoDetectSim.Diagnosis.Capture.Evidence;
using AutoDetectSim.Diagnosis.Capture.Evidence.Envelope;
using AutoDetectSim.Diagnosis.Capture.Evidence.Observations;
using AutoDetectSim.Protocols;
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

    private const int MostFiles = 20;

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
        WorldApi.Post(routes, EvidencePath, ScenarioJson.Default.WantedEvidence, ScenarioJson.Default.EvidenceAnswer, (wanted, _) => Task.FromResult(Capture(wanted)), maximum: ControlServer.MaximumScenario);
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
        var template = ScenarioTemplates.Find(name) ?? throw new ControlException(StatusCodes.Status404NotFound, [$"There is no template '{name}'."]);
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
            throw Invalid(exception.Message);
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

    /// <summary>Makes a scenario from evidence, as <c>capture --from</c> does.</summary>
    private EvidenceAnswer Capture(WantedEvidence wanted)
    {
        if (wanted.Files.Count is 0 or > MostFiles)
        {
            throw Invalid($"Give 1 to {MostFiles} files.");
        }

        if (wanted.Email is { } email && (!EmailAddress.TryParse(email, out _) || EmailAddress.OnTheWire(email) is null))
        {
            throw Invalid($"'{email}' is not an e-mail address.");
        }

        try
        {
            var readings = wanted.Files.Select(file => EvidenceReader.Parse(TextOf(file), file.Name)).ToList();
            var observations = EvidenceWorld.Make(
                [.. readings.SelectMany(reading => reading.Calls)],
                new EvidenceQuestion { Host = wanted.Host, Email = wanted.Email, SavedAt = lab.Options.TimeProvider.GetUtcNow() });
            var reproduced = new ScenarioReproduction(observations.World).Make();
            var anonymizer = wanted.Anonymize ? new Anonymizer() : null;
            var scenario = anonymizer?.Apply(reproduced.Scenario) ?? reproduced.Scenario;
            return new EvidenceAnswer
            {
                Yaml = ScenarioWriter.Write(scenario),
                Read = observations.Taken,
                Notes = [.. readings.SelectMany(reading => reading.Remarks), .. observations.Remarks],
                Assumed = [.. observations.Guesses, .. reproduced.Guesses],
                Deviations = anonymizer is null ? reproduced.Deviations : [.. anonymizer.Deviations],
            };
        }
        catch (EvidenceException exception)
        {
            throw Invalid(exception.Message);
        }
    }

    private static string TextOf(EvidenceFile file)
    {
        if (file.Text is not null)
        {
            return file.Text;
        }

        var bytes = new byte[(file.Base64?.Length ?? 0) * 3 / 4];
        return file.Base64 is not null && Convert.TryFromBase64String(file.Base64, bytes, out var length)
            ? EvidenceBytes.Decode(bytes.AsSpan(0, length))
            : throw Invalid($"{file.Name}: give either `text`, or `base64` with the bytes of the file.");
    }

    private static ControlException Invalid(string problem) => new(StatusCodes.Status422UnprocessableEntity, [problem]);
}

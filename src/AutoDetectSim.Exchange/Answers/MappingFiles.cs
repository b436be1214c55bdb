using AutoDetectSim.Certificates.Issuance;
using AutoDetectSim.Documents;
using AutoDetectSim.Documents.Files;
using AutoDetectSim.Scenarios;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using WireMock.Admin.Mappings;

namespace AutoDetectSim.Exchange.Answers;

/// <summary>
/// WireMock mapping files (JSON, one mapping or an array of them) of a scenario and its organizations, read but not yet in
/// use.
/// </summary>
internal sealed class MappingFiles
{
    private const string DefaultFolder = "mappings";
    private const long MaximumFileSize = 4 * 1024 * 1024;
    private const int MaximumFiles = 1000;

    private static readonly JsonSerializerSettings Settings = new()
    {
        // A misspelt member would otherwise be a mapping that matches everything.
        MissingMemberHandling = MissingMemberHandling.Error,
        MaxDepth = 64,
        DateParseHandling = DateParseHandling.None,
    };

    // A folder that is a link can lead anywhere, and round in circles.
    private static readonly EnumerationOptions Everywhere = new() { RecurseSubdirectories = true, MaxRecursionDepth = 8, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = false };

    private readonly List<(string File, MappingModel Model)> _mappings = [];
    private readonly List<DocumentProblem> _problems = [];

    private MappingFiles()
    {
    }

    /// <summary>The mappings in file order, each with its file.</summary>
    public IReadOnlyList<(string File, MappingModel Model)> Mappings => _mappings;

    /// <summary>All that is wrong with the files.</summary>
    public IReadOnlyList<DocumentProblem> Problems => _problems;

    /// <summary>Where they were read.</summary>
    public IReadOnlyList<MappingFolder> Folders { get; private init; } = [];

    /// <summary>Reads all mapping files of a scenario. Does not throw for files: errors are in <see cref="Problems"/>.</summary>
    public static MappingFiles Read(Scenario scenario)
    {
        var files = new MappingFiles { Folders = [.. FoldersOf(scenario)] };
        foreach (var folder in files.Folders)
        {
            files.ReadFolder(folder.Path, folder.Organization, scenario.BaseDirectory ?? Environment.CurrentDirectory);
        }

        return files;
    }

    /// <summary>The folders whose mapping files a scenario uses.</summary>
    public static IEnumerable<MappingFolder> FoldersOf(Scenario scenario)
    {
        var start = scenario.BaseDirectory ?? Environment.CurrentDirectory;
        if (scenario.Mappings is { } named)
        {
            yield return new MappingFolder(Path.Combine(start, named), null);
        }
        else if (scenario.BaseDirectory is { } beside && Directory.Exists(Path.Combine(beside, DefaultFolder)))
        {
            yield return new MappingFolder(Path.Combine(beside, DefaultFolder), null);
        }

        foreach (var organization in scenario.Organizations)
        {
            if (organization.Mappings is { } folder)
            {
                yield return new MappingFolder(Path.Combine(start, folder), organization.Name);
            }
        }
    }

    /// <summary>
    /// Everything that is wrong with the mapping files of a scenario, as a lab would find it: files that read well are tried
    /// on a separate mapping server. Costs nothing for a scenario without mapping files.
    /// </summary>
    public static IReadOnlyList<DocumentProblem> Check(Scenario scenario)
    {
        var files = Read(scenario);
        if (files.Mappings.Count == 0)
        {
            return files.Problems;
        }

        using var trial = MappingServer.Start(admin: false);
        try
        {
            trial.Add(files);
            return [];
        }
        catch (MappingFileException exception)
        {
            return exception.Problems;
        }
    }

    private void ReadFolder(string folder, string? organization, string root)
    {
        if (!LinkedPath.IsBelow(folder, root))
        {
            _problems.Add(Problem(folder, 1, 1, "the folder of mapping files must be below the scenario's folder"));
            return;
        }

        if (!Directory.Exists(folder))
        {
            _problems.Add(Problem(folder, 1, 1, "the folder of mapping files does not exist"));
            return;
        }

        var names = Directory.EnumerateFiles(folder, "*.json", Everywhere).Order(StringComparer.Ordinal).Take(MaximumFiles + 1).ToList();
        if (names.Count > MaximumFiles)
        {
            _problems.Add(Problem(folder, 1, 1, $"at most {MaximumFiles} mapping files are allowed"));
            return;
        }

        foreach (var name in names)
        {
            try
            {
                if (FileForms.Of(name) != FileForm.Regular)
                {
                    _problems.Add(Problem(name, 1, 1, "this is not a file"));
                    continue;
                }

                if (new FileInfo(name).Length > MaximumFileSize)
                {
                    _problems.Add(Problem(name, 1, 1, $"the file is larger than {MaximumFileSize} bytes"));
                    continue;
                }

                Read(name, File.ReadAllText(name), organization, root);
            }
            catch (JsonException exception)
            {
                _problems.Add(Describe(name, exception));
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                _problems.Add(Problem(name, 1, 1, exception.Message));
            }
        }
    }

    private void Read(string file, string text, string? organization, string root)
    {
        foreach (var (token, model) in Parse(text))
        {
            if (Complete(file, token, model, organization, root))
            {
                _mappings.Add((file, model));
            }
        }
    }

    /// <summary>The mappings of a text: one, or an array of them.</summary>
    /// <exception cref="JsonException">The text is not JSON, or something in it is not a mapping.</exception>
    internal static IEnumerable<(JToken Source, MappingModel Model)> Parse(string text)
    {
        using var reader = new JsonTextReader(new StringReader(text)) { MaxDepth = Settings.MaxDepth, DateParseHandling = DateParseHandling.None };
        var root = JToken.ReadFrom(reader);
        foreach (var token in root is JArray array ? array.Children() : (IEnumerable<JToken>)[root])
        {
            var line = (IJsonLineInfo)token;
            yield return token is JObject
                ? (token, token.ToObject<MappingModel>(JsonSerializer.Create(Settings))!)
                : throw new JsonReaderException("a mapping must be an object with Request and Response", token.Path, line.LineNumber, line.LinePosition, innerException: null);
        }
    }

    private bool Complete(string file, JToken source, MappingModel model, string? organization, string root)
    {
        var line = (IJsonLineInfo)source;
        if (MappingRules.Check(source, model, Path.GetDirectoryName(Path.GetFullPath(file))!, root) is { } problem)
        {
            _problems.Add(Problem(file, line.LineNumber, line.LinePosition, problem));
            return false;
        }

        if (organization is not null)
        {
            var scope = new HeaderModel
            {
                Name = RequestFacts.HeaderPrefix + RequestFacts.Organization,
                Matchers = [new MatcherModel { Name = "ExactMatcher", Pattern = organization }],
            };
            model.Request!.Headers = [.. model.Request.Headers ?? [], scope];
        }

        return true;
    }

    /// <summary>One thing that is wrong with a mapping file; line and column count from 1.</summary>
    internal static DocumentProblem Problem(string file, int line, int column, string message) => new() { File = file, Line = line, Column = column, Message = message };

    private static DocumentProblem Describe(string file, JsonException exception) => exception switch
    {
        JsonReaderException reading => Problem(file, Math.Max(reading.LineNumber, 1), Math.Max(reading.LinePosition, 1), reading.Message),
        JsonSerializationException binding => Problem(file, Math.Max(binding.LineNumber, 1), Math.Max(binding.LinePosition, 1), binding.Message),
        _ => Problem(file, 1, 1, exception.Message),
    };
}

/// <summary>Mapping files cannot be used.</summary>
internal sealed class MappingFileException(IReadOnlyList<DocumentProblem> problems)
    : Exception(string.Join(Environment.NewLine, problems))
{
    /// <summary>All problems of all files.</summary>
    public IReadOnlyList<DocumentProblem> Problems { get; } = problems;
}

/// <summary>A folder of mapping files.</summary>
/// <param name="Path">The folder.</param>
/// <param name="Organization">The organization that the files are for, or null for all and Exchange Online.</param>
internal sealed record MappingFolder(string Path, string? Organization);

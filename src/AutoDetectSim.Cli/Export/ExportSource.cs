using System.CommandLine;
using AutoDetectSim.Cli.Output;
using AutoDetectSim.Issuing;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Cli.Export;

/// <summary>The options that every export of a lab has, and what an export is made from.</summary>
internal sealed class ExportSource
{
    private readonly Argument<string> _scenario = new("SCENARIO") { Description = $"Scenario to export: {ScenarioFiles.FileOrName}." };
    private readonly Option<DirectoryInfo> _output = new("--output", "-o") { Description = "Output folder.", Required = true };
    private readonly Option<string?> _image = new("--image") { Description = $"Image of AutoDetectSim. Default: autodetectsim:{Version}, as deploy/build-image makes it.", HelpName = "image" };
    private readonly Option<DirectoryInfo?> _pki = new("--pki") { Description = "Folder of 'export pki' with the keys and certificates. Default: new ones." };
    private readonly Option<bool> _force = new("--force") { Description = "Allow a folder that is not empty: replaces files that AutoDetectSim did not write, or that were changed since." };

    private static string Version => typeof(ExportSource).Assembly.GetName().Version!.ToString(3);

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_scenario);
        command.Add(_output);
        command.Add(_image);
        command.Add(_pki);
        command.Add(_force);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_image) is { } image && (image.Length is 0 or > 512 || !image.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_' or '/' or ':' or '@')))
            {
                result.AddError("--image must be the name of an image, for example registry.example/lab/autodetectsim:0.1.0.");
            }
        });
    }

    /// <summary>The image.</summary>
    public string ImageOf(ParseResult parsed) => parsed.GetValue(_image) ?? $"autodetectsim:{Version}";

    /// <summary>The scenario.</summary>
    /// <exception cref="InputException">It cannot be read.</exception>
    public Scenario ScenarioOf(ParseResult parsed) => ScenarioFiles.Load(parsed.GetValue(_scenario)!);

    /// <summary>Whether a PKI was named.</summary>
    public bool HasPki(System.CommandLine.Parsing.SymbolResult result) => result.GetResult(_pki) is not null;

    /// <summary>The folder, checked before any work.</summary>
    public ExportFolder FolderOf(ParseResult parsed) => ExportFolder.Claim(parsed.GetValue(_output)!.FullName, parsed.GetValue(_force));

    /// <summary>The name of the folder as it was given.</summary>
    public string OutputOf(ParseResult parsed) => parsed.GetValue(_output)!.ToString();

    /// <summary>The scenario's file, as the containers find it.</summary>
    public static ExportFile ScenarioFile(Scenario scenario) => ExportFile.Text("scenario.yaml", ScenarioWriter.Write(scenario));

    /// <summary>Makes the PKI of a scenario, or reads the one that was named.</summary>
    /// <exception cref="InputException">The folder that was named is not the PKI of this scenario.</exception>
    public async Task<ExportedPki> PkiOfAsync(ParseResult parsed, Scenario scenario, CancellationToken cancellationToken)
    {
        IReadOnlyList<ExportFile> files;
        if (parsed.GetValue(_pki) is { } folder)
        {
            try
            {
                files = PkiFolderFiles.Read(folder.FullName, scenario);
            }
            catch (LabPkiFolderException exception)
            {
                throw new InputException(exception.Message);
            }
        }
        else
        {
            var content = await Lab.IssueAsync(scenario, new LabOptions(), cancellationToken);
            files = [.. LabPkiFiles.Of(content).Select(file => new ExportFile(file.Path, file.Content, file.Secret))];
        }

        return new ExportedPki(files, files.First(file => file.Path == LabPkiManifest.RootsName));
    }
}

/// <summary>The PKI of a lab as files.</summary>
/// <param name="Files">All files.</param>
/// <param name="Roots">The one with the roots that clients trust.</param>
internal sealed record ExportedPki(IReadOnlyList<ExportFile> Files, ExportFile Roots);

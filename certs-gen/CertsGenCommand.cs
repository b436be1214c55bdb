using System.CommandLine;
using AutoDetectSim.Certificates.Issuance;
using AutoDetectSim.Documents;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.CertsGen;

/// <summary>The command line. Exit codes: 0 written, 2 usage or invalid input, 3 the folder could not be written.</summary>
internal sealed class CertsGenCommand
{
    private const int Success = 0;
    private const int Usage = 2;
    private const int CannotWrite = 3;
    private const int MaximumIntermediates = 10;

    private readonly Argument<string?> _scenario = new("SCENARIO") { Description = "Scenario file whose PKI is written.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string> _output = new("--output", "-o") { Description = "Output folder.", HelpName = "DIR", Required = true };
    private readonly Option<bool> _keys = new("--keys") { Description = "Also write private keys (PEM, readable only by the owner), and nginx.conf and haproxy.cfg that run every server on this computer." };
    private readonly Option<bool> _pfx = new("--pfx") { Description = "Also write chain and key as PFX (PKCS #12, readable only by the owner)." };
    private readonly Option<string?> _password = new("--password") { Description = "Password of the PFX files. Default: empty.", HelpName = "P" };
    private readonly Option<bool> _force = new("--force") { Description = "Allow a folder that is not empty: replaces the files of an earlier run, and files with the same names." };
    private readonly Option<int?> _seed = new("--seed") { Description = "Seed of the serial numbers, instead of the scenario's.", HelpName = "N" };
    private readonly Option<string[]> _hosts = new("--host") { Description = "Without a scenario: host name, wildcard or IP address of the certificate; may be repeated.", HelpName = "HOST" };
    private readonly Option<string> _shape = new("--shape") { Description = $"With --host: shape of the presented chain ({string.Join(", ", ChainShapes.Names)}).", HelpName = "SHAPE", DefaultValueFactory = _ => ChainShapes.NameOf(ChainShape.Complete) };
    private readonly Option<string> _key = new("--key") { Description = $"With --host: algorithm of every key ({string.Join(", ", KeyNames.Keys)}).", HelpName = "KEY", DefaultValueFactory = _ => "p256" };
    private readonly Option<int> _intermediates = new("--intermediates") { Description = $"With --host: number of intermediates between root and certificate, 0 to {MaximumIntermediates}.", HelpName = "N", DefaultValueFactory = _ => 1 };

    private static readonly Dictionary<string, KeyAlgorithm> KeyNames =
        Enum.GetValues<KeyAlgorithm>().ToDictionary(key => key.ToString().ToLowerInvariant(), StringComparer.Ordinal);

    private readonly TextWriter _out;
    private readonly TextWriter _error;
    private readonly TimeProvider _time;

    private CertsGenCommand(TextWriter output, TextWriter error, TimeProvider time)
    {
        _out = output;
        _error = error;
        _time = time;
    }

    /// <summary>Runs the command.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="output">Where the summary goes.</param>
    /// <param name="error">Where problems go.</param>
    /// <param name="time">The clock that validity counts from.</param>
    /// <returns>The exit code.</returns>
    public static int Run(IReadOnlyList<string> args, TextWriter output, TextWriter error, TimeProvider time) => new CertsGenCommand(output, error, time).Run(args);

    private int Run(IReadOnlyList<string> args)
    {
        var root = new RootCommand("Write the PKI of a scenario, or of one host, to a folder: for every server, the chain exactly as it is presented, ready to reproduce the same fault on a real server.")
        {
            _scenario, _output, _keys, _pfx, _password, _force, _seed, _hosts, _shape, _key, _intermediates,
        };
        // The parser takes an option that it does not know for an argument.
        _scenario.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: ['-', _, ..] option }])
            {
                result.AddError($"Unknown option '{option}'.");
            }
        });
        root.SetAction(result => Execute(result));
        var result = root.Parse(args);
        var empty = UnusableValue.FindEmpty(result, symbol => symbol == _password);
        if ((result.Errors.Count > 0 || empty.Count > 0) && result.Action is not System.CommandLine.Help.HelpAction)
        {
            return Problems(empty.Count > 0 ? empty : result.Errors.Select(error => UnusableValue.Reword(error.Message)));
        }

        return result.Invoke(new InvocationConfiguration { Output = _out, Error = _error });
    }

    private int Execute(ParseResult result)
    {
        var problems = UsageProblems(result).ToList();
        if (problems.Count > 0)
        {
            return Problems(problems);
        }

        Scenario scenario;
        if (result.GetValue(_scenario) is { } path)
        {
            var loaded = ScenarioLoader.Load(path);
            if (loaded.Scenario is null)
            {
                return Problems(loaded.Problems.Select(problem => problem.ToString()));
            }

            scenario = loaded.Scenario;
        }
        else
        {
            scenario = OneHost(result);
        }

        return Write(result, scenario with { Seed = result.GetValue(_seed) ?? scenario.Seed });
    }

    private int Write(ParseResult result, Scenario scenario)
    {
        using var content = ScenarioPki.TryMake(scenario, result.GetValue(_keys), result.GetValue(_pfx) ? result.GetValue(_password) ?? "" : null, _time, out var problems);
        if (content is null)
        {
            return Problems(problems);
        }

        var folder = result.GetValue(_output)!;
        try
        {
            var files = PkiFolderWriter.Write(content.Folder, folder, result.GetValue(_force));
            _out.WriteLine($"{folder}: {files.Count} files for {content.Folder.Servers.Count} {(content.Folder.Servers.Count == 1 ? "server" : "servers")}; start with {Path.Combine(folder, "README.md")}");
            return Success;
        }
        catch (FolderException e)
        {
            _error.WriteLine(e.Message);
            return e.IsUsage ? Usage : CannotWrite;
        }
    }

    private IEnumerable<string> UsageProblems(ParseResult result)
    {
        var hosts = result.GetValue(_hosts) ?? [];
        if (result.GetValue(_scenario) is null == (hosts.Length == 0))
        {
            yield return hosts.Length == 0 ? "name a SCENARIO file, or a --host" : "name a SCENARIO file or a --host, not both";
        }

        foreach (var option in new Option[] { _shape, _key, _intermediates }.Where(option => hosts.Length == 0 && result.GetResult(option) is { Implicit: false }))
        {
            yield return $"{option.Name} requires --host; a scenario defines it itself";
        }

        foreach (var problem in hosts.Select(HostNames.Problem).OfType<string>())
        {
            yield return problem;
        }

        if (!ChainShapes.TryParse(result.GetValue(_shape)!, out _))
        {
            yield return Unknown("--shape", result.GetValue(_shape)!, ChainShapes.Names);
        }

        if (!KeyNames.ContainsKey(result.GetValue(_key)!))
        {
            yield return Unknown("--key", result.GetValue(_key)!, KeyNames.Keys);
        }

        if (result.GetValue(_intermediates) is < 0 or > MaximumIntermediates)
        {
            yield return $"--intermediates must be 0 to {MaximumIntermediates}";
        }

        if (result.GetValue(_password) is not null && !result.GetValue(_pfx))
        {
            yield return "--password requires --pfx";
        }
    }

    private Scenario OneHost(ParseResult result)
    {
        var key = KeyNames[result.GetValue(_key)!];
        var hosts = result.GetValue(_hosts)!;
        _ = ChainShapes.TryParse(result.GetValue(_shape)!, out var shape);
        var authorities = new List<AuthorityRecipe> { new() { Name = "root", Subject = "CN=Lab Root CA, O=AutoDetectSim", Trusted = true, Key = key } };
        for (var i = 1; i <= result.GetValue(_intermediates); i++)
        {
            authorities.Add(new AuthorityRecipe { Name = $"issuing{i}", Subject = $"CN=Lab Issuing CA {i}, O=AutoDetectSim", Issuer = authorities[^1].Name, Key = key });
        }

        var present = new PresentedChainRecipe { Certificate = "server", Shape = shape };
        return new Scenario
        {
            Name = hosts[0],
            Title = $"{hosts[0]}: {ChainShapes.NameOf(shape)}",
            Authorities = authorities,
            Certificates = [new() { Name = "server", Issuer = authorities[^1].Name, Hosts = hosts, Key = key }],
            LoadBalancers = [new() { Name = "server", Hosts = hosts, Nodes = [new() { Name = "server", Present = present }] }],
        };
    }

    private static string Unknown(string option, string value, IReadOnlyCollection<string> known) =>
        NearestName.Find(value, known) is { } nearest
            ? $"{option}: unknown value '{value}'; did you mean '{nearest}'?"
            : $"{option}: unknown value '{value}'; choose from {string.Join(", ", known)}";

    private int Problems(IEnumerable<string> problems)
    {
        foreach (var problem in problems)
        {
            _error.WriteLine(problem);
        }

        return Usage;
    }
}

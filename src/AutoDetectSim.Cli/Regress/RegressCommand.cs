using System.CommandLine;
using System.Net;
using AutoDetectSim.Cli.Output;
using AutoDetectSim.Cli.Telemetry;
using AutoDetectSim.Documents;
using AutoDetectSim.Documents.Files;
using AutoDetectSim.Protocols.Timing;
using AutoDetectSim.Regression;
using AutoDetectSim.Regression.Adapters;
using AutoDetectSim.Regression.Packs;
using AutoDetectSim.Regression.Reports;
using AutoDetectSim.Regression.Tools;
using AutoDetectSim.Regression.Worlds;

namespace AutoDetectSim.Cli.Regress;

/// <summary><c>regress -- COMMAND ARGS</c>: tests a probe tool on known worlds, and reports whether it judged each correctly.</summary>
internal static class RegressCommand
{
    /// <summary>How many labs may run at once.</summary>
    private const int MostLabs = 64;

    public static Command Create()
    {
        var tool = new Argument<string[]>("COMMAND")
        {
            Description = "The tool and its arguments, after --. Placeholders: " + string.Join(" ", Placeholders.Known.Keys.Select(name => "{" + name + "}")) + ". Default: the adapter's command.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var adapter = new Option<string?>("--adapter", "-a")
        {
            Description = $"Adapter that runs the tool and reads its output: a file, or {string.Join(", ", AdapterLibrary.Names)}. Default: exit code 0 means healthy, any other means broken.",
        };
        var packs = new Option<string[]>("--pack", "-p")
        {
            Description = $"Worlds to test: packs ({string.Join(", ", PackLibrary.Names)}), pack files, scenario files and folders, or names and themes of the library. Default: the adapter's pack.",
            AllowMultipleArgumentsPerToken = true,
        };
        var faults = Words("--fault", "Only worlds with this kind of fault, for example missingIntermediate; with their repaired worlds.");
        var layers = Words("--layer", "Only worlds with a fault of this layer, for example tls; with their repaired worlds.", "--level");
        var themes = Words("--theme", "Only worlds of this theme of the library, for example chains, or of files in a folder of this name.");
        var runs = CheckedOption.OptionalWholeNumber("--runs", "Number of runs per target. Overrides the adapter.", 1, 1000);
        var timeout = CheckedOption.OptionalWholeNumber("--timeout", "Time limit of one run in seconds. Overrides the adapter.", 1, 3600);
        var source = new Option<string?>("--source") { Description = "Source address that firewalls and load balancers see, for example 52.125.128.7 for AutoDetect. Overrides the adapter." };
        var concurrency = CheckedOption.OptionalWholeNumber("--concurrency", "Number of labs that run at once. Default: the number of processors.", 1, MostLabs);
        var allowKnown = new Option<bool>("--allow-known") { Description = "Exit code 0 even if worlds are misjudged, as long as all of them are known limits of the adapter." };
        var junit = new Option<FileInfo?>("--junit") { Description = "File for the results in JUnit XML format." };
        var badge = new Option<FileInfo?>("--badge") { Description = "File for a badge: .json (for shields.io/badges/endpoint-badge) or .svg." };
        var report = new Option<FileInfo?>("--report") { Description = "File for the matrix in Markdown." };
        var github = GitHubAnnotations.CreateOption();
        var force = Outputs.Force();
        var json = new Option<bool>("--json") { Description = "JSON document on standard output." };
        var command = new Command("regress", "Test a probe tool, in any language, on labs that are known to be broken or healthy, and report whether it judged each correctly. Exit codes: 0 all worlds judged correctly, 1 at least one was not, 2 invalid input or the tool cannot be started, 3 a lab could not start.")
        {
            tool, adapter, packs, faults, layers, themes, runs, timeout, source, concurrency, allowKnown, junit, badge, report, github, json, force,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(badge) is { } file && Path.GetExtension(file.Name).ToUpperInvariant() is not (".JSON" or ".SVG"))
            {
                result.AddError($"--badge: '{file.Name}' does not end with .json or .svg.");
            }

            if (result.GetValue(source) is { } address && !IPAddress.TryParse(address, out _))
            {
                result.AddError($"--source: '{address}' is not an IP address.");
            }
        });
        var telemetryOptions = TelemetryOptions.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var plan = Plan(
                parsed.GetValue(tool)!,
                parsed.GetValue(adapter),
                parsed.GetValue(packs) ?? [],
                new WorldFilter(parsed.GetValue(faults) ?? [], parsed.GetValue(layers) ?? [], parsed.GetValue(themes) ?? []),
                loaded => loaded with
                {
                    Runs = parsed.GetValue(runs) ?? loaded.Runs,
                    PerNode = parsed.GetValue(runs) is null && loaded.PerNode,
                    Timeout = parsed.GetValue(timeout) is { } seconds ? TimeSpan.FromSeconds(seconds) : loaded.Timeout,
                    Source = parsed.GetValue(source) ?? loaded.Source,
                },
                parsed.GetValue(concurrency) ?? Math.Min(Environment.ProcessorCount, MostLabs));
            var replace = parsed.GetValue(force);
            var junitFile = Outputs.Claim(parsed.GetValue(junit), Outputs.JUnit, replace);
            var badgeFile = Outputs.Claim(parsed.GetValue(badge), Outputs.Badge, replace);
            var reportFile = Outputs.Claim(parsed.GetValue(report), Outputs.Report, replace);
            await using var telemetry = await telemetryOptions.StartAsync(parsed, cancellationToken);
            var stall = new StallWatch();
            var results = await RunAsync(plan, show: !parsed.GetValue(json), cancellationToken);
            await Stopped.SayAsync(results.Count, plan.Worlds.Count, "worlds", cancellationToken);
            var document = RegressionDocument.From(plan, results) with { StalledMs = stall.Milliseconds };
            junitFile?.Write(JUnitFile.Render([.. document.Worlds.Select(world => RegressJUnit.CaseOf(document.Adapter, world))]));
            if (badgeFile is not null)
            {
                var isJson = Path.GetExtension(badgeFile.Path).Equals(".json", StringComparison.OrdinalIgnoreCase);
                badgeFile.Write(isJson ? RegressionBadge.Json(document.Summary) : ContentSeal.Markup.Seal(RegressionBadge.Svg(document.Summary)));
            }

            reportFile?.Write(ContentSeal.Markup.Seal(RegressionMarkdown.Render(document)));

            if (parsed.GetValue(json))
            {
                Console.Out.WriteLine(ReadableJson.Text(document, RegressionJson.Default.RegressionDocument));
            }
            else
            {
                RegressReport.Write(document);
            }

            if (parsed.GetValue(github))
            {
                RegressGitHub.Write(document, parsed.GetValue(json) ? Console.Error : Console.Out);
            }

            var summary = document.Summary;
            return cancellationToken.IsCancellationRequested ? ExitCodes.NotAsExpected
                : summary.NotAsked > 0 ? ExitCodes.CannotStart
                : summary.Right + (parsed.GetValue(allowKnown) ? summary.KnownLimits : 0) == summary.Worlds ? ExitCodes.Success
                : ExitCodes.NotAsExpected;
        });
        return command;
    }

    private static Option<string[]> Words(string name, string description, params string[] aliases) => new(name, aliases)
    {
        Description = description,
        HelpName = name.TrimStart('-'),
        AllowMultipleArgumentsPerToken = true,
    };

    private static async Task<IReadOnlyList<TrialResult>> RunAsync(RegressionPlan plan, bool show, CancellationToken cancellationToken)
    {
        try
        {
            return await ProgressBar.RunAsync(
                $"Trying {plan.Adapter.Name}",
                plan.Worlds.Count,
                show,
                progress => RegressionRunner.RunAsync(plan, RunningTime.Shared, progress, cancellationToken));
        }
        catch (ToolStartException exception)
        {
            throw new InputException(exception.Message);
        }
    }

    private static RegressionPlan Plan(string[] tool, string? adapterName, string[] packs, WorldFilter filter, Func<AdapterDefinition, AdapterDefinition> change, int concurrency)
    {
        var problems = new List<string>();
        var adapter = adapterName is null ? ByExitCode(tool) : Load(adapterName, problems);
        IReadOnlyList<string> command = tool.Length > 0 ? tool : adapter?.Command ?? [];
        if (command.Count == 0 && problems.Count == 0)
        {
            problems.Add(adapterName is null
                ? "Give the tool to test after --, for example: regress -- my-probe {host}. Or name an adapter that has a command: regress --adapter curl."
                : $"The adapter {adapterName} has no command: give the tool after --.");
        }

        problems.AddRange(
            from argument in tool
            from wrong in Placeholders.Misspelled(argument)
            select $"Unknown placeholder {{{wrong.Word}}}; did you mean {{{wrong.Nearest}}}? For literal braces, write {{{{{wrong.Word}}}}}.");
        if (adapter is { Route: ToolRoute.Direct } && change(adapter).Source is not null)
        {
            problems.Add($"--source requires the gateway, but the adapter {adapter.Name} connects directly.");
        }

        IEnumerable<string> choices = packs.Length > 0 ? packs : adapter is null ? [] : [adapter.Pack!];
        var worlds = filter.Apply(RegressionScenario.Load(PackLibrary.Scenarios(choices, problems), problems), problems);
        if (adapter is null || problems.Count > 0)
        {
            throw new InputException(string.Join(Environment.NewLine, problems));
        }

        return worlds.Count > 0
            ? new RegressionPlan { Adapter = change(adapter), Command = command, Worlds = worlds, Concurrency = concurrency }
            : throw new InputException("No scenario files (*.yaml, *.yml) were found.");
    }

    private static AdapterDefinition? Load(string name, List<string> problems)
    {
        var (adapter, wrong) = AdapterLibrary.Load(name);
        problems.AddRange(wrong.Select(problem => problem.ToString()));
        return adapter;
    }

    /// <summary>The adapter of a tool without an adapter file: exit code 0 means healthy.</summary>
    private static AdapterDefinition ByExitCode(string[] tool)
    {
        var adapter = AdapterFile.Parse("rules: [{ exitCode: 0, verdict: healthy }]\notherwise: broken\nasks: autodiscover\n", "tool").Document!;
        return tool.Length == 0 ? adapter : adapter with { Name = Path.GetFileNameWithoutExtension(IsScript(tool) ? tool[1] : tool[0]) };
    }

    /// <summary>Whether the tool is a script, as in <c>python3 my-probe.py</c>: the tool under test is then the script, not the interpreter.</summary>
    private static bool IsScript(string[] tool) => tool.Length > 1 && !File.Exists(tool[0]) && File.Exists(tool[1]);
}

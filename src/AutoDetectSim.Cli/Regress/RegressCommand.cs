using System.CommandLine;
using System.Net;
using System.Text.Json;
using AutoDetectSim.Cli.Output;
using AutoDetectSim.Regression;
using AutoDetectSim.Regression.Adapters;
using AutoDetectSim.Regression.Packs;
using AutoDetectSim.Regression.Reports;
using AutoDetectSim.Regression.Tools;
using AutoDetectSim.Regression.Worlds;

namespace AutoDetectSim.Cli.Regress;

/// <summary><c>regress -- COMMAND ARGS</c>: tries a probe tool on known worlds, and says whether it judged each right.</summary>
internal static class RegressCommand
{
    /// <summary>How many labs may run at once.</summary>
    private const int MostLabs = 64;

    public static Command Create()
    {
        var tool = new Argument<string[]>("COMMAND")
        {
            Description = "After --: the tool and its arguments. Placeholders: " + string.Join(" ", Placeholders.Known.Keys.Select(name => "{" + name + "}")) + ". Left out: the adapter's own command.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var adapter = new Option<string?>("--adapter", "-a")
        {
            Description = $"How the tool is run and its answer read: an adapter file, or {string.Join(", ", AdapterLibrary.Names)}. Left out: exit code 0 says healthy, and every other says broken.",
        };
        var packs = new Option<string[]>("--pack", "-p")
        {
            Description = $"The worlds to try: a pack ({string.Join(", ", PackLibrary.Names)}), a pack file, scenario files and folders, or names and themes of the library. Several may be given. Left out: the adapter's pack.",
            AllowMultipleArgumentsPerToken = true,
        };
        var runs = CheckedOption.OptionalWholeNumber("--runs", "How many times the tool is run for each part that it is asked for, whatever the adapter says.", 1, 1000);
        var timeout = CheckedOption.OptionalWholeNumber("--timeout", "Seconds that one run may take, whatever the adapter says.", 1, 3600);
        var source = new Option<string?>("--source") { Description = "The address that firewalls and balancers see, whatever the adapter says: 52.125.128.7 is one of AutoDetect's." };
        var concurrency = CheckedOption.OptionalWholeNumber("--concurrency", "How many labs run at once. Left out: as many as the machine has processors.", 1, MostLabs);
        var allowKnown = new Option<bool>("--allow-known") { Description = "Exit code 0 also where all that was judged wrong are known limits of the adapter." };
        var junit = new Option<FileInfo?>("--junit") { Description = "Also write the results to this file in JUnit's XML form." };
        var badge = new Option<FileInfo?>("--badge") { Description = "Also write a badge: .json (for shields.io/badges/endpoint-badge) or .svg." };
        var report = new Option<FileInfo?>("--report") { Description = "Also write the matrix to this file in Markdown." };
        var json = new Option<bool>("--json") { Description = "One JSON document on standard output." };
        var command = new Command("regress", "Tries a probe tool, in any language, on labs that are known to be broken or healthy, and says whether it judged each right.")
        {
            tool, adapter, packs, runs, timeout, source, concurrency, allowKnown, junit, badge, report, json,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(badge) is { } file && Path.GetExtension(file.Name).ToUpperInvariant() is not (".JSON" or ".SVG"))
            {
                result.AddError($"--badge: '{file.Name}' does not end with .json or .svg.");
            }

            if (result.GetValue(source) is { } address && !IPAddress.TryParse(address, out _))
            {
                result.AddError($"--source: '{address}' is no IP address.");
            }
        });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var plan = Plan(
                parsed.GetValue(tool)!,
                parsed.GetValue(adapter),
                parsed.GetValue(packs) ?? [],
                loaded => loaded with
                {
                    Runs = parsed.GetValue(runs) ?? loaded.Runs,
                    PerNode = parsed.GetValue(runs) is null && loaded.PerNode,
                    Timeout = parsed.GetValue(timeout) is { } seconds ? TimeSpan.FromSeconds(seconds) : loaded.Timeout,
                    Source = parsed.GetValue(source) ?? loaded.Source,
                },
                parsed.GetValue(concurrency) ?? Math.Min(Environment.ProcessorCount, MostLabs));
            var document = RegressionDocumentMaker.Make(plan, await RunAsync(plan, show: !parsed.GetValue(json), cancellationToken));
            if (parsed.GetValue(junit) is { } junitFile)
            {
                JUnitFile.Write(junitFile.FullName, [.. document.Worlds.Select(world => RegressJUnit.CaseOf(document.Adapter, world))]);
            }

            if (parsed.GetValue(badge) is { } badgeFile)
            {
                var isJson = Path.GetExtension(badgeFile.Name).Equals(".json", StringComparison.OrdinalIgnoreCase);
                OutputFile.Write(badgeFile.FullName, "badge", isJson ? RegressionBadge.Json(document.Summary) : RegressionBadge.Svg(document.Summary));
            }

            if (parsed.GetValue(report) is { } reportFile)
            {
                OutputFile.Write(reportFile.FullName, "report", RegressionMarkdown.Render(document));
            }

            if (parsed.GetValue(json))
            {
                Console.Out.WriteLine(JsonSerializer.Serialize(document, RegressionJson.Default.RegressionDocument));
            }
            else
            {
                RegressReport.Write(document);
            }

            var summary = document.Summary;
            return summary.NotAsked > 0 ? ExitCodes.CannotStart
                : summary.Right + (parsed.GetValue(allowKnown) ? summary.KnownLimits : 0) == summary.Worlds ? ExitCodes.Success
                : ExitCodes.NotAsExpected;
        });
        return command;
    }

    private static async Task<IReadOnlyList<TrialResult>> RunAsync(RegressionPlan plan, bool show, CancellationToken cancellationToken)
    {
        try
        {
            return await ProgressBar.RunAsync(
                $"Trying {plan.Adapter.Name}",
                plan.Worlds.Count,
                show,
                progress => RegressionRunner.RunAsync(plan, TimeProvider.System, progress, cancellationToken));
        }
        catch (ToolStartException exception)
        {
            throw new InputException(exception.Message);
        }
    }

    private static RegressionPlan Plan(string[] tool, string? adapterName, string[] packs, Func<AdapterDefinition, AdapterDefinition> change, int concurrency)
    {
        var problems = new List<string>();
        var adapter = adapterName is null ? ByExitCode(tool) : Load(adapterName, problems);
        IReadOnlyList<string> command = tool.Length > 0 ? tool : adapter?.Command ?? [];
        if (command.Count == 0 && problems.Count == 0)
        {
            problems.Add(adapterName is null
                ? "Give the tool to try after --, as in: regress -- my-probe {host}. Or name an adapter that has a command: regress --adapter curl."
                : $"The adapter {adapterName} has no command of its own: give the tool after --.");
        }

        problems.AddRange(
            from argument in tool
            from wrong in Placeholders.Misspelled(argument)
            select $"There is no placeholder {{{wrong.Word}}}; did you mean {{{wrong.Nearest}}}? Where braces are meant, write {{{{{wrong.Word}}}}}.");
        if (adapter is { Route: ToolRoute.Direct } && change(adapter).Source is not null)
        {
            problems.Add($"--source needs the gateway, and the adapter {adapter.Name} connects directly.");
        }

        IEnumerable<string> choices = packs.Length > 0 ? packs : adapter is null ? [] : [adapter.Pack!];
        var worlds = RegressionScenario.Load(PackLibrary.Scenarios(choices, problems), problems);
        if (adapter is null || problems.Count > 0)
        {
            throw new InputException(string.Join(Environment.NewLine, problems));
        }

        return worlds.Count > 0
            ? new RegressionPlan { Adapter = change(adapter), Command = command, Worlds = worlds, Concurrency = concurrency }
            : throw new InputException("No scenario file (*.yaml, *.yml) was found.");
    }

    private static AdapterDefinition? Load(string name, List<string> problems)
    {
        var (adapter, wrong) = AdapterLibrary.Load(name);
        problems.AddRange(wrong.Select(problem => problem.ToString()));
        return adapter;
    }

    /// <summary>The adapter of a tool that nobody has described: it exits with 0 where all is well.</summary>
    private static AdapterDefinition ByExitCode(string[] tool)
    {
        var adapter = AdapterFile.Parse("rules: [{ exitCode: 0, verdict: healthy }]\notherwise: broken\nasks: autodiscover\n", "tool").Document!;
        return tool.Length == 0 ? adapter : adapter with { Name = Path.GetFileNameWithoutExtension(IsScript(tool) ? tool[1] : tool[0]) };
    }

    /// <summary>Whether the tool is a script, as in <c>python3 my-probe.py</c>: then the program does not say what is tried.</summary>
    private static bool IsScript(string[] tool) => tool.Length > 1 && !File.Exists(tool[0]) && File.Exists(tool[1]);
}

using AutoDetectSim.Documents;
using AutoDetectSim.Documents.Model;
using AutoDetectSim.Documents.Reference;

namespace AutoDetectSim.Regression.Adapters;

/// <summary>Reads adapter files, and describes their form.</summary>
internal static class AdapterFile
{
    private static readonly DocumentModel Document = new(typeof(AdapterDefinition), "AutoDetectSim adapter of a probe tool", AdapterForms.All);

    private static readonly DocumentReader<AdapterDefinition> Reader = new(Document, "adapter", "`command`, `asks` and `rules`", Complete, Check);

    /// <summary>Reads an adapter file.</summary>
    public static DocumentResult<AdapterDefinition> Load(string path) => Reader.Load(path);

    /// <summary>Reads an adapter from text.</summary>
    public static DocumentResult<AdapterDefinition> Parse(string yaml, string fileName) => Reader.Parse(yaml, fileName);

    /// <summary>The JSON Schema of adapter files.</summary>
    public static string Schema() => DocumentSchema.Generate(Document);

    /// <summary>The reference of adapter files in Markdown.</summary>
    public static string Reference() => DocumentReference.Generate(Document);

    private static AdapterDefinition Complete(AdapterDefinition adapter, string fileName) => adapter with
    {
        Name = string.IsNullOrEmpty(adapter.Name) ? fileName : adapter.Name,
        Asks = adapter.Asks.Count > 0 ? adapter.Asks : adapter.Kind == ToolKind.Detection ? [AskedPart.Detect] : [AskedPart.Autodiscover, AskedPart.ActiveSync],
        Pack = string.IsNullOrEmpty(adapter.Pack) ? ModelBuilder.Key(adapter.Kind.ToString()) : adapter.Pack,
    };

    private static void Check(AdapterDefinition adapter, ProblemSink problems)
    {
        var root = ModelPath.Root;
        if (adapter.Rules.Count == 0)
        {
            problems.AddAt(root / "rules", "`rules` must have at least one rule: rules read the tool's output");
        }

        if (adapter is { Route: ToolRoute.Direct, Source: not null })
        {
            problems.AddAt(root / "source", "`source` requires `route: gateway`: direct connections come from this computer");
        }

        for (var index = 0; index < adapter.Rules.Count; index++)
        {
            CheckRule(adapter, adapter.Rules[index], root / "rules" / index, problems);
        }

        CheckPlaceholders(adapter.Command.Select((text, index) => (root / "command" / index, text)), problems);
        CheckPlaceholders(adapter.Environment.Select(entry => (root / "environment" / entry.Key, entry.Value)), problems);
    }

    private static void CheckRule(AdapterDefinition adapter, RuleDefinition rule, ModelPath path, ProblemSink problems)
    {
        if (rule is { ExitCode.Count: 0, Stdout: null, Stderr: null, Report: null, Json: null, Matches: null, TimedOut: false })
        {
            problems.AddAt(path, "This rule has no condition: use `otherwise` for all other runs");
        }

        if (rule is { Matches: not null, Json: null })
        {
            problems.AddAt(path / "matches", "`matches` requires `json`: it tests the value at that path");
        }

        if (rule.TimedOut && rule is not { ExitCode.Count: 0, Stdout: null, Stderr: null, Report: null, Json: null })
        {
            problems.AddAt(path / "timedOut", "`timedOut` cannot be combined with other conditions: a killed tool has no output to test");
        }

        if (rule is { Verdict: VerdictState.Healthy or VerdictState.Unknown, Cause.Count: > 0 })
        {
            problems.AddAt(path / "cause", "`cause` requires the verdict `broken` or `intermittent`");
        }

        // What stands after -- on the command line may still name the report; only an adapter with a command of its own is known.
        var readsReport = rule.Report is not null || (rule.Json is not null && adapter.JsonFrom == AnswerSource.Report);
        if (readsReport && adapter.Command.Count > 0 && !adapter.Command.Any(argument => argument.Contains("{report}", StringComparison.Ordinal)))
        {
            problems.AddAt(path, "This rule reads the report, but `command` does not contain {report}");
        }
    }

    private static void CheckPlaceholders(IEnumerable<(ModelPath Path, string Text)> texts, ProblemSink problems)
    {
        foreach (var (path, text) in texts)
        {
            foreach (var (word, nearest) in Placeholders.Misspelled(text))
            {
                problems.AddAt(path, $"Unknown placeholder {{{word}}}; did you mean {{{nearest}}}? For literal braces, write {{{{{word}}}}}", word, nearest);
            }
        }
    }
}

using System.Globalization;
using System.Text.RegularExpressions;
using AutoDetectSim.Diagnosis.Json;
using AutoDetectSim.Documents;
using AutoDetectSim.Regression.Adapters;
using AutoDetectSim.Regression.Tools;
using Newtonsoft.Json.Linq;

namespace AutoDetectSim.Regression.Judging;

/// <summary>Reads the verdict of a run of a tool, by an adapter's rules.</summary>
internal static class AnswerReader
{
    /// <summary>The verdict of one run.</summary>
    public static RunVerdict Read(AdapterDefinition adapter, ToolRun run, Placeholders placeholders)
    {
        var answer = new Answer(adapter, run, placeholders);
        for (var index = 0; index < adapter.Rules.Count; index++)
        {
            var rule = adapter.Rules[index];
            if (answer.Fits(rule))
            {
                return new RunVerdict(rule.Verdict, rule.Cause, string.Create(CultureInfo.InvariantCulture, $"rule {index + 1} {RuleText.Of(rule)}: {How(run)}"));
            }
        }

        return run.End == ToolEnd.Exited
            ? new RunVerdict(adapter.Otherwise, [], $"no rule matches: {How(run)}; otherwise: {CamelCase<VerdictState>.Of(adapter.Otherwise)}")
            : new RunVerdict(VerdictState.Unknown, [], $"no verdict: {How(run)}");
    }

    private static string How(ToolRun run) => run.End switch
    {
        ToolEnd.TimedOut => string.Create(CultureInfo.InvariantCulture, $"killed after {run.Elapsed.TotalSeconds:0.#} s"),
        ToolEnd.Crashed => CrashCode.Of(run.ExitCode!.Value)!,
        ToolEnd.TooMuchOutput => $"killed after writing more than {ToolProcess.MaximumOutput / 1024 / 1024} MB",
        _ => string.Create(CultureInfo.InvariantCulture, $"exit code {run.ExitCode}"),
    };

    private sealed class Answer(AdapterDefinition adapter, ToolRun run, Placeholders placeholders)
    {
        private readonly Lazy<JToken?> _json = new(() => JsonAnswer.Parse(adapter.JsonFrom switch
        {
            AnswerSource.Stderr => run.Error,
            AnswerSource.Report => run.Report ?? string.Empty,
            _ => run.Output,
        }));

        public bool Fits(RuleDefinition rule)
        {
            // A tool that crashed gives a verdict only where the adapter says what that exit code means.
            if (run.End == ToolEnd.Crashed && !rule.ExitCode.Contains(run.ExitCode!.Value))
            {
                return false;
            }

            if (run.End is not (ToolEnd.Exited or ToolEnd.Crashed))
            {
                return rule.TimedOut && run.End == ToolEnd.TimedOut;
            }

            return !rule.TimedOut
                && (rule.ExitCode.Count == 0 || rule.ExitCode.Contains(run.ExitCode!.Value))
                && Fits(rule.Stdout, run.Output)
                && Fits(rule.Stderr, run.Error)
                && Fits(rule.Report, run.Report ?? string.Empty)
                && FitsJson(rule);
        }

        private bool FitsJson(RuleDefinition rule)
        {
            if (rule.Json is null)
            {
                return true;
            }

            var path = placeholders.Fill(rule.Json);
            return _json.Value is { } json && JsonAnswer.Select(json, path).Any(found => Fits(rule.Matches, found));
        }

        private bool Fits(string? pattern, string text)
        {
            try
            {
                return pattern is null || AnswerPattern.Compile(placeholders.Fill(pattern, Regex.Escape)).IsMatch(text);
            }
            catch (RegexMatchTimeoutException)
            {
                return false;
            }
        }
    }
}

/// <summary>The verdict of one run.</summary>
/// <param name="State">The verdict.</param>
/// <param name="Causes">The faults that it names; may be empty.</param>
/// <param name="Reason">How the verdict was read, as evidence.</param>
internal sealed record RunVerdict(VerdictState State, IReadOnlyList<string> Causes, string Reason);

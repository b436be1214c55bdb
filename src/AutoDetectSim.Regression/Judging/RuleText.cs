using System.Globalization;
using AutoDetectSim.Documents;
using AutoDetectSim.Regression.Adapters;

namespace AutoDetectSim.Regression.Judging;

/// <summary>A rule of an adapter as its file has it, in one line.</summary>
internal static class RuleText
{
    /// <summary>The rule, for example <c>{ exitCode: 0, verdict: healthy }</c>.</summary>
    public static string Of(RuleDefinition rule)
    {
        var parts = new List<string>();
        if (rule.ExitCode.Count > 0)
        {
            var codes = string.Join(", ", rule.ExitCode.Select(code => code.ToString(CultureInfo.InvariantCulture)));
            parts.Add("exitCode: " + (rule.ExitCode.Count == 1 ? codes : $"[{codes}]"));
        }

        Add("stdout", rule.Stdout);
        Add("stderr", rule.Stderr);
        Add("report", rule.Report);
        Add("json", rule.Json);
        Add("matches", rule.Matches);
        if (rule.TimedOut)
        {
            parts.Add("timedOut: true");
        }

        parts.Add("verdict: " + CamelCase<VerdictState>.Of(rule.Verdict));
        if (rule.Cause.Count > 0)
        {
            parts.Add("cause: " + (rule.Cause.Count == 1 ? rule.Cause[0] : $"[{string.Join(", ", rule.Cause)}]"));
        }

        return $"{{ {string.Join(", ", parts)} }}";

        void Add(string key, string? value)
        {
            if (value is not null)
            {
                parts.Add($"{key}: {value}");
            }
        }
    }
}

using System.CommandLine;
using AutoDetectSim.Diagnosis.WhatIf;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Cli.Output;

/// <summary>The <c>--fix</c> option: what would come of a change.</summary>
internal static class FixOption
{
    public static Option<string[]> Create() => new("--fix")
    {
        Description = "Change whose effect to show, for example \"perimeter/ex03: present complete\"; repeatable. "
            + "'all' finds the fewest changes after which every detection succeeds. The exit code is that of the state before the change.",
        HelpName = "CHANGE|all",
    };

    /// <summary>The changes that were asked for, or null for none.</summary>
    /// <exception cref="InputException">A change cannot be made of the scenario; the exception names every problem.</exception>
    public static FixRequest? Read(ParseResult parsed, Option<string[]> option, Scenario scenario)
    {
        if (parsed.GetValue(option) is not { Length: > 0 } written)
        {
            return null;
        }

        var request = FixRequest.Parse(written, scenario, out var problems);
        return problems.Count == 0 ? request : throw new InputException(string.Join(Environment.NewLine, problems));
    }
}

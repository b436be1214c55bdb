using AutoDetectSim.Documents;
using AutoDetectSim.Documents.Binding;
using AutoDetectSim.Documents.Writing;
using AutoDetectSim.Documents.Yaml;
using AutoDetectSim.Scenarios.Validation;

namespace AutoDetectSim.Scenarios.Changes;

/// <summary>
/// One change of a scenario, written on one line: the part, a colon, and the change. <c>perimeter/ex03: present complete</c>
/// sets a key of a node; nodes may be named by a range or a pattern (<c>perimeter/ex*</c>), several with commas, other parts by their
/// names or paths (<c>certificates/mail</c>, <c>dns/mail.contoso.com</c>, <c>autoDetect/cache/contoso.com</c>). After the colon comes a
/// key with a value as scenario files write it (<c>default</c> restores the default), with <c>+</c> or <c>-</c> before an item of
/// a list; several keys in braces (<c>perimeter/ex02: { fault: reset, faultShare: 1/20 }</c>); or one of the <see cref="Verbs"/>.
/// </summary>
public sealed class ScenarioChange
{
    private const int MaximumLength = 4096;

    private readonly string[] _segments;
    private readonly ChangeBody _body;

    private ScenarioChange(string text, string[] segments, ChangeBody body)
    {
        Text = text;
        _segments = segments;
        _body = body;
    }

    /// <summary>The change as it was written.</summary>
    public string Text { get; }

    /// <summary>The verbs, each with what it does.</summary>
    public static IReadOnlyDictionary<string, string> Verbs => ChangeVerbs.Descriptions;

    /// <summary>Whether AutoDetect also forgets the results it has learned.</summary>
    internal bool ClearsCache => _body.Verb == ChangeVerbs.Clear && string.Equals(_segments[0], "autoDetect", StringComparison.OrdinalIgnoreCase);

    /// <summary>The certificate or authority that is renewed, or null.</summary>
    internal string? Renews => _body.Verb == ChangeVerbs.Renew ? _segments[^1] : null;

    /// <summary>The load balancer whose sessions are cleared, or null.</summary>
    internal string? ClearsSessionsOf => _body.Verb == ChangeVerbs.Clear && !ClearsCache ? _segments[^1] : null;

    /// <summary>Whether the change only renews certificates.</summary>
    internal bool IsRenewal => _body.Verb == ChangeVerbs.Renew;

    /// <summary>Parses a change; whether its part exists is checked when it is applied.</summary>
    /// <param name="text">The change.</param>
    /// <returns>The change.</returns>
    /// <exception cref="ScenarioChangeException">The text does not have the form of a change.</exception>
    public static ScenarioChange Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        text = text.Trim();
        if (text.Length > MaximumLength)
        {
            throw new ScenarioChangeException(text[..40] + "...", $"A change can have at most {MaximumLength} characters");
        }

        if (text.AsSpan().IndexOfAnyInRange('\0', '\u001f') >= 0)
        {
            throw new ScenarioChangeException(text.ReplaceLineEndings(" "), "A change must be one line");
        }

        var colon = text.IndexOf(": ", StringComparison.Ordinal);
        if (colon <= 0)
        {
            throw new ScenarioChangeException(text, "Expected a part, a colon and the change, for example `perimeter/ex03: present complete`");
        }

        var segments = text[..colon].Split('/', StringSplitOptions.TrimEntries);
        return Array.Exists(segments, segment => segment.Length == 0)
            ? throw new ScenarioChangeException(text, $"`{text[..colon]}` is not a valid path: there is an empty segment between two slashes")
            : new ScenarioChange(text, segments, ChangeBody.Parse(text, colon + 2));
    }

    /// <summary>Applies the change.</summary>
    /// <param name="scenario">The scenario; its defaults are filled in first.</param>
    /// <returns>The changed scenario, with the expectations and the fault of <paramref name="scenario"/>.</returns>
    /// <exception cref="ScenarioChangeException">A part does not exist, a value does not have the required form, or the changed scenario is not valid.</exception>
    public Scenario ApplyTo(Scenario scenario)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        scenario = ScenarioDefaults.Complete(scenario);
        var problems = new ProblemSink(Text);
        var tree = ModelTree.Of(scenario with { Fault = null, Expect = [] }, ScenarioModel.Root);
        var changed = tree;
        foreach (var target in ChangeTargets.Find(scenario, tree, _segments, problems))
        {
            if (ChangeOverlay.Of(target, _body, scenario, problems) is { } overlay)
            {
                changed = (YamlMap)new OverlayMerger(problems).Merge(changed, overlay, ScenarioModel.Root, ModelPath.Root);
            }
        }

        ThrowIfAny(problems);
        var bound = (Scenario)new ModelBinder(problems, ScenarioForms.All).BindRecord(changed, ScenarioModel.Root, ModelPath.Root);
        ThrowIfAny(problems);
        bound = DependentSettings.Drop(ScenarioDefaults.Complete(bound with { BaseDirectory = scenario.BaseDirectory }), scenario);
        ScenarioValidator.Validate(bound, problems);
        ThrowIfAny(problems);
        return bound with { Expect = scenario.Expect, Fault = scenario.Fault };
    }

    /// <summary>The paths of the parts that the change targets; none if there is no such part.</summary>
    internal IReadOnlyList<IReadOnlyList<string>> TargetsIn(Scenario scenario)
    {
        scenario = ScenarioDefaults.Complete(scenario);
        return [.. ChangeTargets.Find(scenario, ModelTree.Of(scenario with { Fault = null, Expect = [] }, ScenarioModel.Root), _segments, new ProblemSink(Text)).Select(target => target.Keys)];
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    private void ThrowIfAny(ProblemSink problems)
    {
        if (!problems.IsEmpty)
        {
            throw new ScenarioChangeException(Text, problems.Problems);
        }
    }
}

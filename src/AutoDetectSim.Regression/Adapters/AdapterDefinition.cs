using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using AutoDetectSim.Diagnosis.Json;
using AutoDetectSim.Documents.Model;
using AutoDetectSim.Scenarios;
namespace AutoDetectSim.Regression.Adapters;

/// <summary>One adapter file: how a probe tool is run on a lab, and how its answer is read.</summary>
[Document]
internal sealed record AdapterDefinition
{
    /// <summary>Short name.</summary>
    [FilledIn("the file's name")]
    [StringSyntax(ScalarSyntax.Name)]
    public required string Name { get; init; }

    /// <summary>One line: the question that the tool answers.</summary>
    public string? Title { get; init; }

    /// <summary>What the tool can judge; it chooses the pack of worlds.</summary>
    public ToolKind Kind { get; init; } = ToolKind.Chain;

    /// <summary>What the tool is asked to judge. It is run for each, and the world is as bad as the worst.</summary>
    [FilledIn("`autodiscover` and `activeSync`; `detect` where the kind is `detection`")]
    public IReadOnlyList<AskedPart> Asks { get; init; } = [];

    /// <summary>How the tool reaches the lab.</summary>
    public ToolRoute Route { get; init; } = ToolRoute.Gateway;

    /// <summary>The source address that firewalls and balancers see, on the way through the gateway.</summary>
    [FilledIn("198.51.100.10 and the following addresses, one per connection")]
    [StringSyntax(ScalarSyntax.IpAddress)]
    public string? Source { get; init; }

    /// <summary>The program and its arguments, with placeholders such as `{host}`.</summary>
    [FilledIn("the command line after `--`")]
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>Environment variables beside those that every tool gets; values may have placeholders.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>How many times the tool is run for each part that it is asked for. Each run begins at another node, however many connections it makes.</summary>
    [Range(1, 1000)]
    [FilledIn("once for each node behind the part; once more, each on one node, if the number of connections differs between runs; and more often until every node was met if a load balancer leaves that to chance")]
    public int? Runs { get; init; }

    /// <summary>Whether it is run `runs` times for each node behind the part.</summary>
    public bool PerNode { get; init; }

    /// <summary>How long one run may take until it is killed, with all that it started.</summary>
    [Range(0.1, 3600)]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Where the rules find JSON.</summary>
    public AnswerSource JsonFrom { get; init; } = AnswerSource.Stdout;

    /// <summary>How a run is read: the first rule that fits decides.</summary>
    public required IReadOnlyList<RuleDefinition> Rules { get; init; }

    /// <summary>The verdict of a run that matches no rule.</summary>
    public VerdictState Otherwise { get; init; } = VerdictState.Unknown;

    /// <summary>The worlds that the tool is tried on, where the command line names none.</summary>
    [FilledIn("the pack named like the kind")]
    [StringSyntax(ScalarSyntax.Name)]
    public string? Pack { get; init; }

    /// <summary>Scenarios that the tool is known to judge wrong, by name, each with the reason.</summary>
    public IReadOnlyDictionary<string, string> KnownLimits { get; init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
}

/// <summary>How one run of a tool is read. All conditions of a rule have to hold.</summary>
internal sealed record RuleDefinition
{
    /// <summary>Exit codes, one of which the tool ended with.</summary>
    [FilledIn("any")]
    public IReadOnlyList<int> ExitCode { get; init; } = [];

    /// <summary>A regular expression that matches somewhere in standard output; `^` and `$` match the beginning and end of lines, and placeholders are replaced by their values.</summary>
    [StringSyntax(AdapterForms.RegularExpression)]
    public string? Stdout { get; init; }

    /// <summary>A regular expression that fits somewhere in standard error.</summary>
    [StringSyntax(AdapterForms.RegularExpression)]
    public string? Stderr { get; init; }

    /// <summary>A regular expression that matches somewhere in the file that the tool wrote to `{report}`.</summary>
    [StringSyntax(AdapterForms.RegularExpression)]
    public string? Report { get; init; }

    /// <summary>A JSONPath that finds something other than null.</summary>
    [StringSyntax(JsonPathForm.Syntax)]
    public string? Json { get; init; }

    /// <summary>A regular expression that fits something of what `json` finds.</summary>
    [StringSyntax(AdapterForms.RegularExpression)]
    public string? Matches { get; init; }

    /// <summary>Whether the tool had to be killed because its time was over. Other rules never fit such a run.</summary>
    public bool TimedOut { get; init; }

    /// <summary>The verdict of the run.</summary>
    public required VerdictState Verdict { get; init; }

    /// <summary>The faults that such an answer means: words as in a scenario's `fault`, a `kind` such as `missingIntermediate` or a `layer` such as `tls`.</summary>
    [FilledIn("the answer names no cause")]
    [StringSyntax(ScalarSyntax.Name)]
    public IReadOnlyList<string> Cause { get; init; } = [];
}

/// <summary>What a probe tool can judge.</summary>
internal enum ToolKind
{
    /// <summary>The certificates that a host presents, and its TLS.</summary>
    Chain,

    /// <summary>Everything on the way to a host: DNS, connections, TLS, certificates.</summary>
    Host,

    /// <summary>The result of the whole detection of a mailbox.</summary>
    Detection,
}

/// <summary>A part of a world that a tool is asked to judge.</summary>
internal enum AskedPart
{
    /// <summary>The AutoDiscover host of the mailbox's domain.</summary>
    Autodiscover,

    /// <summary>The host of the organization's ActiveSync URL.</summary>
    ActiveSync,

    /// <summary>The AutoDetect call.</summary>
    Detect,
}

/// <summary>How a tool reaches a lab.</summary>
internal enum ToolRoute
{
    /// <summary>Through the lab's HTTP proxy, by host name: HTTPS_PROXY and its kin are set.</summary>
    Gateway,

    /// <summary>Straight to the loopback port of a virtual IP, by `{endpoint}`: no proxy is set.</summary>
    Direct,
}

/// <summary>Where an answer stands.</summary>
internal enum AnswerSource
{
    /// <summary>Standard output.</summary>
    Stdout,

    /// <summary>Standard error.</summary>
    Stderr,

    /// <summary>The file that the tool wrote to `{report}`.</summary>
    Report,
}

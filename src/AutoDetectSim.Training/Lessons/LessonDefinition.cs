using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using AutoDetectSim.Diagnosis.Json;
using AutoDetectSim.Documents.Model;
using AutoDetectSim.Scenarios;
namespace AutoDetectSim.Training.Lessons;

/// <summary>One lesson: a healthy world, what breaks it, and what the trainee has to find.</summary>
[Document]
internal sealed record LessonDefinition
{
    /// <summary>One line that lists show. It does not give the answer away.</summary>
    public required string Title { get; init; }

    /// <summary>How hard the lesson is.</summary>
    [Range(1, 4)]
    public required int Level { get; init; }

    /// <summary>The place of the lesson in the curriculum, from 1.</summary>
    [Range(1, 10_000)]
    public int Order { get; init; } = 1000;

    /// <summary>Lessons that should be done before this one, by name.</summary>
    [StringSyntax(ScalarSyntax.Name)]
    public IReadOnlyList<string> Prerequisites { get; init; } = [];

    /// <summary>Typical time for the lesson after its prerequisites. It does not affect the score.</summary>
    [Range(1.0, 36_000.0)]
    public required TimeSpan Time { get; init; }

    /// <summary>What the trainee can do afterwards, a sentence each.</summary>
    public required IReadOnlyList<string> Goals { get; init; }

    /// <summary>The tools that the trainee is offered. The tools of `autodetectsim` that are missing refuse to work on the lesson's lab.</summary>
    [FilledIn("all of them")]
    public IReadOnlyList<LessonTool> Tools { get; init; } = [];

    /// <summary>The address that the customer speaks of.</summary>
    [StringSyntax(ScalarSyntax.Email)]
    public required string Address { get; init; }

    /// <summary>The healthy world: a scenario of the library, whose fault is put right first.</summary>
    [FilledIn("the file `world.yaml` beside the lesson")]
    public string? World { get; init; }

    /// <summary>What the trainee's seed draws, by name; elsewhere in the lesson the name in braces is replaced by the draw: `{broken}`. In texts for people, drawn nodes are written as `ex02 to ex07`; in changes, also after a `/` in a text, as `ex{02..07}`.</summary>
    public IReadOnlyList<DrawDefinition> Draws { get; init; } = [];

    /// <summary>Changes that turn the written world into the trainee's healthy world, to vary more than faults between trainees: each in a line as [changes.md](changes.md) describes them.</summary>
    public IReadOnlyList<string> Vary { get; init; } = [];

    /// <summary>What is wrong with the world; none for a lesson about reading.</summary>
    public IReadOnlyList<LessonFault> Faults { get; init; } = [];

    /// <summary>How many of the faults the seed draws.</summary>
    [FilledIn("all of them")]
    [Range(1, 100)]
    public int? Pick { get; init; }

    /// <summary>Questions about what can be seen in the lab as the trainee gets it.</summary>
    public IReadOnlyList<QuestionDefinition> Questions { get; init; } = [];

    /// <summary>What must be true of the lab as the trainee gets it, whatever the seed draws: the symptom.</summary>
    public IReadOnlyList<Expectation> Expect { get; init; } = [];

    /// <summary>
    /// What must be true of the repaired lab besides what always must: every detection of `address` does what it does in the
    /// healthy world, every node presents chains that a strict client accepts for each of its hosts, and every node that was in
    /// service is in service.
    /// </summary>
    public IReadOnlyList<Expectation> Repaired { get; init; } = [];

    /// <summary>Three hints: a question, a pointer, and all but the answer. The first names no fault, layer, node, certificate or repair, the second no fault, node or repair, and the third no node that was drawn.</summary>
    public required IReadOnlyList<string> Hints { get; init; }
}

/// <summary>Something that the trainee's seed draws.</summary>
internal sealed record DrawDefinition
{
    /// <summary>The name to write in braces.</summary>
    public required string Name { get; init; }

    /// <summary>The load balancer whose nodes are drawn from.</summary>
    [FilledIn("none: one of `oneOf` is drawn")]
    [StringSyntax(ScalarSyntax.LoadBalancerReference)]
    public string? Nodes { get; init; }

    /// <summary>How many nodes.</summary>
    [Range(1, 10_000)]
    public int Count { get; init; } = 1;

    /// <summary>Draws whose nodes are left out.</summary>
    [StringSyntax(ScalarSyntax.Name)]
    public IReadOnlyList<string> Except { get; init; } = [];

    /// <summary>Texts, one of which is drawn.</summary>
    public IReadOnlyList<string> OneOf { get; init; } = [];
}

/// <summary>One fault: the changes that cause it, and its correct diagnosis.</summary>
internal sealed record LessonFault
{
    /// <summary>What `when` in the solution calls the fault, where not every trainee gets it.</summary>
    [FilledIn("nothing")]
    [StringSyntax(ScalarSyntax.Name)]
    public string? Id { get; init; }

    /// <summary>The changes of the healthy world that make the fault, each in a line as [changes.md](changes.md) describes them.</summary>
    public required IReadOnlyList<string> Break { get; init; }

    /// <summary>The fault's word. Where there are several, each is a right answer.</summary>
    [StringSyntax(ScalarSyntax.Name)]
    public required IReadOnlyList<string> Kind { get; init; }

    /// <summary>The part of the world that the fault is in. Where there are several, each is a right answer.</summary>
    public required IReadOnlyList<FaultLayer> Layer { get; init; }

    /// <summary>The host at which the fault shows. Where there are several, each is a right answer.</summary>
    [FilledIn("not asked")]
    public IReadOnlyList<string> Host { get; init; } = [];

    /// <summary>The nodes that have the fault: names, ranges, patterns, a draw, or a load balancer for all of its nodes.</summary>
    [FilledIn("not asked")]
    public IReadOnlyList<string> Nodes { get; init; } = [];

    /// <summary>The certificate, or the authority whose certificate it is, that is missing or wrong. Where there are several, each is a right answer.</summary>
    [FilledIn("not asked")]
    public IReadOnlyList<string> Certificate { get; init; } = [];
}

/// <summary>A question with the place where its answer can be seen; the answer itself is not written down. Exactly one place is named.</summary>
internal sealed record QuestionDefinition
{
    /// <summary>What `learn answer` calls it.</summary>
    public required string Name { get; init; }

    /// <summary>The question.</summary>
    public required string Ask { get; init; }

    /// <summary>A header of AutoDetect's answer.</summary>
    [FilledIn("elsewhere")]
    public string? Header { get; init; }

    /// <summary>A JSONPath into the body of AutoDetect's answer.</summary>
    [FilledIn("elsewhere")]
    [StringSyntax(JsonPathForm.Syntax)]
    public string? Body { get; init; }

    /// <summary>A JSONPath into X-Debug-Support, decoded.</summary>
    [FilledIn("elsewhere")]
    [StringSyntax(JsonPathForm.Syntax)]
    public string? Debug { get; init; }

    /// <summary>A JSONPath into the claims of X-Feedback-Token.</summary>
    [FilledIn("elsewhere")]
    [StringSyntax(JsonPathForm.Syntax)]
    public string? Token { get; init; }

    /// <summary>The load balancer whose nodes are counted.</summary>
    [FilledIn("elsewhere")]
    [StringSyntax(ScalarSyntax.LoadBalancerReference)]
    public string? NodesOf { get; init; }

    /// <summary>The load balancer whose nodes in service are counted.</summary>
    [FilledIn("elsewhere")]
    [StringSyntax(ScalarSyntax.LoadBalancerReference)]
    public string? NodesInServiceOf { get; init; }

    /// <summary>The load balancer of whose first node the presented certificates are counted.</summary>
    [FilledIn("elsewhere")]
    [StringSyntax(ScalarSyntax.LoadBalancerReference)]
    public string? CertificatesOf { get; init; }

    /// <summary>The load balancer at which a certificate is missing; the answer is the URL from which clients would download it (AIA caIssuers).</summary>
    [FilledIn("elsewhere")]
    [StringSyntax(ScalarSyntax.LoadBalancerReference)]
    public string? IssuerUrlOf { get; init; }

    /// <summary>A kind of client: on how many nodes of `autodiscover.` of the address's domain it accepts what is presented, in daily use, in a word of scenario files: `always`, `sometimes` or `never`.</summary>
    [FilledIn("elsewhere")]
    [StringSyntax(ScalarSyntax.ClientProfile)]
    public string? Client { get; init; }

    /// <summary>What a person who adds the account, or a client that asks, gets to see.</summary>
    [FilledIn("elsewhere")]
    public ObservedFact? Fact { get; init; }
}

/// <summary>A tool for examining the lab of a lesson.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<LessonTool>))]
internal enum LessonTool
{
    /// <summary>curl, which the lesson cannot prevent.</summary>
    Curl,

    /// <summary>openssl s_client, which the lesson cannot prevent.</summary>
    Openssl,

    /// <summary>dig, which the lesson cannot prevent.</summary>
    Dig,

    /// <summary>`autodetectsim detect`.</summary>
    Detect,

    /// <summary>`autodetectsim check` and `capture`.</summary>
    Check,

    /// <summary>`learn phone`.</summary>
    Phone,

    /// <summary>`learn log`.</summary>
    Log,
}

/// <summary>Something that can be seen without looking into an answer's text.</summary>
internal enum ObservedFact
{
    /// <summary>The host of the ActiveSync URL that AutoDiscover V2 gives.</summary>
    ActiveSyncHost,

    /// <summary>The host that AutoDetect asks for AutoDiscover V2 last.</summary>
    AutoDiscoverHost,

    /// <summary>The HTTP status of ActiveSync's answer to a Bearer scheme without a token.</summary>
    ChallengeStatus,

    /// <summary>The authorization_uri in ActiveSync's answer to a Bearer scheme without a token.</summary>
    AuthorizationUri,

    /// <summary>The phone's outcome, in a word of scenario files: `modernAuthSignIn`.</summary>
    Outcome,

    /// <summary>The result of provisioning the cached mailbox, in a word of scenario files: `provisioned`.</summary>
    Provisioning,

    /// <summary>The HTTP status of AutoDetect's answer.</summary>
    Status,
}

using AutoDetectSim.Cli.Check;
using AutoDetectSim.Cli.Detect;
using AutoDetectSim.Cli.Mcp.Protocol;
using AutoDetectSim.Cli.Output;
using AutoDetectSim.Diagnosis.Checking;
using AutoDetectSim.Diagnosis.Observing;
using AutoDetectSim.Diagnosis.Probing;
using AutoDetectSim.Diagnosis.Reports;
using AutoDetectSim.Diagnosis.WhatIf;
using AutoDetectSim.Documents;
using AutoDetectSim.Protocols;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Cli.Mcp.Tools;

/// <summary>Looks at a lab as the phone does, and from outside.</summary>
/// <param name="labs">The labs.</param>
/// <param name="real">Whether real hosts may be checked.</param>
internal sealed class ProbeTools(LabShelf labs, RealHosts real)
{
    private static readonly ToolParameter Email = new("email", ParameterKind.Text, "E-mail address to add on the phone. Default: the lab's own example, see start_lab.");

    private static readonly ToolParameter Attempts = new("attempts", ParameterKind.WholeNumber, "Number of detections; at least as many as the load balancer has nodes.") { Minimum = 1, Maximum = Limits.Detections, Default = Limits.FewDetections };

    public IReadOnlyList<ToolDefinition> All =>
    [
        new(
            "detect",
            "Call AutoDetect",
            "Calls a lab's AutoDetect for an address as Outlook Mobile does, and counts successes, errors, nodes and what the phone shows; the sample has one answer step by step. The same document as `detect --json`.",
            ToolEffect.Adds,
            [ToolBox.LabParameter, Email, Attempts],
            DetectAsync),
        new(
            "check_host",
            "Check a host from outside",
            "Connects to a host many times, groups the certificate chains that its nodes present, judges them as each kind of client does, names faults and repairs. The same document as `check --json`; read verdict, summary, faultyNodes and advice first.",
            ToolEffect.Adds,
            [
                ToolBox.LabParameter,
                new ToolParameter("host", ParameterKind.Text, "Host name, with :PORT if the port is not 443. Default: autodiscover. and the domain of the lab's example address."),
                new ToolParameter("email", ParameterKind.Text, "Address of a mailbox on this host; also checks the ActiveSync host and the mail exchangers."),
                new ToolParameter("attempts", ParameterKind.WholeNumber, "Number of new connections to each host. Default: enough to meet every node.") { Minimum = 1, Maximum = Limits.Connections },
                new ToolParameter("starttls", ParameterKind.Text, "Mail protocol in which to ask for TLS. Default: TLS starts with the connection.") { Words = [.. CheckCommand.Protocols.Select(known => known.Word)] },
                new ToolParameter("live", ParameterKind.Flag, "Connect to the real host instead of a lab. Only works where a person started this server with --live."),
            ],
            CheckAsync)
        {
            IsOpenWorld = real.AreAllowed,
        },
        new(
            "propose_fix",
            "Propose a fix",
            "Shows the effect of changes on a copy of a lab, which stays as it is: detections before and after. Without `changes` it searches for the fewest changes after which every detection succeeds. The same document as `detect --fix --json`; the changes in whatIf can be given to change_lab.",
            ToolEffect.Reads,
            [
                ToolBox.LabParameter,
                Email,
                new ToolParameter("changes", ParameterKind.TextList, "Changes to try together, for example \"perimeter/ex03: present complete\". Default: search.") { MaximumCount = 50 },
                Attempts,
            ],
            ProposeAsync),
    ];

    private async Task<string> DetectAsync(ToolArguments arguments, CancellationToken cancellationToken)
    {
        var lab = labs.Find(arguments.Text("lab"));
        var run = await LabDetection.RunAsync(lab, AddressOf(arguments, lab), arguments.Number("attempts") ?? Limits.FewDetections, concurrency: 1, show: false, observe: null, cancellationToken);
        return ReadableJson.Text(run, ProbingJson.Default.DetectionRunResult);
    }

    private async Task<string> CheckAsync(ToolArguments arguments, CancellationToken cancellationToken)
    {
        if (AddressInput.Problem(arguments.Text("email")) is { } problem)
        {
            throw new InputException("`email`: " + problem);
        }

        var protocol = arguments.Text("starttls") is { } word ? CheckCommand.Protocols.Single(known => known.Word == word).Value : (MailProtocol?)null;
        if (protocol is not null && arguments.Text("email") is not null)
        {
            throw new InputException("`email` cannot be combined with `starttls`: AutoDiscover is asked over HTTPS.");
        }

        var (environment, host) = arguments.Flag("live") ? Outside(arguments) : Inside(arguments);
        var target = HostAndPort.Parse(host, CheckCommand.PortOf(protocol)) ?? throw new InputException(HostAndPort.Problem(host, "`email`")!);
        var request = new CheckRequest
        {
            Host = target.Host,
            Port = target.Port,
            StartTls = protocol,
            Email = arguments.Text("email") is { } address ? EmailAddress.OnTheWire(address) : null,
            Attempts = arguments.Number("attempts"),
        };
        var result = await new CheckRunner(environment).RunAsync(request, progress: null, cancellationToken);
        return ReadableJson.Text(CheckDocument.From(result), ReportJson.Default.CheckDocument);
    }

    private (CheckEnvironment Environment, string Host) Outside(ToolArguments arguments)
    {
        if (arguments.Text("lab") is not null)
        {
            throw new InputException("`live` checks the real host: it cannot be combined with `lab`.");
        }

        return (real.Open(), arguments.Text("host") ?? throw new InputException("`host` is missing: give the real host to check."));
    }

    private (CheckEnvironment Environment, string Host) Inside(ToolArguments arguments)
    {
        var lab = labs.Find(arguments.Text("lab"));
        return (LabEnvironment.Of(lab), arguments.Text("host") ?? "autodiscover." + EmailAddress.DomainOf(ExampleAddress.Of(lab.Scenario)));
    }

    private async Task<string> ProposeAsync(ToolArguments arguments, CancellationToken cancellationToken)
    {
        var lab = labs.Find(arguments.Text("lab"));
        var written = arguments.List("changes");
        foreach (var change in written ?? [])
        {
            FilelessScenario.Check(change);
        }

        var changes = FixRequest.Parse(written ?? [FixRequest.All], lab.Scenario, out var problems);
        if (problems.Count > 0)
        {
            throw new InputException(string.Join(Environment.NewLine, problems.Select(problem => problem.Replace("--fix ", string.Empty, StringComparison.Ordinal))));
        }

        var (address, attempts) = (AddressOf(arguments, lab), arguments.Number("attempts") ?? Limits.FewDetections);
        await using var copy = await Lab.StartAsync(lab.Scenario, new LabOptions(), cancellationToken);
        var run = await LabDetection.RunAsync(copy, address, attempts, concurrency: 1, show: false, observe: null, cancellationToken);
        run = run with { WhatIf = await LabDetection.WhatIfAsync(changes, copy, address, attempts, concurrency: 1, show: false, cancellationToken) };
        return ReadableJson.Text(run, ProbingJson.Default.DetectionRunResult);
    }

    private static string AddressOf(ToolArguments arguments, Lab lab)
    {
        var email = arguments.Text("email") ?? ExampleAddress.Of(lab.Scenario);
        return AddressInput.ProblemOfSending(email) is { } problem ? throw new InputException(problem) : EmailAddress.OnTheWire(email)!;
    }
}

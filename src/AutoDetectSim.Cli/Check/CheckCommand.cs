using System.CommandLine;
using System.Net;
using AutoDetectSim.Certificates.Clients;
using AutoDetectSim.Cli.Output;
using AutoDetectSim.Diagnosis.Capture;
using AutoDetectSim.Diagnosis.Checking;
using AutoDetectSim.Diagnosis.Checking.Grouping;
using AutoDetectSim.Diagnosis.Reports;
using AutoDetectSim.Diagnosis.WhatIf;
using AutoDetectSim.Documents;
using AutoDetectSim.Protocols;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Cli.Check;

/// <summary><c>check HOST[:PORT]</c>: checks a host from outside, node by node, as strict clients see it.</summary>
internal static class CheckCommand
{
    /// <summary>The mail protocols in which TLS can be asked for, by their words.</summary>
    public static readonly (string Word, MailProtocol Value)[] Protocols = [("smtp", MailProtocol.Smtp), ("imap", MailProtocol.Imap), ("pop3", MailProtocol.Pop3)];

    public static Command Create()
    {
        var host = new Argument<string>("HOST") { Description = "Host name, with :PORT if the port is not 443." };
        var place = new CheckPlaceOptions();
        var attempts = CheckedOption.OptionalWholeNumber("--attempts", "Number of new connections to each host (1 to 10,000). Default: enough to meet every node, at most 300.", 1, 10_000);
        var email = new Option<string?>("--email") { Description = "Address of a mailbox on this host; also checks the ActiveSync host and the mail exchangers of its domain." };
        var startTls = CheckedOption.Choice(
            "--starttls",
            "Mail protocol in which to ask for TLS: smtp, imap or pop3. Default: TLS starts with the connection. The default port is then 587, 143 or 110.",
            Protocols);
        var profiles = new Option<string>("--profiles")
        {
            Description = $"Clients to judge by: all, or comma-separated names ({string.Join(", ", KnownClients.All.Select(profile => profile.Name))}).",
            DefaultValueFactory = _ => "all",
        };
        var sources = new Option<string[]>("--source") { Description = "Source address to connect from; give two or more to detect session persistence." };
        var mutualTls = new Option<bool>("--mutual-tls") { Description = "Also judge the certificates as client certificates: connectors of the nodes present them to partners (mutual TLS). A lab's scenario says so itself (connectors)." };
        var fix = FixOption.Create();
        var verbose = VerboseOption.Create("Also show each certificate, the path and reason of each client, and the answers of each node.");
        var json = new Option<bool>("--json") { Description = "JSON document on standard output." };
        var report = ReportFile.CreateOption();
        var force = Outputs.Force();

        var command = new Command("check", "Connect to a host many times from outside, group the chains that its nodes present, and judge them as each kind of client does.")
        {
            host, attempts, startTls, email, profiles, sources, mutualTls, fix, verbose, json, report, force,
        };
        place.AddTo(command);
        command.Validators.Add(result =>
        {
            if (HostAndPort.Problem(result.GetValue(host)) is { } problem)
            {
                result.AddError(problem);
            }

            if (AddressInput.Problem(result.GetValue(email)) is { } ofEmail)
            {
                result.AddError($"--email: {ofEmail}");
            }

            if (result.GetValue(email) is not null && result.GetResult(startTls) is not null)
            {
                result.AddError("--email cannot be combined with --starttls: AutoDiscover is asked over HTTPS.");
            }

            KnownClients.Parse(result.GetValue(profiles) ?? "", out var unknown);
            foreach (var name in unknown)
            {
                result.AddError($"--profiles: unknown profile '{name}'. Choose from: all, {string.Join(", ", KnownClients.All.Select(profile => profile.Name))}.");
            }

            foreach (var source in result.GetValue(sources) ?? [])
            {
                if (!IPAddress.TryParse(source, out _))
                {
                    result.AddError($"--source: '{source}' is not an IP address.");
                }
            }
        });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var protocol = parsed.GetValue(startTls);
            var target = HostAndPort.Parse(parsed.GetValue(host), PortOf(protocol))!;
            var reportFile = Outputs.Claim(parsed.GetValue(report), Outputs.Report, parsed.GetValue(force));
            await using var environment = await place.OpenAsync(parsed, cancellationToken);
            var request = new CheckRequest
            {
                Host = target.Host,
                Port = target.Port,
                StartTls = protocol,
                Email = parsed.GetValue(email) is { } address ? EmailAddress.OnTheWire(address) : null,
                Attempts = parsed.GetValue(attempts),
                Profiles = KnownClients.Parse(parsed.GetValue(profiles)!, out _),
                MutualTls = parsed.GetValue(mutualTls),
                Sources = [.. (parsed.GetValue(sources) ?? []).Select(IPAddress.Parse)],
            };
            var (result, afterFix) = await RunAsync(
                environment,
                request,
                scenario => FixOption.Read(parsed, fix, scenario),
                wantsFix: parsed.GetValue(fix) is { Length: > 0 },
                show: !parsed.GetValue(json),
                cancellationToken);
            await Stopped.SayAsync(result.Hosts.Sum(checkedHost => checkedHost.Attempts), all: null, "connections", cancellationToken);
            var document = CheckDocument.From(result, afterFix);
            if (reportFile is not null)
            {
                ReportFile.Write(reportFile, document);
            }

            if (parsed.GetValue(json))
            {
                Console.Out.WriteLine(ReadableJson.Text(document, ReportJson.Default.CheckDocument));
            }
            else
            {
                CheckReport.Write(document, parsed.GetValue(verbose));
            }

            return cancellationToken.IsCancellationRequested ? ExitCodes.NotAsExpected : ExitCodeOf(result);
        });
        return command;
    }

    private static async Task<(CheckResult Result, CheckAfterFix? AfterFix)> RunAsync(
        CheckPlace place, CheckRequest request, Func<Scenario, FixRequest?> read, bool wantsFix, bool show, CancellationToken cancellationToken)
    {
        // What is wrong with a change of a lab is told before anything is looked at.
        var changes = place.Lab is { } here ? read(here.Scenario) : null;
        var (title, steps) = ("Connecting to " + request.Host, request.Attempts ?? request.MaximumAttempts);
        if (place.Lab is not null || !wantsFix)
        {
            var result = await ProgressBar.RunAsync(title, steps, show, progress => new CheckRunner(place.Environment) { KeepsPartial = true }.RunAsync(request, progress, cancellationToken));
            return (result, changes is null || cancellationToken.IsCancellationRequested ? null : await CheckAfterFix.RunAsync(place.Lab!, changes, request, isReproduction: false, cancellationToken));
        }

        var (check, world) = await ProgressBar.RunAsync(title, steps, show, progress => new CaptureRunner(place.Environment).RunAsync(request, progress, cancellationToken));
        if (check.IsUnreachable)
        {
            return (check, null);
        }

        var scenario = new ScenarioReproduction(world).Make().Scenario;
        changes = read(scenario);
        await using var reproduction = await Lab.StartAsync(scenario, new LabOptions(), cancellationToken);
        return (check, await CheckAfterFix.RunAsync(reproduction, changes!, request with { Sources = [] }, isReproduction: true, cancellationToken));
    }

    /// <summary>The port where mail programs ask for TLS in a protocol, and that of HTTPS without one.</summary>
    public static int PortOf(MailProtocol? protocol) =>
        protocol is { } mail ? MailPort.All.First(port => port.Protocol == mail && !port.UsesTls).Number : HostAndPort.DefaultPort;

    private static int ExitCodeOf(CheckResult result) => result switch
    {
        { IsUnreachable: true } => ExitCodes.CannotStart,
        { Verdict: Verdict.Healthy } => ExitCodes.Success,
        _ => ExitCodes.NotAsExpected,
    };
}

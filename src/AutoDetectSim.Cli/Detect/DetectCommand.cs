using System.CommandLine;
using AutoDetectSim.Certificates.Validation;
using AutoDetectSim.Cli.Learn;
using AutoDetectSim.Cli.Output;
using AutoDetectSim.Cli.Telemetry;
using AutoDetectSim.Diagnosis.Checking;
using AutoDetectSim.Diagnosis.Observing;
using AutoDetectSim.Diagnosis.Probing;
using AutoDetectSim.Documents;
using AutoDetectSim.Protocols;
using AutoDetectSim.Protocols.Dialing;
using AutoDetectSim.Protocols.Timing;
using AutoDetectSim.Scenarios;
using AutoDetectSim.Training.Lessons;

namespace AutoDetectSim.Cli.Detect;

/// <summary><c>detect EMAIL</c>: calls AutoDetect a number of times and reports the result.</summary>
internal static class DetectCommand
{
    public static Command Create()
    {
        var email = new Argument<string>("EMAIL") { Description = "E-mail address to add on the phone." };
        var scenario = new Option<string?>("--scenario") { Description = $"Scenario to start in this process: {ScenarioFiles.FileOrName}." };
        var url = CheckedOption.Url("--url", "URL of a running AutoDetect, for example the detectUrl of 'run'.", "https", "http");
        var proxy = CheckedOption.Url("--proxy", "With --url: HTTP proxy, for example the gateway of 'run'.", "http");
        var ca = new Option<FileInfo?>("--ca") { Description = "With --url: PEM file of the roots to trust, for example the rootCertificate of 'run'." };
        var live = new Option<bool>("--live") { Description = "With --url: call a host outside a lab. Without this option only this computer and the gateway of a lab on it are contacted." };
        var attempts = CheckedOption.WholeNumber("--attempts", "Number of detections.", 1, 1_000_000, 1);
        var concurrency = CheckedOption.WholeNumber("--concurrency", "Number of simultaneous detections.", 1, 256, 1);
        var fix = FixOption.Create();
        var edition = EditionOption.Create();
        var keyLog = KeyLogOption.Create();
        var pki = PkiOption.Create("With --scenario: ");
        var verbose = VerboseOption.Create("Also show the body and the decoded X-Debug-Support header of one answer.");
        var json = new Option<bool>("--json") { Description = "JSON document on standard output." };
        var report = ReportFile.CreateOption();
        var force = Outputs.Force();

        var command = new Command("detect", "Call AutoDetect for an address as Outlook Mobile does, and report the result.")
        {
            email, scenario, url, proxy, ca, live, attempts, concurrency, fix, edition, pki, keyLog, verbose, json, report, force,
        };
        command.Validators.Add(result =>
        {
            if ((result.GetResult(scenario) is null) == (result.GetResult(url) is null))
            {
                result.AddError("Give either --scenario FILE or --url URL.");
            }

            if (result.GetResult(scenario) is null && result.GetResult(fix) is not null)
            {
                result.AddError("--fix requires --scenario: it changes the lab and shows the effect.");
            }

            if (result.GetResult(scenario) is null && result.GetResult(pki) is not null)
            {
                result.AddError("--pki requires --scenario: a running AutoDetect has its keys and certificates already.");
            }

            if (result.GetResult(scenario) is not null && (result.GetResult(proxy) is not null || result.GetResult(ca) is not null || result.GetValue(live)))
            {
                result.AddError("--proxy, --ca and --live require --url.");
            }

            if (!result.GetValue(live) && result.GetValue(proxy) is { IsAbsoluteUri: true, IsLoopback: false })
            {
                result.AddError("--proxy without --live requires the gateway of a lab on this computer. Add --live to use a real proxy.");
            }

            if (!result.GetValue(live) && result.GetResult(proxy) is null && result.GetValue(url) is { IsAbsoluteUri: true, IsLoopback: false })
            {
                result.AddError("--url without --live requires a host on this computer, or --proxy with the gateway of a lab. Add --live to call the real host.");
            }

            if (AddressInput.ProblemOfSending(result.GetValue(email)) is { } problem)
            {
                result.AddError(problem);
            }
        });
        var telemetryOptions = TelemetryOptions.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var count = parsed.GetValue(attempts);
            var parallel = parsed.GetValue(concurrency);
            var address = EmailAddress.OnTheWire(parsed.GetValue(email)!)!;
            FileLimit.Require(parsed.CommandResult.Command.Name, parallel);
            var written = new DetectionReport(Outputs.Claim(parsed.GetValue(report), Outputs.Report, parsed.GetValue(force)));
            await using var telemetry = await telemetryOptions.StartAsync(parsed, cancellationToken);
            DetectionRunResult result;
            if (parsed.GetValue(scenario) is { } named)
            {
                var loaded = ScenarioFiles.Load(named);
                var changes = FixOption.Read(parsed, fix, loaded);
                await using var lab = await Lab.StartAsync(loaded, new LabOptions { Edition = parsed.GetValue(edition), Pki = PkiOption.Read(parsed, pki), KeyLogFile = KeyLogOption.PathOf(parsed, keyLog), KeyLogEnded = KeyLogOption.Say }, cancellationToken);
                var show = !parsed.GetValue(json);
                result = await LabDetection.RunAsync(lab, address, count, parallel, show, written.Observe, cancellationToken);
                await written.LookAsync(result, LabEnvironment.Of(lab), show, cancellationToken);
                if (changes is not null && !cancellationToken.IsCancellationRequested)
                {
                    result = result with { WhatIf = await LabDetection.WhatIfAsync(changes, lab, address, count, parallel, show, cancellationToken) };
                }
            }
            else
            {
                await LessonTools.ThrowIfForbiddenAsync(parsed.GetValue(proxy), LessonTool.Detect, cancellationToken);
                using var client = CreateLiveClient(parsed.GetValue(url)!, parsed.GetValue(proxy), parsed.GetValue(ca), parsed.GetValue(edition), parallel);
                result = await LabDetection.RunAsync(new ProbeRun(client, null, RunningTime.Shared) { KeepsPartial = true }, address, count, parallel, !parsed.GetValue(json), written.Observe, cancellationToken);
                result = result with { Reproduction = parsed.GetValue(proxy) is { IsLoopback: true } || parsed.GetValue(url)!.IsLoopback ? RealEnvironment.RunningLab : null };
                await written.LookAsync(result, Hosts(parsed.GetValue(proxy), parsed.GetValue(ca)), !parsed.GetValue(json), cancellationToken);
            }

            await Stopped.SayAsync(result.Attempts, count, "detections", cancellationToken);
            written.Write(result);

            if (parsed.GetValue(json))
            {
                Console.Out.WriteLine(ReadableJson.Text(result, ProbingJson.Default.DetectionRunResult));
            }
            else
            {
                DetectReport.Write(result, parsed.GetValue(verbose));
            }

            return result.IsAsExpected && !cancellationToken.IsCancellationRequested ? ExitCodes.Success : ExitCodes.NotAsExpected;
        });
        return command;
    }

    /// <summary>The hosts behind the gateway of a running lab; without a gateway they cannot be reached.</summary>
    private static CheckEnvironment? Hosts(Uri? proxy, FileInfo? ca) =>
        proxy is { IsLoopback: true } && ca is not null ? RealEnvironment.Behind(proxy, PemRoots.Load(ca.FullName), dns: null, isLab: true) : null;

    private static FrontDoorClient CreateLiveClient(Uri url, Uri? proxy, FileInfo? ca, Edition? edition, int concurrency)
    {
        TrustAnchors anchors;
        if (ca is null)
        {
            if (url.Scheme == Uri.UriSchemeHttps)
            {
                throw new InputException("--url with https requires --ca FILE: the operating system's roots are never used.");
            }

            anchors = TrustAnchors.FromDer([]);
        }
        else
        {
            anchors = PemRoots.Load(ca.FullName);
        }

        ITransportDialer dialer = proxy is null ? new DirectDialer() : new ProxyDialer(proxy, new DirectDialer());
        return new FrontDoorClient(dialer, anchors, url, http2: edition == Edition.Kestrel2025, concurrency, RunningTime.Shared);
    }
}

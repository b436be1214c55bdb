using System.CommandLine;
using System.Globalization;
using System.Net;
using AutoDetectSim.Cli.Check;
using AutoDetectSim.Cli.Output;
using AutoDetectSim.Diagnosis.Capture;
using AutoDetectSim.Evidence;
using AutoDetectSim.Diagnosis.Capture.Judging;
using AutoDetectSim.Diagnosis.Capture.Observations;
using AutoDetectSim.Diagnosis.Checking;
using AutoDetectSim.Diagnosis.Observing;
using AutoDetectSim.Documents.Files;
using AutoDetectSim.Protocols;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Cli.Capture;

/// <summary><c>capture HOST -o FILE</c>: writes a scenario that reproduces what a host, or evidence about it, shows.</summary>
internal static class CaptureCommand
{
    /// <summary>Detections that the scenario's expectation rests on, at the least.</summary>
    public static Command Create()
    {
        var host = new Argument<string?>("HOST") { Description = "Host name, with :PORT if the port is not 443. With --from: host to assume for files that do not name one, with :PORT if that port is forwarded to 443.", Arity = ArgumentArity.ZeroOrOne };
        var place = new CheckPlaceOptions { AllowsNone = true };
        var output = new Option<FileInfo>("--output", "-o") { Description = "Scenario file to write.", Required = true };
        var from = new Option<FileInfo[]>("--from") { Description = "File to capture from instead of the network: the output of openssl s_client, gnutls-cli, nmap, sslscan, curl, keytool, PowerShell, testssl.sh or sslyze, a HAR file of a browser, or a mail that quotes one of them; repeatable." };
        var email = new Option<string?>("--email") { Description = "Address of a mailbox on this host; also captures the ActiveSync host and the mail exchangers of its domain." };
        var attempts = CheckedOption.OptionalWholeNumber("--attempts", "Number of new connections to each host (1 to 10,000). Default: enough to meet every node, at most 300.", 1, 10_000);
        var sources = new Option<string[]>("--source") { Description = "Source address to connect from; give two or more to detect session persistence." };
        var anonymize = new Option<bool>("--anonymize") { Description = "Replace all customer, person, server and CA names consistently." };

        var force = Outputs.Force();
        var strict = new Option<bool>("--strict") { Description = "With --from: report every conclusion that the files do not prove as an error." };

        var command = new Command("capture", "Write a scenario that reproduces a host, or evidence about it, with lab keys: the chain of each node, shares, headers, answers, TLS versions, DNS.")
        {
            host, output, from, email, attempts, sources, anonymize, strict, force,
        };
        place.AddTo(command);
        command.Validators.Add(result =>
        {
            var target = result.GetValue(host);
            var files = result.GetValue(from) ?? [];
            if (target is null && files.Length == 0)
            {
                result.AddError("Give a HOST, or evidence with --from FILE.");
            }

            if (target is not null && HostAndPort.Problem(target) is { } ofHost)
            {
                result.AddError(ofHost);
            }

            if (target is not null && HostAndPort.Parse(target) is { } literal && IPAddress.TryParse(literal.Host, out _))
            {
                result.AddError($"'{target}' is an IP address: a scenario has host names, so give the name that clients use.");
            }

            if (files.Length == 0 && !place.IsGiven(result))
            {
                result.AddError(CheckPlaceOptions.Needed);
            }

            if (files.Length > 0 && place.IsGiven(result))
            {
                result.AddError("--from replaces --scenario, --proxy and --live: give one of them.");
            }

            if (files.Length == 0 && result.GetValue(strict))
            {
                result.AddError("--strict requires --from.");
            }

            if (AddressInput.Problem(result.GetValue(email)) is { } problem)
            {
                result.AddError($"--email: {problem}");
            }

            foreach (var source in (result.GetValue(sources) ?? []).Where(source => !IPAddress.TryParse(source, out _)))
            {
                result.AddError($"--source: '{source}' is not an IP address.");
            }
        });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var target = parsed.GetValue(host) is { } text ? HostAndPort.Parse(text) : null;
            var request = new CheckRequest
            {
                Host = target?.Host ?? "",
                Port = target?.Port ?? 443,
                Email = parsed.GetValue(email) is { } address ? EmailAddress.OnTheWire(address) : null,
                Attempts = parsed.GetValue(attempts),
                Sources = [.. (parsed.GetValue(sources) ?? []).Select(IPAddress.Parse)],
            };
            var file = Outputs.Claim(parsed.GetValue(output)!, Outputs.Scenario, parsed.GetValue(force))!;
            if (parsed.GetValue(from) is { Length: > 0 } files)
            {
                var question = new EvidenceQuestion
                {
                    Host = target?.Host.ToLowerInvariant(),
                    Port = target is { Port: not 443 } other ? other.Port : null,
                    Email = request.Email,
                    Anchors = place.Roots(parsed),
                    SavedAt = files.Where(known => known.Exists).Select(known => new DateTimeOffset(known.LastWriteTimeUtc, TimeSpan.Zero)).DefaultIfEmpty().Max(),
                };
                return await FromFilesAsync(files, question, parsed.GetValue(strict), parsed.GetValue(anonymize), file, cancellationToken);
            }

            await using var environment = await place.OpenAsync(parsed, cancellationToken);
            var (check, world) = await ProgressBar.RunAsync(
                "Connecting to " + request.Host,
                request.Attempts ?? request.MaximumAttempts,
                show: true,
                progress => new CaptureRunner(environment.Environment).RunAsync(request, progress, cancellationToken));
            if (check.IsUnreachable)
            {
                Notice.WriteLine($"{request.Host} cannot be reached: {string.Join(", ", check.Hosts[0].Errors.Keys)}.");
                return ExitCodes.CannotStart;
            }

            var reproduced = PortMapping.Map(new ScenarioReproduction(world).Make(), check, out var note);
            if (note is not null)
            {
                HumanConsole.Create().Prose("Note: " + note);
            }

            await using var trial = await CaptureTrial.StartAsync(reproduced, parsed.GetValue(anonymize), cancellationToken);
            Write(trial, file);
            return Conclude(await CompareAsync(trial, check, request, cancellationToken), "A lab with this scenario gives the same verdicts for every node and every client.");
        });
        return command;
    }

    private static async Task<int> FromFilesAsync(FileInfo[] files, EvidenceQuestion question, bool strict, bool anonymize, OutputFile output, CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        var readings = new List<EvidenceReading>();
        foreach (var file in files)
        {
            try
            {
                readings.Add(EvidenceReader.Load(file.FullName));
            }
            catch (EvidenceException exception)
            {
                problems.Add(exception.Message);
            }
        }

        if (problems.Count > 0)
        {
            throw new InputException(string.Join(Environment.NewLine, problems));
        }

        EvidenceReproduction evidence;
        try
        {
            evidence = EvidenceReproduction.Make(readings, question);
        }
        catch (EvidenceException exception)
        {
            throw new InputException(exception.Message);
        }

        WriteLines("Read", evidence.Read);
        WriteLines("Note", evidence.Notes);
        if (strict && evidence.Assumed.Count > 0)
        {
            throw new InputException(string.Join(Environment.NewLine, evidence.Assumed.Select(guess => "Not certain: " + guess + ".")));
        }

        WriteLines("Assumed", evidence.Assumed);
        await using var trial = await evidence.StartAsync(anonymize, cancellationToken);
        Write(trial, output);
        return Conclude(evidence.Differences(trial), evidence.HasVerdict
            ? "A lab with this scenario agrees with every verdict in the evidence."
            : "The evidence holds no verdict to compare the lab with: it does not show whether detections fail.");
    }

    private static void Write(CaptureTrial trial, OutputFile output)
    {
        var (scenario, run) = (trial.Scenario, trial.Run);
        output.Write(ScenarioWriter.Write(scenario));
        HumanConsole.Create().Prose($"{Path.GetFileName(output.Path)}: {Count(scenario.LoadBalancers.Sum(balancer => balancer.Nodes.Count), "node", "nodes")} behind {Count(scenario.LoadBalancers.Count, "load balancer", "load balancers")}, {Count(scenario.Certificates.Count, "certificate", "certificates")}, {Count(scenario.Authorities.Count, "authority", "authorities")}.");
        HumanConsole.Create().Prose(string.Create(CultureInfo.InvariantCulture, $"Detections in the lab: {run.Successes} of {run.Attempts} succeed{(run.Errors.Count == 0 ? "" : " (" + string.Join(", ", run.Errors.Select(error => $"{error.Key} {error.Value}")) + ")")}."));
        WriteLines("Different from the original", trial.Deviations);
    }

    /// <summary>Says where the lab is not like the original, and gives the exit code.</summary>
    private static int Conclude(IReadOnlyCollection<string> differences, string agreement)
    {
        WriteLines("Not the same", differences);
        if (differences.Count == 0)
        {
            HumanConsole.Create().Prose(agreement);
        }

        return differences.Count == 0 ? ExitCodes.Success : ExitCodes.NotAsExpected;
    }

    private static void WriteLines(string title, IEnumerable<string> sentences)
    {
        foreach (var sentence in sentences)
        {
            HumanConsole.Create().Prose(new string([.. $"{title}: {sentence.TrimEnd('.')}.".Select(character => char.IsControl(character) ? ' ' : character)]));
        }
    }

    private static string Count(int count, string one, string many) => string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many)}");

    /// <summary>Looks at the lab as the capture looked at the original.</summary>
    private static async Task<IReadOnlyCollection<string>> CompareAsync(CaptureTrial trial, CheckResult check, CheckRequest request, CancellationToken cancellationToken)
    {
        var anonymizer = trial.Anonymizer;
        var repeated = request with
        {
            Host = anonymizer?.Host(request.Host) ?? request.Host,
            Email = anonymizer is not null && request.Email is { } email ? anonymizer.Email(email) : request.Email,
            Port = PortMapping.Asked,
            Sources = [],
        };
        return CaptureComparison.Compare(check, await new CheckRunner(LabEnvironment.Of(trial.Lab)).RunAsync(repeated, progress: null, cancellationToken), anonymizer);
    }
}

using System.CommandLine;
using System.Net;
using AutoDetectSim.Cli.Output;
using AutoDetectSim.Cli.Telemetry;
using AutoDetectSim.Control;
using AutoDetectSim.Documents.Files;
using AutoDetectSim.Hosting;
using AutoDetectSim.Roles;
using AutoDetectSim.Web.Api;
using Microsoft.Extensions.Logging.Abstractions;

namespace AutoDetectSim.Cli.Run;

/// <summary><c>run SCENARIO</c>: runs a lab until it is stopped.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var scenario = new Argument<string>("SCENARIO") { Description = $"Scenario to run: {ScenarioFiles.FileOrName}." };
        var readyFile = new Option<FileInfo?>("--ready-file") { Description = "JSON file with every address and port, written once everything listens." };
        var rootFile = new Option<FileInfo?>("--root-file") { Description = "PEM file for the roots that clients trust, removed when the lab stops. Default: a file in a temporary folder." };
        var gatewayPort = CheckedOption.WholeNumber("--gateway-port", "Loopback port of the gateway; 0 for any free port.", 0, 65535, 0);
        var dnsPort = CheckedOption.OptionalWholeNumber("--dns-port", "Loopback port for a DNS server (UDP and TCP) of the lab's zone; 0 for any free port. Default: the scenario's.", 0, 65535);
        var standardPorts = StandardPortsOption.Create();
        var hostsFile = new Option<FileInfo?>("--hosts-file") { Description = "With --standard-ports: hosts file to create, or to add lines to, once everything listens; the lines are removed when the lab stops." };
        var control = new Option<bool>("--control") { Description = "Allow other processes to change the running lab, with the command change; the ready file has the address." };
        var edition = EditionOption.Create();
        var keyLog = KeyLogOption.Create();
        var pki = PkiOption.Create();
        var force = Outputs.Force();
        var admin = new Option<bool>("--wiremock-admin") { Description = "Open WireMock's admin API on loopback, with a token; the ready file and the banner show both." };

        var command = new Command("run", "Run a lab until Ctrl-C or SIGTERM.") { scenario, readyFile, rootFile, gatewayPort, dnsPort, standardPorts, hostsFile, control, edition, pki, keyLog, admin, force };
        command.Validators.Add(result =>
        {
            if (StandardPortsOption.Read(result.GetResult(standardPorts) is not null, result.GetValue(standardPorts), out _) is { } error)
            {
                result.AddError(error);
            }

            if (result.GetResult(hostsFile) is not null && result.GetResult(standardPorts) is null)
            {
                result.AddError("--hosts-file requires --standard-ports: a hosts file maps names to addresses, not to ports.");
            }
        });
        command.Validators.Add(result =>
        {
            if (result.GetValue(control) && result.GetResult(readyFile) is null)
            {
                result.AddError("--control requires --ready-file: other processes read there how to reach the lab.");
            }
        });
        var roleOptions = new RoleOptions(pki);
        roleOptions.AddTo(command, gatewayPort, dnsPort, standardPorts, hostsFile, control, admin);
        var telemetryOptions = TelemetryOptions.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var loaded = ScenarioFiles.Load(parsed.GetValue(scenario)!);
            if (parsed.GetValue(admin))
            {
                loaded = loaded with { WireMockAdmin = true };
            }
            else if (loaded.WireMockAdmin)
            {
                Notice.WriteLine("The scenario asks for WireMock's admin API, which stays closed without --wiremock-admin.");
            }

            StandardPortsOption.Read(parsed.GetResult(standardPorts) is not null, parsed.GetValue(standardPorts), out var network);
            var logRole = roleOptions.LogRole(parsed);
            var options = new LabOptions
            {
                Loggers = logRole is null ? NullLoggerFactory.Instance : new JsonLog(logRole, Console.Error, TimeProvider.System),
                Parts = roleOptions.Read(parsed, loaded),
                Listen = roleOptions.Listen(parsed),
                Instance = roleOptions.Instance(parsed),
                AllowsWireMockAdmin = parsed.GetValue(admin),
                GatewayPort = parsed.GetValue(gatewayPort),
                DnsPort = parsed.GetValue(dnsPort),
                StandardPorts = network,
                Edition = parsed.GetValue(edition),
                Pki = PkiOption.Read(parsed, pki),
                KeyLogFile = KeyLogOption.PathOf(parsed, keyLog),
                KeyLogEnded = KeyLogOption.Say,
            };
            var replace = parsed.GetValue(force);
            var ready = Outputs.Claim(parsed.GetValue(readyFile), ReadyFile.Kind, replace);
            var roots = Outputs.Claim(parsed.GetValue(rootFile), RootCertificateFile.Kind, replace);
            var hosts = parsed.GetValue(hostsFile) is { } named ? HostsBlock.Claim(named.FullName) : null;
            await using var telemetry = await telemetryOptions.StartAsync(parsed, cancellationToken);
            using var folder = OwnedFolder.CreateTemporary();
            await using var lab = await Lab.StartAsync(loaded, options, cancellationToken);
            using var root = new RootCertificateFile(lab, folder, roots);
            await using var health = roleOptions.HealthPort(parsed) is { } port
                ? await StartHealthAsync(lab, roleOptions.LogRole(parsed) ?? PartRole.All.ToString(), new IPEndPoint(roleOptions.Listen(parsed), port), cancellationToken)
                : null;
            await using var server = parsed.GetValue(control) ? await StartControlAsync(lab, cancellationToken) : null;
            try
            {
                if (options.Parts is { } parts)
                {
                    var part = PartReadyFile.Of(lab, parts, root, roleOptions.HealthPort(parsed) is { } healthPort ? $"http://{new IPEndPoint(parts.Listen, healthPort)}" : null) with { MetricsUrl = telemetry?.MetricsUrl };
                    if (ready is not null)
                    {
                        part.Write(ready);
                    }

                    part.Say();
                    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
                }

                hosts?.Write(HostsFile.Render(lab.Scenario, lab.Network, lab.Loopback));
                var running = ReadyFile.Of(lab, root, server?.Access) with { MetricsUrl = telemetry?.MetricsUrl };
                using var listing = LabListing.TryAdd(DataFolder.Of(null), running);
                if (ready is not null)
                {
                    running.Write(ready);
                }

                RunBanner.Write(lab, root, hosts);
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            }
            catch (OperationCanceledException)
            {
                Notice.WriteLine("The lab has stopped.");
            }
            finally
            {
                foreach (var problem in new[] { ready?.Delete(), hosts?.Remove() }.OfType<string>())
                {
                    Notice.WriteLine(problem);
                }
            }

            return ExitCodes.Success;
        });
        return command;
    }

    /// <summary>A method by itself: a lab without health endpoints does not load what they need.</summary>
    private static Task<HealthServer> StartHealthAsync(Lab lab, string roles, IPEndPoint endPoint, CancellationToken cancellationToken) => HealthServer.StartAsync(lab, roles, endPoint, cancellationToken);

    /// <summary>A method by itself: a lab without a control server does not load the assembly with its paths.</summary>
    private static Task<ControlServer> StartControlAsync(Lab lab, CancellationToken cancellationToken) => ControlServer.StartAsync(ControlPaths.Of(lab), cancellationToken);
}

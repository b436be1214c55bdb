using System.CommandLine;
using AutoDetectSim.Cli.Detect;
using AutoDetectSim.Cli.Output;
using AutoDetectSim.Control;
using AutoDetectSim.Hosting;

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
        var hostsFile = new Option<FileInfo?>("--hosts-file") { Description = "With --standard-ports: file for the lines of a hosts file, written once everything listens and removed when the lab stops." };
        var control = new Option<bool>("--control") { Description = "Allow other processes to change the running lab, with the command change; the ready file has the address." };
        var edition = EditionOption.Create();
        var keyLog = KeyLogOption.Create();

        var command = new Command("run", "Run a lab until Ctrl-C or SIGTERM.") { scenario, readyFile, rootFile, gatewayPort, dnsPort, standardPorts, hostsFile, control, edition, keyLog };
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
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var loaded = ScenarioFiles.Load(parsed.GetValue(scenario)!);
            StandardPortsOption.Read(parsed.GetResult(standardPorts) is not null, parsed.GetValue(standardPorts), out var network);
            var options = new LabOptions
            {
                GatewayPort = parsed.GetValue(gatewayPort),
                DnsPort = parsed.GetValue(dnsPort),
                StandardPorts = network,
                Edition = parsed.GetValue(edition),
                KeyLogFile = KeyLogOption.PathOf(parsed, keyLog),
            };
            await using var lab = await Lab.StartAsync(loaded, options, cancellationToken);
            using var root = new RootCertificateFile(lab, file: parsed.GetValue(rootFile)?.FullName);
            await using var server = parsed.GetValue(control) ? await ControlServer.StartAsync(new LabApi(lab).Map, cancellationToken) : null;
            var ready = parsed.GetValue(readyFile);
            var hosts = parsed.GetValue(hostsFile);
            try
            {
                if (hosts is not null)
                {
                    OutputFile.Write(hosts.FullName, "hosts file", HostsFile.Render(lab.Scenario, lab.Network, lab.Loopback));
                }

                var running = ReadyFile.Of(lab, root, server?.Access);
                using var listing = LabListing.TryAdd(DataFolder.Of(null), running);
                if (ready is not null)
                {
                    running.Write(ready.FullName);
                }

                RunBanner.Write(lab, root, hosts?.FullName);
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            }
            catch (OperationCanceledException)
            {
                Notice.WriteLine("The lab has stopped.");
            }
            finally
            {
                foreach (var written in new[] { ready, hosts }.OfType<FileInfo>())
                {
                    File.Delete(written.FullName);
                }
            }

            return ExitCodes.Success;
        });
        return command;
    }
}

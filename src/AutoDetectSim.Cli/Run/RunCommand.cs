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
        var scenario = new Argument<string>("SCENARIO") { Description = $"What to run: {ScenarioFiles.FileOrName}." };
        var readyFile = new Option<FileInfo?>("--ready-file") { Description = "Write where everything listens to this file, as JSON, once everything listens." };
        var rootFile = new Option<FileInfo?>("--root-file") { Description = "Write the roots that clients trust to this file, as PEM. It goes with the lab. Left out: to a file in a folder of its own." };
        var gatewayPort = CheckedOption.WholeNumber("--gateway-port", "The loopback port of the gateway; 0 for any free one.", 0, 65535, 0);
        var dnsPort = CheckedOption.OptionalWholeNumber("--dns-port", "Serve the zone over DNS (UDP and TCP) on this loopback port; 0 for any free one. Default: as the scenario says.", 0, 65535);
        var standardPorts = StandardPortsOption.Create();
        var hostsFile = new Option<FileInfo?>("--hosts-file") { Description = "With --standard-ports: write the lines of a hosts file to this file, once everything listens. It goes with the lab." };
        var control = new Option<bool>("--control") { Description = "Let other processes change the lab while it runs: the ready file then says how, and the command change does it." };
        var edition = EditionOption.Create();
        var keyLog = KeyLogOption.Create();

        var command = new Command("run", "Runs a lab until Ctrl-C or SIGTERM.") { scenario, readyFile, rootFile, gatewayPort, dnsPort, standardPorts, hostsFile, control, edition, keyLog };
        command.Validators.Add(result =>
        {
            if (StandardPortsOption.Read(result.GetResult(standardPorts) is not null, result.GetValue(standardPorts), out _) is { } error)
            {
                result.AddError(error);
            }

            if (result.GetResult(hostsFile) is not null && result.GetResult(standardPorts) is null)
            {
                result.AddError("--hosts-file needs --standard-ports: a hosts file leads a name to an address, and says nothing of ports.");
            }
        });
        command.Validators.Add(result =>
        {
            if (result.GetValue(control) && result.GetResult(readyFile) is null)
            {
                result.AddError("--control needs --ready-file: that is where others read how to reach the lab.");
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

                if (ready is not null)
                {
                    ReadyFile.Write(ready.FullName, lab, root, server?.Access);
                }

                RunBanner.Write(lab, root, hosts?.FullName);
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            }
            catch (OperationCanceledException)
            {
                await Console.Error.WriteLineAsync("The lab has stopped.");
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

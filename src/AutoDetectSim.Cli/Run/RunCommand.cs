using System.CommandLine;
using AutoDetectSim.Cli.Detect;
using AutoDetectSim.Cli.Output;

namespace AutoDetectSim.Cli.Run;

/// <summary><c>run SCENARIO</c>: runs a lab until it is stopped.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var scenario = new Argument<string>("SCENARIO") { Description = $"What to run: {ScenarioFiles.FileOrName}." };
        var readyFile = new Option<FileInfo?>("--ready-file") { Description = "Write where everything listens to this file, as JSON, once everything listens." };
        var gatewayPort = CheckedOption.WholeNumber("--gateway-port", "The loopback port of the gateway; 0 for any free one.", 0, 65535, 0);
        var dnsPort = CheckedOption.OptionalWholeNumber("--dns-port", "Serve the zone over DNS (UDP and TCP) on this loopback port; 0 for any free one. Default: as the scenario says.", 0, 65535);
        var edition = EditionOption.Create();
        var keyLog = KeyLogOption.Create();

        var command = new Command("run", "Runs a lab until Ctrl-C or SIGTERM.") { scenario, readyFile, gatewayPort, dnsPort, edition, keyLog };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var loaded = ScenarioFiles.Load(parsed.GetValue(scenario)!);
            var options = new LabOptions
            {
                GatewayPort = parsed.GetValue(gatewayPort),
                DnsPort = parsed.GetValue(dnsPort),
                Edition = parsed.GetValue(edition),
                KeyLogFile = KeyLogOption.PathOf(parsed, keyLog),
            };
            await using var lab = await Lab.StartAsync(loaded, options, cancellationToken);
            using var root = new RootCertificateFile(lab);
            var ready = parsed.GetValue(readyFile);
            try
            {
                if (ready is not null)
                {
                    ReadyFile.Write(ready.FullName, lab, root.Path);
                }

                RunBanner.Write(lab, root.Path);
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            }
            catch (OperationCanceledException)
            {
                await Console.Error.WriteLineAsync("The lab has stopped.");
            }
            finally
            {
                if (ready is not null)
                {
                    File.Delete(ready.FullName);
                }
            }

            return ExitCodes.Success;
        });
        return command;
    }
}

using System.Globalization;
using AutoDetectSim.Cli.Output;
using AutoDetectSim.Diagnosis.Probing;
using AutoDetectSim.Documents.Writing;
using AutoDetectSim.Training.Progress;
using AutoDetectSim.Training.Sessions;

namespace AutoDetectSim.Cli.Learn;

/// <summary>What a trainee is shown: the customer's words, the topology, and lines to copy and paste.</summary>
internal static class SessionBanner
{
    public static void Write(SessionStatus status, TextWriter writer)
    {
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{status.Lesson}: {status.Title} (level {status.Level})"));
        writer.WriteLine();
        writer.WriteLine("The customer says:");
        foreach (var line in TextFlow.Unwrap(status.Symptom))
        {
            writer.WriteLine("  " + line);
        }

        writer.WriteLine();
        WriteState(status, writer);
        writer.WriteLine("Topology:");
        foreach (var virtualIp in status.Topology.VirtualIps)
        {
            writer.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {virtualIp.Name,-12} {virtualIp.Address,-20} {string.Join(", ", virtualIp.Hosts)}"));
            writer.WriteLine($"  {string.Empty,-12} {(virtualIp.EndsTls ? "terminates TLS in front of" : "load balancer of")} {NodeRanges.Shown(virtualIp.Nodes)}; from this machine {virtualIp.Endpoint}");
        }

        writer.WriteLine();
        WriteTools(status, writer);
        writer.WriteLine();
        writer.WriteLine("In a second terminal: learn status, phone, hint, diagnose, fix, verify, explain. To end the lesson: learn stop, or Ctrl-C here.");
    }

    private static void WriteState(SessionStatus status, TextWriter writer)
    {
        foreach (var question in status.Questions)
        {
            writer.WriteLine($"Question {question.Name}: {question.Ask}{(question.IsAnswered ? " (answered)" : string.Empty)}");
        }

        if (status.Questions.Count > 0)
        {
            writer.WriteLine();
        }

        var done = string.Create(CultureInfo.InvariantCulture, $"{status.Probes} {(status.Probes == 1 ? "probe" : "probes")}, {status.HintsUsed} {(status.HintsUsed == 1 ? "hint" : "hints")}, {status.Diagnoses} {(status.Diagnoses == 1 ? "diagnosis" : "diagnoses")}, {status.Repairs.Count} {(status.Repairs.Count == 1 ? "repair" : "repairs")}");
        if (status.State != LessonState.Open || status.Probes + status.HintsUsed + status.Diagnoses + status.Repairs.Count > 0)
        {
            writer.WriteLine($"So far: {done}{(status.Score is { } score ? $"; {score}" : string.Empty)}.");
            foreach (var repair in status.Repairs)
            {
                writer.WriteLine($"  {repair.Change}{(repair.IsUndone ? "  (undone)" : string.Empty)}");
            }

            writer.WriteLine();
        }
    }

    private static void WriteTools(SessionStatus status, TextWriter writer)
    {
        var topology = status.Topology;
        var (gateway, root) = (topology.Gateway, topology.RootCertificate);
        writer.WriteLine("The AutoDetect call that phones make:");
        writer.WriteLine($"  curl -i -x {gateway} --cacert {root} -H 'x-email: {status.Address}' '{topology.DetectUrl}?{ProbeRun.DefaultQuery}'");
        writer.WriteLine("The same call several times, with the diagnostic headers decoded:");
        writer.WriteLine($"  autodetectsim detect {status.Address} --url {topology.DetectUrl} --proxy {gateway} --ca {root} --attempts 5");
        writer.WriteLine("One connection to a virtual IP:");
        foreach (var virtualIp in topology.VirtualIps.Where(one => one.UsesTls))
        {
            writer.WriteLine($"  openssl s_client -connect {virtualIp.Endpoint} -servername {virtualIp.Hosts[0]} -showcerts -CAfile {root} </dev/null");
        }

        writer.WriteLine("Many connections, grouped by the chain that is presented:");
        foreach (var host in topology.VirtualIps.Where(one => one.UsesTls).Select(one => one.Hosts[0]))
        {
            writer.WriteLine($"  autodetectsim check {host} --proxy {gateway} --ca {root} --email {status.Address}{(topology.Dns is { } server ? " --dns " + server : string.Empty)}");
        }

        if (topology.Dns?.Split(':') is [var address, var port])
        {
            writer.WriteLine("The customer's DNS:");
            writer.WriteLine($"  dig @{address} -p {port} {topology.VirtualIps[0].Hosts[0]}");
        }

        writer.WriteLine("A connection from one of AutoDetect's addresses (default: from 198.51.100.10):");
        writer.WriteLine($"  curl -i -x http://52.125.128.7@{new Uri(gateway).Authority} --cacert {root} https://{topology.VirtualIps[0].Hosts[0]}/autodiscover/autodiscover.json");
    }
}

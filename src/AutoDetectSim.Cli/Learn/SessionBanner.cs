using System.Globalization;
using AutoDetectSim.Cli.Output;
using AutoDetectSim.Cli.Run;
using AutoDetectSim.Diagnosis.Probing;
using AutoDetectSim.Diagnosis.Reports;
using AutoDetectSim.Training.Lessons;
using AutoDetectSim.Training.Progress;
using AutoDetectSim.Training.Sessions;

namespace AutoDetectSim.Cli.Learn;

/// <summary>What a trainee is shown: the customer's words, the topology, and lines to copy and paste.</summary>
internal static class SessionBanner
{
    /// <summary>The longest command that has its meaning on the same line.</summary>
    private const int Longest = 22;

    public static void Write(SessionStatus status, TextWriter writer)
    {
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{status.Lesson}: {status.Title} (level {status.Level})"));
        if (status.Recommended.Count > 0)
        {
            writer.WriteLine($"Recommended before this lesson: {string.Join(", ", status.Recommended)}.");
        }

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
            writer.WriteLine($"  {string.Empty,-12} {(virtualIp.EndsTls ? "terminates TLS in front of" : "load balancer of")} {NameRow.All(virtualIp.Nodes)}; from this machine {virtualIp.Endpoint}");
        }

        if (status.HasFaults)
        {
            writer.WriteLine($"  {"certificates",-12} {string.Join(", ", status.Topology.Certificates.Select(one => one.Key == one.Value ? one.Key : $"{one.Key} ({one.Value})"))}");
            writer.WriteLine($"  {"organization",-12} {string.Join(", ", status.Topology.Organizations)}");
        }

        writer.WriteLine();
        WriteTools(status, writer);
        writer.WriteLine();
        WriteCommands(status, writer);
    }

    private static void WriteCommands(SessionStatus status, TextWriter writer)
    {
        writer.WriteLine("In a second terminal:");
        foreach (var (command, meaning) in Commands(status))
        {
            writer.WriteLine($"  {"autodetectsim learn " + command,-42}{(command.Length > Longest ? Environment.NewLine + new string(' ', 44) : string.Empty)} {meaning}");
        }

        writer.WriteLine("To end the lesson: autodetectsim learn stop, or Ctrl-C here.");
    }

    private static IEnumerable<(string Command, string Meaning)> Commands(SessionStatus status)
    {
        if (status.Questions.Count > 0)
        {
            yield return ("answer QUESTION VALUE", $"answer a question, for example: answer {status.Questions[0].Name} VALUE");
        }

        if (status.HasFaults && status.Tools.Contains(LessonTool.Phone))
        {
            yield return ("phone", "add the account on a phone again");
        }

        if (status.HasFaults && status.Tools.Contains(LessonTool.Log))
        {
            yield return ("log SERVER", "read the logs of a server");
        }

        if (status.HasFaults)
        {
            yield return ("diagnose --host HOST --nodes NODE.. --fault FAULT --layer LAYER --certificate NAME", "submit a diagnosis, as much of it as you know, and one per fault; learn faults lists the faults and layers");
            yield return ("fix \"CHANGE\"", "repair the lab; learn read changes shows how to write a change, learn read scenarios the keys");
        }

        yield return ("hint", "show the next hint, which costs points");
        yield return ("verify", status.HasFaults ? "check whether everything works" : "finish, once all questions are answered");
        yield return ("explain", "read the explanation, at the end");
        yield return ("status", "show all of this again");
    }

    private static void WriteState(SessionStatus status, TextWriter writer)
    {
        foreach (var question in status.Questions)
        {
            writer.WriteLine($"Question `{question.Name}`: {question.Ask}{(question.IsAnswered ? " (answered)" : string.Empty)}");
        }

        if (status.Questions.Count > 0)
        {
            writer.WriteLine();
        }

        var repairs = status.Repairs.Count(repair => !repair.IsPractice);
        var done = string.Create(CultureInfo.InvariantCulture, $"{status.Probes} {(status.Probes == 1 ? "probe" : "probes")}, {status.HintsUsed} {(status.HintsUsed == 1 ? "hint" : "hints")}, {status.Diagnoses} {(status.Diagnoses == 1 ? "diagnosis" : "diagnoses")}, {repairs} {(repairs == 1 ? "repair" : "repairs")}");
        if (status.State != LessonState.Open || status.Probes + status.HintsUsed + status.Diagnoses + status.Repairs.Count > 0)
        {
            writer.WriteLine($"So far: {done}{(status.Score is { } score ? $"; {score}" : string.Empty)}.");
            foreach (var repair in status.Repairs)
            {
                writer.WriteLine($"  {repair.Change}{(repair.IsUndone ? "  (undone)" : string.Empty)}{(repair.IsPractice ? "  (after the end: does not count)" : string.Empty)}");
            }

            writer.WriteLine();
        }
    }

    private static void WriteTools(SessionStatus status, TextWriter writer)
    {
        var topology = status.Topology;
        var (gateway, root) = (topology.Gateway, topology.RootCertificate is { } file ? ShellLine.Word(file) : null);
        if (status.Tools.Contains(LessonTool.Curl))
        {
            writer.WriteLine("The AutoDetect call that phones make:");
            writer.WriteLine($"  curl -i -x {gateway} --cacert {root} -H 'x-email: {status.Address}' '{topology.DetectUrl}?{ProbeRun.DefaultQuery}'");
        }

        if (status.Tools.Contains(LessonTool.Detect))
        {
            writer.WriteLine("The same call several times, with the diagnostic headers decoded:");
            writer.WriteLine($"  autodetectsim detect {status.Address} --url {topology.DetectUrl} --proxy {gateway} --ca {root} --attempts 5");
        }

        if (status.Tools.Contains(LessonTool.Openssl))
        {
            writer.WriteLine("One connection to a virtual IP:");
            foreach (var virtualIp in topology.VirtualIps.Where(one => one.UsesTls))
            {
                writer.WriteLine($"  openssl s_client -connect {virtualIp.Endpoint} -servername {virtualIp.Hosts[0]} -showcerts -CAfile {root} </dev/null");
            }
        }

        if (status.Tools.Contains(LessonTool.Check))
        {
            writer.WriteLine("Many connections, grouped by the chain that is presented:");
            foreach (var host in topology.VirtualIps.Where(one => one.UsesTls).Select(one => one.Hosts[0]))
            {
                writer.WriteLine($"  autodetectsim check {host} --proxy {gateway} --ca {root} --email {status.Address}{(topology.Dns is { } server ? " --dns " + server : string.Empty)}");
            }
        }

        if (status.Tools.Contains(LessonTool.Dig) && topology.Dns?.Split(':') is [var address, var port])
        {
            writer.WriteLine("The customer's DNS:");
            writer.WriteLine($"  dig @{address} -p {port} {topology.VirtualIps[0].Hosts[0]}");
        }

        if (status.Tools.Contains(LessonTool.Curl))
        {
            writer.WriteLine("AutoDetect's request to AutoDiscover V2, from one of AutoDetect's addresses (default: from 198.51.100.10):");
            writer.WriteLine($"  curl -i -x http://52.125.128.7@{new Uri(gateway).Authority} --cacert {root} 'https://{topology.VirtualIps[0].Hosts[0]}/autodiscover/autodiscover.json?Email={status.Address}&Protocol=ActiveSync'");
        }
    }
}

using System.Globalization;
using System.Text;
using AutoDetectSim.Documents;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Testing.Timeline;

/// <summary>Writes what happened in a lab, for analyzing a failed test.</summary>
internal static class TimelineText
{
    /// <summary>How many connections, and how many detections, are written out; of more the last ones are.</summary>
    private const int Most = 40;

    private const int MostDetections = 5;

    /// <summary>The timeline.</summary>
    /// <param name="scenario">What the lab runs.</param>
    /// <param name="connections">The connections of the tool under test.</param>
    /// <param name="marked">Those of them that a test complains about.</param>
    /// <param name="detections">The AutoDetect calls of the tool under test.</param>
    public static string Write(Scenario scenario, IReadOnlyList<JournalConnection> connections, IReadOnlyCollection<JournalConnection> marked, IReadOnlyList<JournalDetection> detections)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"What the tool under test did (scenario {scenario.Name}, seed {scenario.Seed}):\n");
        WriteConnections(text, connections, marked.ToHashSet<JournalConnection>(ReferenceEqualityComparer.Instance));
        WriteDetections(text, detections);
        WriteNodes(text, scenario, connections);
        return text.ToString().TrimEnd('\n');
    }

    private static void WriteConnections(StringBuilder text, IReadOnlyList<JournalConnection> connections, HashSet<JournalConnection> marked)
    {
        if (connections.Count == 0)
        {
            text.Append("  no connections\n");
            return;
        }

        var shown = Shown(connections, marked);
        if (shown.Count < connections.Count)
        {
            text.Append(CultureInfo.InvariantCulture, $"  ({connections.Count - shown.Count} more connections omitted)\n");
        }

        foreach (var connection in shown)
        {
            var after = (connection.At - connections[0].At).TotalSeconds;
            text.Append(CultureInfo.InvariantCulture, $"{(marked.Contains(connection) ? "> " : "  ")}{(connection.Number is { } number ? $"#{number}" : "-"),-5} {after,7:0.000} s  {Description(connection)}\n");
            foreach (var request in connection.Requests)
            {
                text.Append(CultureInfo.InvariantCulture, $"{"",20}{request}\n");
            }
        }
    }

    /// <summary>The last ones, and before those the ones that are complained about.</summary>
    private static List<JournalConnection> Shown(IReadOnlyList<JournalConnection> connections, HashSet<JournalConnection> marked)
    {
        if (connections.Count <= Most)
        {
            return [.. connections];
        }

        var chosen = connections.Where(marked.Contains).Take(Most / 2).ToHashSet();
        chosen.UnionWith(connections.Skip(connections.Count - (Most - chosen.Count)));
        return [.. connections.Where(chosen.Contains)];
    }

    private static string Description(JournalConnection connection)
    {
        if (connection.Node is null)
        {
            return $"{connection.ServerName}  {connection.Failure}";
        }

        var parts = new List<string?>
        {
            string.Equals(connection.LoadBalancer, connection.Node, StringComparison.OrdinalIgnoreCase) ? connection.Node : $"{connection.LoadBalancer}/{connection.Node}",
            connection.ServerName ?? (connection.Presented.Count > 0 ? "no SNI" : null),
            connection.TlsVersion,
            connection.Presented.Count > 0 ? $"[{string.Join(", ", connection.Presented)}]" : null,
            connection.Verdict,
            connection.Alert is { } alert ? $"the tool ended the handshake: {alert}" : connection.Failure,
            connection is { TlsVersion: not null, Requests.Count: 0 } ? (connection.IsOpen ? "no request yet" : "no request") : null,
        };
        return string.Join("  ", parts.Where(part => !string.IsNullOrEmpty(part)));
    }

    private static void WriteDetections(StringBuilder text, IReadOnlyList<JournalDetection> detections)
    {
        if (detections.Count == 0)
        {
            return;
        }

        text.Append(CultureInfo.InvariantCulture, $"AutoDetect calls ({detections.Count}):\n");
        if (detections.Count > MostDetections)
        {
            text.Append(CultureInfo.InvariantCulture, $"  (the first {detections.Count - MostDetections} omitted)\n");
        }

        foreach (var detection in detections.Skip(detections.Count - MostDetections))
        {
            var nodes = detection.Nodes.Count == 0 ? "" : $"  at {string.Join(", ", detection.Nodes)}";
            text.Append(CultureInfo.InvariantCulture, $"  {detection.Email}  {detection.StatusCode}  {(detection.IsFound ? "found" : "nothing found")}  {detection.Error ?? "no error"}{nodes}\n");
            foreach (var (step, index) in detection.Steps.Select((step, index) => (step, index + 1)))
            {
                text.Append(CultureInfo.InvariantCulture, $"      {index}. {step}\n");
            }
        }
    }    private static string WithRequests(int count, int of) =>
        count == of ? "with requests" : count == 0 ? "without requests" : string.Create(CultureInfo.InvariantCulture, $"{count} with requests");

    private static void WriteNodes(StringBuilder text, Scenario scenario, IReadOnlyList<JournalConnection> connections)
    {
        text.Append("By node:\n");
        var byNode = connections.Where(connection => connection.Node is not null).ToLookup(connection => connection.Node!, StringComparer.OrdinalIgnoreCase);
        var names = scenario.LoadBalancers.SelectMany(balancer => balancer.Nodes).Select(node => node.Name).Order(NaturalOrder.Instance).ToList();
        var met = names.Where(byNode.Contains).ToList();
        foreach (var name in met.Take(Most))
        {
            var own = byNode[name].ToList();
            var verdicts = own.Select(connection => connection.Verdict).OfType<string>().Distinct(StringComparer.Ordinal);
            text.Append(CultureInfo.InvariantCulture, $"  {name,-12} {own.Count} {(own.Count == 1 ? "connection" : "connections")}, {WithRequests(own.Count(connection => connection.Requests.Count > 0), own.Count)}  {string.Join(", ", verdicts)}\n");
        }

        if (met.Count > Most)
        {
            text.Append(CultureInfo.InvariantCulture, $"  ({met.Count - Most} more nodes omitted)\n");
        }

        var missed = names.Where(name => !byNode.Contains(name)).ToList();
        if (missed.Count > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"  no connection to {string.Join(", ", missed.Take(Most))}{(missed.Count > Most ? $" and {missed.Count - Most} more" : "")}\n");
        }
    }
}

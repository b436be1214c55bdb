using System.Globalization;
using AutoDetectSim.Documents;
using AutoDetectSim.Network;
using AutoDetectSim.Network.Journal;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Regression.Worlds;

/// <summary>What a tool did in a lab: the nodes that it met, and its connections in order.</summary>
/// <param name="Nodes">The customer's nodes that were met, and how often.</param>
/// <param name="Unmet">The customer's nodes that were not met.</param>
/// <param name="Timeline">The first connections, a line each.</param>
/// <param name="IsNone">Whether the tool did not try to reach the lab, and asked the lab's DNS server nothing: strangers' hosts and requests that the gateway does not forward do not count.</param>
internal sealed record WorldTraffic(IReadOnlyList<MetNode> Nodes, IReadOnlyList<string> Unmet, IReadOnlyList<string> Timeline, bool IsNone)
{
    /// <summary>How many connections are written out.</summary>
    private const int Most = 12;

    /// <summary>How long the servers may take to finish what the tool has finished.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Reads the journal of a lab.</summary>
    /// <param name="lab">The lab.</param>
    /// <param name="asked">The hosts that the tool was asked to judge, whether they exist or not.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<WorldTraffic> OfAsync(Lab lab, IReadOnlyCollection<string> asked, CancellationToken cancellationToken)
    {
        var journal = lab.Network.Journal;
        await journal.WhenSettledAsync(Patience, cancellationToken);
        var connections = journal.All();
        var failed = journal.AllFailed();
        var customers = connections.Where(connection => !connection.IsService).ToList();
        var met = customers.GroupBy(connection => connection.Node, StringComparer.OrdinalIgnoreCase)
            .OrderBy(group => group.Key, NaturalOrder.Instance)
            .Select(group => new MetNode(group.Key, group.Count(), [.. group.Select(connection => Verdict(lab, connection)).Distinct(StringComparer.Ordinal)]))
            .ToList();
        var names = lab.Scenario.LoadBalancers.SelectMany(balancer => balancer.Nodes).Select(node => node.Name).Distinct(StringComparer.OrdinalIgnoreCase);
        return new WorldTraffic(
            met,
            [.. names.Where(name => !met.Exists(node => string.Equals(node.Name, name, StringComparison.OrdinalIgnoreCase))).Order(NaturalOrder.Instance)],
            Lines(lab, connections, failed),
            IsNone: connections.Count == 0 && lab.DnsQueries == 0 && failed.All(attempt => IsElsewhere(attempt, asked)));
    }

    private static bool IsElsewhere(FailedAttempt attempt, IReadOnlyCollection<string> asked) => attempt.Kind switch
    {
        AttemptKind.NotForwarded => true,
        AttemptKind.Stranger => !asked.Contains(attempt.Host, StringComparer.OrdinalIgnoreCase),
        _ => false,
    };

    private static List<string> Lines(Lab lab, IReadOnlyList<ConnectionRecord> connections, IReadOnlyList<FailedAttempt> failed)
    {
        var lines = connections.Select(connection => (At: connection.OpenedAt, Text: Line(lab, connection)))
            .Concat(failed.Select(attempt => (attempt.At, Text: Line(attempt))))
            .OrderBy(line => line.At)
            .Select((line, index) => string.Create(CultureInfo.InvariantCulture, $"{index + 1}. {line.Text}"))
            .ToList();
        return lines.Count <= Most ? lines : [.. lines.Take(Most), string.Create(CultureInfo.InvariantCulture, $"and {lines.Count - Most} more")];
    }

    private static string Line(FailedAttempt attempt) =>
        $"{attempt.Host}:{attempt.Port.ToString(CultureInfo.InvariantCulture)}: {(attempt.Kind == AttemptKind.NotForwarded ? attempt.Error.Message : attempt.Error.Code)}";

    private static string Line(Lab lab, ConnectionRecord connection)
    {
        var place = string.Equals(connection.VirtualIp, connection.Node, StringComparison.OrdinalIgnoreCase) ? connection.Node : $"{connection.VirtualIp}/{connection.Node}";
        string?[] parts =
        [
            connection.ServerName,
            Verdict(lab, connection),
            connection.AlertReceived is { } alert ? $"the tool ended the handshake ({alert})" : null,
            string.Join(", ", connection.Requests.Select(request => string.Create(CultureInfo.InvariantCulture, $"{request.Line} -> {request.StatusCode}"))),
        ];
        return $"{(connection.Client == CallerKind.Program ? "" : CallerWords.Of(connection.Client) + " to ")}{place}: {string.Join(", ", parts.Where(part => !string.IsNullOrEmpty(part)))}";
    }

    /// <summary>The verdict of AutoDetect, a strict client, on what was presented; or why nothing was.</summary>
    private static string Verdict(Lab lab, ConnectionRecord connection) => connection.PresentedDer.Count > 0
        ? lab.Validator.Validate(connection.PresentedDer, connection.Anchors, connection.ServerName, connection.OpenedAt).NodeCode
        : connection.Fault != default ? CamelCase<TransportFault>.Of(connection.Fault)
        : connection.HandshakeFailure ?? "no certificate";
}

/// <summary>A node that a tool met.</summary>
/// <param name="Name">The node.</param>
/// <param name="Connections">How many connections it received.</param>
/// <param name="Verdicts">AutoDetect's verdicts on what it presented: <c>OK</c>, a code, or what happened to the connection.</param>
internal sealed record MetNode(string Name, int Connections, IReadOnlyList<string> Verdicts);

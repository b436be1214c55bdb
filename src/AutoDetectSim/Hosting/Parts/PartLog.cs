using AutoDetectSim.Documents;
using AutoDetectSim.Network;
using AutoDetectSim.Network.Journal;
using AutoDetectSim.Scenarios;
using Microsoft.Extensions.Logging;

namespace AutoDetectSim.Hosting.Parts;

/// <summary>Writes the journal of a part to its log, one line a connection: where the log is collected, so is the journal of all parts.</summary>
internal static class PartLog
{
    /// <summary>Begins.</summary>
    public static void Follow(ConnectionJournal journal, ILogger logger)
    {
        journal.Closed = record => logger.ConnectionServed(
            record.Number,
            record.Source.ToString(),
            record.VirtualIp,
            record.Node,
            record.ServerName,
            string.Join(", ", record.Presented),
            record.RequestCount,
            record.Requests.Count == 0 ? null : record.Requests[^1].StatusCode,
            CamelCase<TransportFault>.Of(record.Fault),
            record.HandshakeFailure);
        journal.Failed = attempt => logger.AttemptFailed(attempt.Source.ToString(), attempt.Host, attempt.Port, attempt.Error.Code, attempt.Error.Message);
    }
}

using AutoDetectSim.Certificates.Clients;
using AutoDetectSim.Protocols.Node;

namespace AutoDetectSim.Clients.Desktop;

/// <summary>What the Windows of one desktop makes of chains that the lab's strict client refuses: it searches for other paths, and keeps and downloads intermediates.</summary>
internal sealed class DesktopTrust(ClientEmulator windows, TimeProvider time)
{
    /// <summary>Whether an exchange that ended at the server's certificates would have gone on.</summary>
    public async Task<bool> AcceptsAsync(LabHttpExchange exchange, CancellationToken cancellationToken) =>
        exchange.Connection is { Validation.Accepted: false } connection
        && (await windows.JudgeAsync(connection.Presented, connection.Host, time.GetUtcNow(), cancellationToken)).Accepted;
}

using AutoDetectSim.Network;
using Microsoft.AspNetCore.Connections;

namespace AutoDetectSim.Hosting;

/// <summary>Ends HTTP connections of real programs that send nothing: Kestrel would keep them as long as those that have asked something.</summary>
internal static class FirstBytes
{
    /// <summary>How long the first byte of a request may take, as long as the gateway gives its clients.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    /// <summary>Serves a connection once something came on it.</summary>
    public static async Task ServeAsync(ConnectionContext connection, TimeProvider time, ConnectionDelegate next)
    {
        if (connection.Features.Get<LabConnection>() is { IsSimulated: false } && !await ComeAsync(connection, time))
        {
            connection.Abort();
            return;
        }

        await next(connection);
    }

    private static async Task<bool> ComeAsync(ConnectionContext connection, TimeProvider time)
    {
        using var limit = new CancellationTokenSource(Timeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, connection.ConnectionClosed);
        var input = connection.Transport.Input;
        try
        {
            var result = await input.ReadAsync(linked.Token);
            input.AdvanceTo(result.Buffer.Start);
            return true;
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            return !limit.IsCancellationRequested;
        }
    }
}

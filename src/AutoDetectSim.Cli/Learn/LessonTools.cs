using AutoDetectSim.Cli.Output;
using AutoDetectSim.Documents;
using AutoDetectSim.Network;
using AutoDetectSim.Protocols.Http;
using AutoDetectSim.Training.Lessons;

namespace AutoDetectSim.Cli.Learn;

/// <summary>Keeps commands away from the lab of a lesson that is to be done without them.</summary>
internal static class LessonTools
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Refuses a tool that the lab behind a gateway is not to be examined with.</summary>
    /// <param name="gateway">The proxy; null, or one that is not on this computer, refuses nothing.</param>
    /// <param name="tool">The tool.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InputException">The lesson is done without it.</exception>
    public static async Task ThrowIfForbiddenAsync(Uri? gateway, LessonTool tool, CancellationToken cancellationToken)
    {
        if (gateway is not { IsLoopback: true } || await OfferedAsync(gateway, cancellationToken) is not { } offered)
        {
            return;
        }

        if (!offered.Split(", ").Contains(CamelCase<LessonTool>.Of(tool), StringComparer.Ordinal))
        {
            throw new InputException($"The lesson that runs behind {gateway.GetLeftPart(UriPartial.Authority)} is done without this command. Its tools are: {offered}.");
        }
    }

    private static async Task<string?> OfferedAsync(Uri gateway, CancellationToken cancellationToken)
    {
        using var client = new HttpClient(PlainHandler.Create()) { Timeout = Patience };
        try
        {
            using var answer = await client.GetAsync(new UriBuilder(gateway) { UserName = string.Empty, Password = string.Empty, Path = "/" }.Uri, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return answer.Headers.TryGetValues(GatewayHeaders.Tools, out var values) ? values.First() : null;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            // The command itself says what is wrong with the proxy.
            return null;
        }
    }
}

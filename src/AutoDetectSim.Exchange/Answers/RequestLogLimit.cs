using System.Collections.Specialized;
using WireMock.Logging;
using WireMock.Server;
using WireMock.Types;
using WireMock.Util;

namespace AutoDetectSim.Exchange.Answers;

/// <summary>Keeps the request log of a WireMock server within a number of bytes: the oldest requests go first.</summary>
internal static class RequestLogLimit
{
    /// <summary>The bytes of requests and answers that are kept.</summary>
    public const long MaximumBytes = 16 * 1024 * 1024;

    /// <summary>Watches the log of a server from now on.</summary>
    public static void Watch(WireMockServer server) => server.LogEntriesChanged += (_, change) =>
    {
        // The log is locked while it tells of a change.
        if (change.Action == NotifyCollectionChangedAction.Add)
        {
            var bytes = 0L;
            foreach (var entry in server.LogEntries.Reverse())
            {
                bytes += SizeOf(entry);
                if (bytes > MaximumBytes)
                {
                    server.DeleteLogEntry(entry.Guid);
                }
            }
        }
    };

    /// <summary>About how many bytes an entry takes.</summary>
    public static long SizeOf(ILogEntry entry) =>
        SizeOf(entry.RequestMessage?.BodyData) + SizeOf(entry.RequestMessage?.Headers) + (2L * (entry.RequestMessage?.AbsoluteUrl?.Length ?? 0))
        + SizeOf(entry.ResponseMessage?.BodyData) + SizeOf(entry.ResponseMessage?.Headers);

    private static long SizeOf(IBodyData? body) => (body?.BodyAsBytes?.Length ?? 0) + (2L * (body?.BodyAsString?.Length ?? 0));

    private static long SizeOf(IDictionary<string, WireMockList<string>>? headers) => headers?.Sum(header => 2L * (header.Key.Length + header.Value.Sum(value => value.Length))) ?? 0;
}

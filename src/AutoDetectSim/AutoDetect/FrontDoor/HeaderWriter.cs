using System.Globalization;
using AutoDetectSim.AutoDetect.Answers;
using AutoDetectSim.Protocols.Http;
using Microsoft.AspNetCore.Http;

namespace AutoDetectSim.AutoDetect.FrontDoor;

/// <summary>Values that both editions' headers need.</summary>
internal static class HeaderWriter
{
    public const string Json = "application/json; charset=utf-8";

    /// <summary>Writes what a detection found out: the four headers that are not on other answers.</summary>
    public static void WriteFindings(IHeaderDictionary headers, Detection detection, FeedbackKey key)
    {
        headers["X-Provider-Id"] = Printable(detection.ProviderId ?? Detection.UnknownProvider);
        headers[AutoDetectHeaders.DebugSupport] = DebugSupport.Render(detection);
        if (detection.AutoDv2Error is { } error)
        {
            headers[AutoDetectHeaders.AutoDv2Error] = Printable(error);
        }

        headers[AutoDetectHeaders.FeedbackToken] = FeedbackToken.Render(detection, key);
    }

    /// <summary>The Date header of an answer (RFC 9110 6.6.1).</summary>
    public static string Date(AutoDetectCall call) => call.Answered.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>Whole milliseconds that a call took.</summary>
    public static string Milliseconds(AutoDetectCall call) => ((long)call.Elapsed.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);

    /// <summary>Text that came from a server or from a scenario may hold what no header may.</summary>
    private static string Printable(string text) => text.AsSpan().ContainsAnyExceptInRange(' ', '~')
        ? string.Create(text.Length, text, static (span, source) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = source[i] is >= ' ' and <= '~' ? source[i] : '?';
            }
        })
        : text;
}

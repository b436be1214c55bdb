using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;

namespace AutoDetectSim.AutoDetect;

/// <summary>What the query of a call asks for ([SEED], [S-PROBE], [DAUTHI], [PY2]). Names that AutoDetect does not know change nothing.</summary>
internal sealed record DetectionParameters
{
    /// <summary>The value of <c>app</c> that Outlook on the desktop sends ([CAP2025]).</summary>
    public const string OutlookDesktopBasic = "outlookdesktopBasic";

    /// <summary>A call without a query: every service and every protocol.</summary>
    public static readonly DetectionParameters Everything = new();

    private const double MaximumTimeoutSeconds = 120;

    /// <summary>Names of the services that the caller can use, or null: every one.</summary>
    public IReadOnlyList<string>? Services { get; init; }

    /// <summary>Names of the protocols that the caller can use, or null: every one.</summary>
    public IReadOnlyList<string>? Protocols { get; init; }

    /// <summary>How long the caller waits, or null: not said.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Whether AutoDiscover can find anything that the caller wants: a Microsoft service, or ActiveSync.</summary>
    public bool WantsExchange => WantsService("office365") || WantsService("outlook") || WantsProtocol("eas");

    /// <summary>Reads a query string, with or without its question mark.</summary>
    public static DetectionParameters Parse(string? query)
    {
        if (string.IsNullOrEmpty(query) || query is "?")
        {
            return Everything;
        }

        IReadOnlyList<string>? services = null;
        IReadOnlyList<string>? protocols = null;
        TimeSpan? timeout = null;
        string? app = null;
        foreach (var pair in new QueryStringEnumerable(query))
        {
            var name = pair.DecodeName().Span;
            if (name.Equals("services", StringComparison.OrdinalIgnoreCase))
            {
                services = Merge(services, pair.DecodeValue().Span);
            }
            else if (name.Equals("protocols", StringComparison.OrdinalIgnoreCase))
            {
                protocols = Merge(protocols, pair.DecodeValue().Span);
            }
            else if (name.Equals("timeout", StringComparison.OrdinalIgnoreCase))
            {
                timeout = ReadTimeout(pair.DecodeValue().Span) ?? timeout;
            }
            else if (name.Equals("app", StringComparison.OrdinalIgnoreCase))
            {
                app = pair.DecodeValue().ToString();
            }
        }

        if (string.Equals(app, OutlookDesktopBasic, StringComparison.OrdinalIgnoreCase))
        {
            // Outlook on the desktop asks for accounts that take a password: no service signs in that way.
            services ??= [];
        }

        return new DetectionParameters { Services = services, Protocols = protocols, Timeout = timeout };
    }

    /// <summary>Whether the caller can use a service.</summary>
    public bool WantsService(string service) => Services is null || Contains(Services, service);

    /// <summary>Whether the caller can use a protocol of the <c>protocols</c> array.</summary>
    public bool WantsProtocol(string protocol) => Protocols is null || Contains(Protocols, "all") || Contains(Protocols, protocol);

    /// <summary>
    /// Whether the caller can use a service that is reached over REST: it named no protocols, or <c>all</c>, <c>rest-cloud</c>
    /// or the REST interface of that service.
    /// </summary>
    public bool WantsRest(string service) =>
        Protocols is null || Contains(Protocols, "all") || Contains(Protocols, "rest-cloud") || Contains(Protocols, "rest-" + service);

    private static bool Contains(IReadOnlyList<string> names, string name)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (names[i].Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static List<string> Merge(IReadOnlyList<string>? before, ReadOnlySpan<char> value)
    {
        var names = before is null ? [] : new List<string>(before);
        foreach (var range in value.Split(','))
        {
            var name = value[range].Trim();
            if (!name.IsEmpty)
            {
                names.Add(name.ToString());
            }
        }

        return names;
    }

    private static TimeSpan? ReadTimeout(ReadOnlySpan<char> value) =>
        double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds > 0
            ? TimeSpan.FromSeconds(Math.Min(seconds, MaximumTimeoutSeconds))
            : null;
}

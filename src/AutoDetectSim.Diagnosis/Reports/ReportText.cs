using System.Globalization;
using AutoDetectSim.Diagnosis.Statistics;

namespace AutoDetectSim.Diagnosis.Reports;

/// <summary>Words that all reports share.</summary>
internal static class ReportText
{
    public static string Verdict(string verdict) => verdict switch
    {
        "healthy" => "Healthy",
        "intermittent" => "Intermittent",
        "broken" => "Broken",
        _ => "Not enough probes",
    };

    public static string Role(string role) => role switch
    {
        "autoDiscover" => "AutoDiscover",
        "activeSync" => "ActiveSync",
        _ => "Server",
    };

    public static string Source(string source) => source switch
    {
        "presented" => "sent by the server",
        "trustStore" => "in the trust store",
        "kept" => "cached",
        "downloaded" => "downloaded (AIA)",
        _ => source,
    };

    public static string Balancing(BalancingDocument balancing) => balancing.Pattern switch
    {
        "inTurn" => string.Create(CultureInfo.InvariantCulture, $"Round robin: nodes repeat in the same order every {balancing.Turn} connections."),
        "bySource" => "The load balancer is sticky: each source address keeps its node.",
        "oneNode" => "Every source address met the same node.",
        "oneNodeFromOneSource" => "All connections came from one source address and met one node; a sticky load balancer would look the same.",
        _ => "Nodes are not met in a fixed order.",
    };

    public static string Probes(ProbesDocument probes) => probes.Text;

    public static string Mail(MailDocument mail) => mail switch
    {
        { Problem: { } problem } => $"The mail exchangers of {mail.Domain} are unknown: {problem}.",
        { Exchangers.Count: 0 } => $"{mail.Domain} has no MX record.",
        { Provider: null } => $"Mail for {mail.Domain} goes to {string.Join(", ", mail.Exchangers)}, which is not a provider known to AutoDetect.",
        { Provider: "office365" } => $"Mail for {mail.Domain} goes to Microsoft 365 ({string.Join(", ", mail.Exchangers)}).",
        _ => $"Mail for {mail.Domain} goes to {string.Join(", ", mail.Exchangers)} ({mail.Provider}): if AutoDiscover finds nothing, AutoDetect redirects users to that provider's sign-in.",
    };

    /// <summary>What a kind of client does with one chain, in daily use and at first.</summary>
    public static string Passes(ClientDocument client) => client switch
    {
        { Accepted: true, OnFirstVisit: true } => "passes",
        { Accepted: true } => "passes, but not on first contact",
        _ => "fails",
    };

    /// <summary>How the nodes of a host are identified.</summary>
    public static string Identified(HostDocument host) => host.Nodes.All(node => node.IdentifiedBy == "frontEndServer")
        ? "Nodes are identified by the name in X-FEServer."
        : "Servers without X-FEServer that look alike (key, certificates and build) are shown as one; their number is not known.";

    public static string Seconds(double milliseconds) => string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 1000:0.00} s");

    public static string Percent(double share) => ShareText.Percent(share);

    public static string Interval(IReadOnlyList<double> interval) => $"{Percent(interval[0])} to {Percent(interval[1])}";

    public static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    public static string Date(DateTimeOffset? time) => time?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "?";

    public static string Time(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}

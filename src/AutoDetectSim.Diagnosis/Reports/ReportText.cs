using System.Globalization;

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
        "kept" => "kept from before",
        "downloaded" => "downloaded (AIA)",
        _ => source,
    };

    public static string Balancing(BalancingDocument balancing) => balancing.Pattern switch
    {
        "inTurn" => string.Create(CultureInfo.InvariantCulture, $"Nodes come in turn, in the same order every {balancing.Turn} connections."),
        "bySource" => "The balancer is sticky: each source address keeps its node.",
        "oneNode" => "Every source address met the same node.",
        "oneNodeFromOneSource" => "All connections met one node, from one source address.",
        _ => "Nodes come in no fixed order.",
    };

    public static string Probes(ProbesDocument probes) => string.Create(
        CultureInfo.InvariantCulture,
        $"{probes.Made} connections met {probes.NodesMet} {(probes.NodesMet == 1 ? "node" : "nodes")}. To have met that many takes {probes.Needed95} {(probes.Needed95 == 1 ? "connection" : "connections")} with 95% confidence and {probes.Needed99} with 99%{(probes.EqualShares ? "" : ", as unequal as their shares are")}. A node with a share of more than {Percent(probes.LargestHiddenShare)} would have shown up.");

    public static string Mail(MailDocument mail) => mail switch
    {
        { Problem: { } problem } => $"Who takes the mail for {mail.Domain} is not known: {problem}.",
        { Exchangers.Count: 0 } => $"{mail.Domain} has no MX record.",
        { Provider: null } => $"Mail for {mail.Domain} goes to {string.Join(", ", mail.Exchangers)}, which is no provider that AutoDetect knows.",
        { Provider: "office365" } => $"Mail for {mail.Domain} goes to Microsoft 365 ({string.Join(", ", mail.Exchangers)}).",
        _ => $"Mail for {mail.Domain} goes to {string.Join(", ", mail.Exchangers)} ({mail.Provider}): where AutoDiscover gives nothing, AutoDetect sends people to that provider's sign-in.",
    };

    /// <summary>What a kind of client does with one chain, in daily use and at first.</summary>
    public static string Passes(ClientDocument client) => client switch
    {
        { Accepted: true, OnFirstVisit: true } => "passes",
        { Accepted: true } => "passes, but not at first",
        _ => "fails",
    };

    /// <summary>How the nodes of a host are told apart.</summary>
    public static string Identified(HostDocument host) => host.Nodes.All(node => node.IdentifiedBy == "frontEndServer")
        ? "Nodes are told apart by the name that they show (X-FEServer)."
        : "Nodes are told apart by key, certificates and build where they show no name.";

    public static string Seconds(double milliseconds) => string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 1000:0.00} s");

    public static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.#}%");

    public static string Interval(IReadOnlyList<double> interval) => $"{Percent(interval[0])} to {Percent(interval[1])}";

    public static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    public static string Date(DateTimeOffset? time) => time?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "?";

    public static string Time(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}

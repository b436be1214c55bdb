using AutoDetectSim.Diagnosis.Checking;
using AutoDetectSim.Diagnosis.Checking.Grouping;
using AutoDetectSim.Diagnosis.Observing;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Diagnosis.Tests.Checking;

/// <summary>Labs for checks: a scenario in a few lines, looked at through its gateway.</summary>
internal static class CheckedLab
{
    public const string Host = "autodiscover.contoso.com";

    /// <summary>Checks a lab whose one balancer has these nodes.</summary>
    public static Task<CheckResult> CheckNodesAsync(string nodes, string balancer = "", CheckRequest? request = null) =>
        CheckAsync($$"""
            loadBalancers:
              perimeter:
                {{(balancer.Length == 0 ? "algorithm: roundRobin" : balancer)}}
                nodes: {{nodes}}
            """, request);

    public static async Task<CheckResult> CheckAsync(string yaml, CheckRequest? request = null)
    {
        await using var lab = await Lab.StartAsync(Load(yaml), cancellationToken: TestContext.Current.CancellationToken);
        return await CheckAsync(lab, request);
    }

    public static Task<CheckResult> CheckAsync(Lab lab, CheckRequest? request = null) =>
        new CheckRunner(LabEnvironment.Of(lab)).RunAsync(request ?? new CheckRequest { Host = Host }, progress: null, TestContext.Current.CancellationToken);

    public static Scenario Load(string yaml)
    {
        var loaded = ScenarioLoader.Parse(yaml, "test.yaml", baseDirectory: null);
        Assert.Empty(loaded.Problems);
        return loaded.Scenario!;
    }

    /// <summary>Node names with their faults, for the first host.</summary>
    public static string Faults(this CheckResult result) =>
        string.Join("; ", result.Hosts[0].FaultyNodes.Select(node => $"{node.Name} {string.Join("+", node.Faults)}"));

    public static string Remarks(this CheckResult result) =>
        string.Join("; ", result.Hosts[0].Nodes.Where(node => node.Remarks.Count > 0).Select(node => $"{node.Name} {string.Join("+", node.Remarks)}"));

    public static string Accepting(this ChainGroup chain) =>
        string.Join(" ", chain.Clients.Where(client => client.InUse.Accepted).Select(client => client.Profile.Name));
}

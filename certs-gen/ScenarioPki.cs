using AutoDetectSim.Certificates.Issuance;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.CertsGen;

/// <summary>The folder of a scenario's PKI, which is made anew.</summary>
internal sealed class ScenarioPki : IDisposable
{
    private ScenarioPki(PkiFolder folder) => Folder = folder;

    /// <summary>What goes into the folder.</summary>
    public PkiFolder Folder { get; }

    /// <summary>Makes the PKI of a scenario; null if something is wrong with it.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="keys">Whether private keys are written.</param>
    /// <param name="pfxPassword">The password of the PFX files; null: none are written.</param>
    /// <param name="time">The clock that validity counts from.</param>
    /// <param name="problems">What is wrong.</param>
    public static ScenarioPki? TryMake(Scenario scenario, bool keys, string? pfxPassword, TimeProvider time, out IReadOnlyList<string> problems)
    {
        var definition = new LabPkiDefinition
        {
            Seed = scenario.Seed,
            Authorities = scenario.Authorities,
            Certificates = scenario.Certificates,
            BaseDirectory = scenario.BaseDirectory,
        };
        var servers = ServersOf(scenario).ToList();
        var validator = new LabPkiDefinitionValidator(definition, time.GetUtcNow());
        problems = [.. validator.Problems.Select(problem => problem.ToString()).Concat(servers.SelectMany(server => validator.Check(server.Present))).Distinct(StringComparer.Ordinal)];
        return problems.Count > 0 ? null : new ScenarioPki(new PkiFolder
        {
            Title = scenario.Title ?? scenario.Name,
            Pki = LabPki.Create(definition, time),
            Authorities = scenario.Authorities,
            Servers = servers,
            Keys = keys,
            PfxPassword = pfxPassword,
        });
    }

    public void Dispose() => Folder.Pki.Dispose();

    private static IEnumerable<PkiServer> ServersOf(Scenario scenario)
    {
        foreach (var balancer in scenario.LoadBalancers)
        {
            if (balancer.Tls == TlsHandling.Terminate)
            {
                yield return new PkiServer { Name = balancer.Name, Hosts = balancer.Hosts, Present = balancer.Present! };
                continue;
            }

            foreach (var node in balancer.Nodes)
            {
                yield return new PkiServer { Name = node.Name, Hosts = balancer.Hosts, Present = node.Present! };
            }
        }
    }
}

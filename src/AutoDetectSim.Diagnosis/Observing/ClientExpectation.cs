using AutoDetectSim.Certificates.Clients;
using AutoDetectSim.Diagnosis.Checking;
using AutoDetectSim.Diagnosis.Checking.Grouping;
using AutoDetectSim.Documents;
using AutoDetectSim.Protocols;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Diagnosis.Observing;

/// <summary>Holds what kinds of clients make of a lab's AutoDiscover host against what a scenario expects.</summary>
internal static class ClientExpectation
{
    /// <summary>The differences, in words; empty where there are none.</summary>
    public static async Task<IReadOnlyList<string>> CompareAsync(Lab lab, EmailAddress email, IReadOnlyDictionary<string, ClientPasses> expected, CancellationToken cancellationToken)
    {
        var passes = await PassesAsync(lab, email, KnownClients.Parse(string.Join(',', expected.Keys), out _), cancellationToken);
        return passes.Count == 0
            ? [$"clients: {HostOf(email)} presents no certificate"]
            :
            [
                .. passes.Where(client => client.Value != expected[client.Key.Name])
                    .Select(client => $"clients: expected {client.Key.Name} to pass {CamelCase<ClientPasses>.Of(expected[client.Key.Name])}, but it passes {CamelCase<ClientPasses>.Of(client.Value)}"),
            ];
    }

    /// <summary>On how many nodes of the AutoDiscover host each kind of client, in daily use, accepts the certificates; empty if no node presents any.</summary>
    public static async Task<IReadOnlyDictionary<ClientProfile, ClientPasses>> PassesAsync(Lab lab, EmailAddress email, IReadOnlyList<ClientProfile> profiles, CancellationToken cancellationToken)
    {
        var request = new CheckRequest { Host = HostOf(email), Email = email.Text, Profiles = profiles };
        var check = await new CheckRunner(LabEnvironment.Of(lab)).RunAsync(request, progress: null, cancellationToken);
        var host = check.Hosts[0];
        return (host.Chains.Count == 0 ? [] : profiles).ToDictionary(profile => profile, profile => Of(host, profile));
    }

    private static string HostOf(EmailAddress email) => "autodiscover." + email.Domain;

    private static ClientPasses Of(HostDiagnosis host, ClientProfile profile)
    {
        var passes = host.Chains.Select(chain => chain.Clients.First(client => client.Profile == profile).InUse.Accepted).Distinct().ToList();
        return passes.Count > 1 ? ClientPasses.Sometimes : passes[0] ? ClientPasses.Always : ClientPasses.Never;
    }
}

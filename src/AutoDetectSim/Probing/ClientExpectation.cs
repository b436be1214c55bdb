using AutoDetectSim.AutoDetect;
using AutoDetectSim.ClientProfiles;
using AutoDetectSim.Clients;
using AutoDetectSim.Diagnosis;
using AutoDetectSim.Diagnosis.Grouping;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Probing;

/// <summary>Holds what kinds of clients make of a lab's AutoDiscover host against what a scenario expects.</summary>
internal static class ClientExpectation
{
    /// <summary>The differences, in words; empty where there are none.</summary>
    public static async Task<IReadOnlyList<string>> CompareAsync(Lab lab, SmtpAddress email, IReadOnlyDictionary<string, ClientPasses> expected, CancellationToken cancellationToken)
    {
        var request = new CheckRequest { Host = "autodiscover." + email.Domain, Email = email.Text, Profiles = KnownClients.Parse(string.Join(',', expected.Keys), out _) };
        var check = await new CheckRunner(LabEnvironment.Of(lab)).RunAsync(request, progress: null, cancellationToken);
        var host = check.Hosts[0];
        return host.Chains.Count == 0
            ? [$"clients: {host.Host} presents nothing"]
            :
            [
                .. request.Profiles.Select(profile => (profile.Name, Expected: expected[profile.Name], Got: Of(host, profile)))
                    .Where(client => client.Expected != client.Got)
                    .Select(client => $"clients: expected {client.Name} to pass {EnumNames<ClientPasses>.Of(client.Expected)}, and it does {EnumNames<ClientPasses>.Of(client.Got)}"),
            ];
    }

    private static ClientPasses Of(HostDiagnosis host, ClientProfile profile)
    {
        var passes = host.Chains.Select(chain => chain.Clients.First(client => client.Profile == profile).InUse.Accepted).Distinct().ToList();
        return passes.Count > 1 ? ClientPasses.Sometimes : passes[0] ? ClientPasses.Always : ClientPasses.Never;
    }
}

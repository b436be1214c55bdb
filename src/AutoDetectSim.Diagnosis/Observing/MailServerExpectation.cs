using AutoDetectSim.Diagnosis.Checking;
using AutoDetectSim.Diagnosis.Checking.Grouping;
using AutoDetectSim.Documents;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Diagnosis.Observing;

/// <summary>Holds the mail servers of a lab against what a scenario expects of them.</summary>
internal static class MailServerExpectation
{
    /// <summary>The differences, in words; empty where there are none.</summary>
    public static async Task<IReadOnlyList<string>> CompareAsync(Lab lab, IReadOnlyDictionary<string, ClientPasses> expected, CancellationToken cancellationToken)
    {
        var differences = new List<string>();
        foreach (var (text, wanted) in expected)
        {
            if (MailServerAddress.TryParse(text, out var server) && await PassesAsync(lab, server, cancellationToken) is var passes && passes != wanted)
            {
                differences.Add($"mailServers: expected a strict client to pass {CamelCase<ClientPasses>.Of(wanted)} at {text}, but it passes {CamelCase<ClientPasses>.Of(passes)}");
            }
        }

        return differences;
    }

    private static async Task<ClientPasses> PassesAsync(Lab lab, MailServerAddress server, CancellationToken cancellationToken)
    {
        var request = new CheckRequest { Host = server.Host, Port = server.Port.Number, StartTls = server.Port.UsesTls ? null : server.Port.Protocol, Profiles = [] };
        var check = await new CheckRunner(LabEnvironment.Of(lab)).RunAsync(request, progress: null, cancellationToken);
        return check.Hosts[0].Verdict switch
        {
            Verdict.Broken => ClientPasses.Never,
            Verdict.Intermittent => ClientPasses.Sometimes,
            _ => ClientPasses.Always,
        };
    }
}

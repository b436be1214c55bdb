using System.Text;
using AutoDetectSim.Scenarios;
using AutoDetectSim.Scenarios.Changes;

namespace AutoDetectSim.Fuzzing.Targets;

/// <summary>Scenario files and changes of scenarios.</summary>
internal static class ScenarioTargets
{
    private const string Changed = """
        authorities:
          root: { subject: "CN=Root", trusted: true }
          issuing: { subject: "CN=Issuing", issuer: root, aia: true }
        certificates:
          mail: { issuer: issuing, hosts: [autodiscover.contoso.com, mail.contoso.com] }
        organizations: { contoso: { domains: [contoso.com], mailboxes: [your@contoso.com] } }
        loadBalancers:
          perimeter: { hosts: [autodiscover.contoso.com, mail.contoso.com], nodes: [{ name: "ex{01..03}", present: missingIntermediate }, { name: ex04, fault: reset, faultShare: 1/20 }] }
        dns: { contoso.com: { MX: ["10 mail.contoso.com"] } }
        """;

    private static readonly Lazy<Scenario> Base = new(() => ScenarioLoader.Parse(Changed, "changed.yaml", baseDirectory: null).Scenario!);

    /// <summary>A file that is taken can be written, and what is written is taken again.</summary>
    public static void Load(ReadOnlySpan<byte> input)
    {
        var result = ScenarioLoader.Parse(Encoding.UTF8.GetString(input), "fuzz.yaml", baseDirectory: null);
        if (result.Scenario is not { } scenario)
        {
            if (result.Problems.Count == 0)
            {
                throw new FuzzException("The file was refused without a problem.");
            }

            return;
        }

        AssertTaken(scenario);
    }

    public static void Change(ReadOnlySpan<byte> input)
    {
        Scenario changed;
        try
        {
            changed = ScenarioChange.Parse(Encoding.UTF8.GetString(input)).ApplyTo(Base.Value);
        }
        catch (ScenarioChangeException)
        {
            return;
        }

        AssertTaken(changed);
    }

    private static void AssertTaken(Scenario scenario)
    {
        var written = ScenarioWriter.Write(scenario);
        if (ScenarioLoader.Parse(written, "written.yaml", baseDirectory: null) is { Scenario: null } again)
        {
            throw new FuzzException($"What was written is refused: {string.Join("; ", again.Problems)}\n{written}");
        }
    }
}

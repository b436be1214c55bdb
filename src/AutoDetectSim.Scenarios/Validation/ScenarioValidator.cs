using AutoDetectSim.Documents;
using AutoDetectSim.Documents.Model;

namespace AutoDetectSim.Scenarios.Validation;

/// <summary>Validates a scenario whose defaults have been filled in, whether it was loaded or built in code.</summary>
internal static class ScenarioValidator
{
    /// <summary>Checks a scenario; problems go to <paramref name="problems"/>, which knows the positions of its parts.</summary>
    public static void Validate(Scenario scenario, ProblemSink problems)
    {
        var pki = new PkiRules(scenario);
        var scalars = new ScalarRules(scenario, pki, problems);
        ModelWalker.Walk(scenario, ScenarioModel.Root, ModelPath.Root, scalars.Check);
        NameRules.Check(scenario, problems);
        pki.Check(problems);
        AiaRules.Check(scenario, problems);
        LoadBalancerRules.Check(scenario, problems);
        ConnectorRules.Check(scenario, problems);
        AddressRules.Check(scenario, problems);
        OrganizationRules.Check(scenario, problems);
        DnsRules.Check(scenario, problems);
        AutoDetectRules.Check(scenario, problems);
        ExpectationRules.Check(scenario, problems);
    }
}

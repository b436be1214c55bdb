namespace AutoDetectSim.Scenarios;

/// <summary>The address that somebody would try first in a world.</summary>
internal static class ExampleAddress
{
    /// <summary>The first that the scenario expects something of, else its first mailbox, else any of its first domain.</summary>
    public static string Of(Scenario scenario) =>
        scenario.Expect.Select(expectation => expectation.Detect)
            .Concat(scenario.Organizations.SelectMany(organization => organization.Mailboxes))
            .Concat(scenario.Organizations.Select(organization => "your@" + organization.Domains[0]))
            .FirstOrDefault("your@example.com");
}

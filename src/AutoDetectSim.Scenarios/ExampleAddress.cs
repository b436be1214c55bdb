namespace AutoDetectSim.Scenarios;

/// <summary>The address to try first in a scenario.</summary>
internal static class ExampleAddress
{
    /// <summary>The first address in `expect`, else the first mailbox, else an address of the first domain.</summary>
    public static string Of(Scenario scenario) =>
        scenario.Expect.Select(expectation => expectation.Detect)
            .Concat(scenario.Organizations.SelectMany(organization => organization.Mailboxes))
            .Concat(scenario.Organizations.Select(organization => "your@" + organization.Domains[0]))
            .FirstOrDefault("your@example.com");
}

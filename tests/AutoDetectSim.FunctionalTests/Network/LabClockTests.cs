using AutoDetectSim.FunctionalTests.Support;

namespace AutoDetectSim.FunctionalTests.Network;

public sealed class LabClockTests
{
    [Fact]
    public async Task Each_server_fails_on_the_day_on_which_its_own_certificate_ends()
    {
        await using var lab = await NetworkLab.StartAsync(Labs.Load("certificates/renewal-drift.yaml"));
        var failures = new List<(string Clock, int Failures)>();
        foreach (var clock in new[] { "28d", "30d", "39d", "42d", "48d", "0d" })
        {
            await lab.Lab.ChangeAsync("clock: " + clock, TestContext.Current.CancellationToken);
            var result = await lab.DetectAsync("your@contoso.com", attempts: 4);
            failures.Add((clock, result.Errors.GetValueOrDefault("CERT_HAS_EXPIRED")));
        }

        Assert.Equal([("28d", 0), ("30d", 1), ("39d", 2), ("42d", 3), ("48d", 4), ("0d", 0)], failures);
    }
}

using AutoDetectSim.Diagnosis.Probing;

namespace AutoDetectSim.Training.Tests;

/// <summary>What a person sees who repeats one attempt, as often as there are servers.</summary>
public sealed class EveryServerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>How connections are spread.</summary>
    public static TheoryData<string> Balancing =>
    [
        "",
        ", persistence: none",
        ", persistence: sourceAddress",
        ", algorithm: leastConnections",
        ", algorithm: leastConnections, persistence: none",
    ];

    [Theory]
    [MemberData(nameof(Balancing))]
    public async Task Four_calls_of_the_phone_meet_all_four_servers(string balancing)
    {
        using var text = Lesson(balancing);
        await using var one = await OneSession.StartAsync(text.Folder);
        var (first, all) = (new HashSet<string>(StringComparer.OrdinalIgnoreCase), new HashSet<string>(StringComparer.OrdinalIgnoreCase));
        for (var attempt = 0; attempt < (balancing.Contains("sourceAddress", StringComparison.Ordinal) ? 12 : 4); attempt++)
        {
            var log = (await one.Session.TryPhoneAsync(Token)).Log;
            first.Add(log[0].Server);
            all.UnionWith(log.Select(line => line.Server));
        }

        Assert.Equal(4, first.Count);
        Assert.Equal(4, all.Count);
    }

    [Fact]
    public async Task Four_detections_meet_all_four_servers_with_their_last_request_too()
    {
        using var text = Lesson(", persistence: none");
        await using var one = await OneSession.StartAsync(text.Folder);
        using var client = LabFrontDoor.CreateClient(one.Session.Lab, concurrency: 1);
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var attempt = 0; attempt < 4; attempt++)
        {
            var answer = await client.CallAsync("anna@contoso.com", ProbeRun.DefaultQuery, Token);
            var detection = one.Session.Lab.Journal.Find(answer.Headers.First(header => header.Key == "X-Request-Id").Value)!;
            seen.Add(detection.Steps.Last(step => step.Exchange?.Connection?.Node is not null).Exchange!.Connection!.Node!);
        }

        Assert.Equal(4, seen.Count);
    }

    private static LessonText Lesson(string balancing) => new LessonText()
        .Write("world.yaml", $"organizations: {{ contoso: {{ domains: [contoso.com], mailboxes: [anna@contoso.com] }} }}\nloadBalancers:\n  perimeter: {{ nodes: [\"ex{{01..04}}\"]{balancing} }}\n")
        .Replace("lesson.yaml", "perimeter/{broken}: present missingIntermediate", "perimeter/{broken}: oAuth signingKeysStale")
        .Replace("lesson.yaml", "attempts: 6, successRate: 0.5", "attempts: 2, successRate: 1");
}

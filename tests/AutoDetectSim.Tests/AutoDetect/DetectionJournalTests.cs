using AutoDetectSim.AutoDetect;
using AutoDetectSim.Protocols.Node;

namespace AutoDetectSim.Tests.AutoDetect;

public sealed class DetectionJournalTests
{
    [Fact]
    public async Task Detections_with_large_answers_are_remembered_within_a_bound()
    {
        using var harness = new DetectionHarness(new FakeNetwork());
        var detection = await harness.DetectAsync();
        var journal = new DetectionJournal();
        var ids = Enumerable.Range(1, 200).Select(number => new Guid(number, 0, 0, new byte[8])).ToList();

        foreach (var id in ids)
        {
            journal.Add(detection with { RequestId = id, AutoDv2 = new AutoDiscoverAnswer("ActiveSync", "https://mail.contoso.com/" + new string('a', 1024 * 1024)) });
        }

        var kept = journal.All();
        Assert.InRange(kept.Sum(one => (long)one.AutoDv2!.Url.Length), 1, DetectionJournal.MaximumText);
        Assert.Equal(ids[^kept.Count..], kept.Select(one => one.RequestId));
        Assert.NotNull(journal.Find(ids[^1].ToString()));
        Assert.Null(journal.Find(ids[0].ToString()));
    }

    [Fact]
    public async Task A_detection_is_remembered_with_the_challenges_and_nothing_else_of_what_servers_answered()
    {
        using var harness = new DetectionHarness(FakeNetwork.HybridContoso());
        var detection = await harness.DetectAsync();
        var journal = new DetectionJournal();
        Assert.Contains(detection.Steps, step => step.Exchange?.Response is { Body.Length: > 0 });

        journal.Add(detection);

        var answers = journal.All()[0].Steps.Select(step => step.Exchange?.Response).OfType<LabHttpResponse>().ToList();
        Assert.All(answers, answer => Assert.True(answer.Body.IsEmpty));
        Assert.Equal(["WWW-Authenticate"], answers.SelectMany(answer => answer.Headers).Select(header => header.Key).Distinct(StringComparer.OrdinalIgnoreCase));
        Assert.Equal(detection.Steps.Select(step => step.Exchange?.Connection), journal.All()[0].Steps.Select(step => step.Exchange?.Connection));
    }

    [Fact]
    public async Task The_oldest_detections_go_when_there_are_too_many()
    {
        using var harness = new DetectionHarness(new FakeNetwork());
        var detection = await harness.DetectAsync();
        var journal = new DetectionJournal();
        for (var number = 0; number <= DetectionJournal.Capacity; number++)
        {
            journal.Add(detection with { RequestId = new Guid(number, 0, 0, new byte[8]) });
        }

        Assert.Equal(DetectionJournal.Capacity, journal.All().Count);
        Assert.Null(journal.Find(new Guid(0, 0, 0, new byte[8]).ToString()));
        journal.Clear();
        Assert.Empty(journal.All());
    }
}

using AutoDetectSim.Training.Cases;
using AutoDetectSim.Training.Library;
using AutoDetectSim.Training.Progress;
using AutoDetectSim.Training.Sessions;

namespace AutoDetectSim.Training.Tests;

public sealed class QuestionTests : IDisposable
{
    private const string Places = """
        vary: ["perimeter/{resting}: up false"]
        questions:
          error: { ask: Which?, header: X-AutoDv2-Error }
          decision: { ask: Which?, debug: $.decision }
          domain: { ask: Which?, token: $.d }
          all: { ask: How many?, nodesOf: perimeter }
          serving: { ask: How many?, nodesInServiceOf: perimeter }
          sent: { ask: How many?, certificatesOf: perimeter }
          issuer: { ask: Where?, issuerUrlOf: perimeter }
          windows: { ask: How often?, client: windows }
          node: { ask: How often?, client: node }
          phone: { ask: What?, fact: outcome }
          mail: { ask: Which?, fact: activeSyncHost }

        """;

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("autodetectsim-questions-");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_place_of_a_question_is_looked_at_in_the_lab_as_the_customer_has_it()
    {
        using var text = new LessonText();
        text.Replace("lesson.yaml", "broken: { nodes: perimeter, count: 2 }", "resting: { nodes: perimeter, count: 1 }")
            .Replace("explanation.md", "{broken}", "all of them")
            .Replace("lesson.yaml", "perimeter/{broken}: present", "perimeter/*: present")
            .Replace("lesson.yaml", "nodes: \"{broken}\"", "nodes: perimeter")
            .Replace("lesson.yaml", "attempts: 6, successRate: 0.5", "attempts: 2, successRate: 0")
            .Replace("lesson.yaml", "faults:", Places + "faults:")
            .Replace("solution.yaml", "perimeter/{broken}: up", "perimeter/*: up")
            .Write("world.yaml", """
                authorities:
                  root:    { trusted: true }
                  issuing: { issuer: root, aiaUrl: "http://pki.contoso.com/issuing.cer" }
                organizations: { contoso: contoso.com }
                loadBalancers:
                  perimeter: { nodes: ["ex{01..03}"] }

                """);
        await using var session = await StartAsync(text.Folder, seed: 3);

        // A repair takes most answers away, and the trainee may have seen them before it.
        await session.RepairAsync("perimeter/*: present complete", Cancelled);

        foreach (var (question, answer) in new Dictionary<string, string>
        {
            ["error"] = "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
            ["decision"] = "autoDv2 > autoDv1 > fixed db provider > fixed db domain protocols > db provider > db domain protocols",
            ["domain"] = "contoso.com",
            ["all"] = "3",
            ["serving"] = "2",
            ["sent"] = "1",
            ["issuer"] = "http://pki.contoso.com/issuing.cer",
            ["windows"] = "always",
            ["node"] = "never",
            ["phone"] = "selectProvider",
        })
        {
            Assert.True((await session.AnswerAsync(question, answer, Cancelled)).IsRight, question);
            var wrong = question is "windows" or "node" ? "sometimes" : question is "phone" ? "modernAuthSignIn" : question is "mail" ? "contoso.com" : answer + "1";
            Assert.False((await session.AnswerAsync(question, wrong, Cancelled)).IsRight, question);
        }

        // AutoDiscover was never reached, so that nobody could see which host it names.
        Assert.False((await session.AnswerAsync("mail", "mail.contoso.com", Cancelled)).IsRight);
    }

    [Fact]
    public async Task What_the_seed_varies_of_a_healthy_world_is_what_the_questions_are_about()
    {
        var hosts = new HashSet<string>();
        var resting = new HashSet<string>();
        for (var seed = 1; seed <= 4; seed++)
        {
            var trainingCase = LessonCase.Draw(LessonLibrary.Load("what-autodetect-asks").Lesson!, seed);
            Assert.Equal(trainingCase.Healthy, trainingCase.Broken);
            hosts.Add(new Uri(trainingCase.Healthy.Organizations[0].ActiveSyncUrl!).Host);
            resting.Add(string.Join(' ', trainingCase.Healthy.LoadBalancers[0].Nodes.Where(node => !node.Up).Select(node => node.Name)));
        }

        Assert.True(hosts.Count > 1 && resting.Count > 1);

        await using var session = await StartAsync("what-autodetect-asks", seed: 2);
        var url = new Uri(session.Case.Healthy.Organizations[0].ActiveSyncUrl!);
        Assert.True((await session.AnswerAsync("activesync", url.Host, Cancelled)).IsRight);
        Assert.True((await session.AnswerAsync("next", "autodiscover.contoso.com", Cancelled)).IsRight);
        Assert.True((await session.AnswerAsync("status", "401", Cancelled)).IsRight);
        Assert.True((await session.AnswerAsync("signin", "https://login.windows.net/common/oauth2/authorize", Cancelled)).IsRight);
    }

    [Fact]
    public async Task A_provider_that_is_the_wrong_one_is_right_in_the_word_of_whoever_cannot_know_that()
    {
        await using var session = await StartAsync("reading-the-headers", seed: 1);
        Assert.True((await session.AnswerAsync("phone", "imapSetup", Cancelled)).IsRight);
        Assert.True((await session.AnswerAsync("phone", "wrongProvider", Cancelled)).IsRight);
        Assert.False((await session.AnswerAsync("phone", "selectProvider", Cancelled)).IsRight);
    }

    public void Dispose() => _data.Delete(recursive: true);

    private async Task<TrainingSession> StartAsync(string lesson, int seed)
    {
        var (found, problems) = LessonLibrary.Load(lesson);
        Assert.Empty(problems.Select(problem => problem.ToString()));
        var store = new ProgressStore(_data.FullName, TimeProvider.System);
        await store.OpenAsync("somebody", seed, Cancelled);
        return await TrainingSession.StartAsync(LessonCase.Draw(found!, seed), store, new LabOptions(), Cancelled);
    }
}

using AutoDetectSim.Training.Lessons;
using AutoDetectSim.Documents;
using AutoDetectSim.Scenarios;
using AutoDetectSim.Scenarios.Changes;
using AutoDetectSim.Scenarios.Validation;
using AutoDetectSim.Training.Cases;

namespace AutoDetectSim.Training.Library;

/// <summary>What must be true of a lesson beyond the forms of its values.</summary>
internal static class LessonRules
{
    /// <summary>How many hints there are.</summary>
    public const int Hints = 3;

    // A draw that fails does so for most seeds: its count, or the changes that it goes into, are wrong.
    private static readonly int[] SampleSeeds = [1, 2, 3];

    /// <summary>Checks a lesson.</summary>
    /// <param name="files">Its files.</param>
    /// <param name="lesson">The content of <c>lesson.yaml</c>.</param>
    /// <param name="world">Its healthy world, or null when that cannot be read.</param>
    /// <param name="problems">Takes what is wrong; it knows where the parts of the lesson stand.</param>
    public static void Check(LessonFiles files, LessonDefinition lesson, Scenario? world, ProblemSink problems)
    {
        var root = ModelPath.Root;
        if (lesson.Faults.Count == 0 && lesson.Questions.Count == 0)
        {
            problems.AddAt(root, "The lesson must have `faults` or `questions`");
        }

        if (lesson.Pick > lesson.Faults.Count)
        {
            problems.AddAt(root / "pick", $"`pick` is {lesson.Pick}, but the number of faults is {lesson.Faults.Count}");
        }

        for (var index = 0; index < lesson.Faults.Count; index++)
        {
            if (lesson.Faults[index].Id is { } id && lesson.Faults.Take(index).Any(fault => string.Equals(fault.Id, id, StringComparison.Ordinal)))
            {
                problems.AddAt(root / "faults" / index / "id", $"Another fault has the id `{id}`", id);
            }
        }

        if (lesson.Hints.Count != Hints)
        {
            problems.AddAt(root / "hints", $"A lesson must have {Hints} hints, not {lesson.Hints.Count}: a question, a pointer, and almost the answer");
        }

        for (var index = 0; index < lesson.Prerequisites.Count; index++)
        {
            if (!files.HasSibling(lesson.Prerequisites[index]))
            {
                var nearest = problems.Nearest(lesson.Prerequisites[index], LessonLibrary.Names);
                problems.AddAt(root / "prerequisites" / index, $"No lesson `{lesson.Prerequisites[index]}` in the folder of this one" + (nearest is null ? string.Empty : $"; did you mean `{nearest}`?"), lesson.Prerequisites[index], nearest);
            }
        }

        CheckPlaceholders(lesson.Title, lesson, root / "title", problems);
        for (var index = 0; index < lesson.Goals.Count; index++)
        {
            CheckPlaceholders(lesson.Goals[index], lesson, root / "goals" / index, problems);
        }

        foreach (var question in lesson.Questions)
        {
            CheckPlaceholders(question.Ask, lesson, root / "questions" / question.Name / "ask", problems);
        }

        for (var index = 0; index < lesson.Tools.Count; index++)
        {
            if (lesson.Tools.Take(index).Contains(lesson.Tools[index]))
            {
                problems.AddAt(root / "tools" / index, "The same tool is listed twice");
            }
        }

        ExpectationRules.CheckAll(lesson.Expect, root / "expect", problems);
        ExpectationRules.CheckAll(lesson.Repaired, root / "repaired", problems);
        if (world is not null)
        {
            CheckWorld(lesson, world, problems);
        }
    }

    /// <summary>Reports words in braces that are neither draws nor anything else that a change can have in braces.</summary>
    public static void CheckPlaceholders(string text, LessonDefinition lesson, ModelPath path, ProblemSink problems)
    {
        foreach (var name in DrawnParts.NamesIn(text).Where(name => !lesson.Draws.Any(draw => string.Equals(draw.Name, name, StringComparison.OrdinalIgnoreCase))))
        {
            var nearest = problems.Nearest(name, lesson.Draws.Select(draw => draw.Name));
            problems.AddAt(path, $"`draws` does not define `{name}`" + (nearest is null ? string.Empty : $"; did you mean `{{{nearest}}}`?"), name, nearest);
        }
    }

    private static void CheckWorld(LessonDefinition lesson, Scenario world, ProblemSink problems)
    {
        CheckDraws(lesson, world, problems);
        var isSound = CheckVariations(lesson, world, problems);
        foreach (var question in lesson.Questions)
        {
            CheckQuestion(question, world, ModelPath.Root / "questions" / question.Name, problems);
        }

        var before = problems.Problems.Count;
        for (var index = 0; index < lesson.Faults.Count; index++)
        {
            CheckFault(lesson, lesson.Faults[index], world, ModelPath.Root / "faults" / index, problems);
        }

        if (isSound && problems.Problems.Count == before)
        {
            CheckBreaks(lesson, world, problems);
        }

        HintRules.Check(lesson, world, problems);
    }

    private static void CheckDraws(LessonDefinition lesson, Scenario world, ProblemSink problems)
    {
        foreach (var draw in lesson.Draws)
        {
            var path = ModelPath.Root / "draws" / draw.Name;
            var isNodes = draw.Nodes is { Length: > 0 };
            if (isNodes == draw.OneOf.Count > 0)
            {
                problems.AddAt(path, "A draw must have `nodes` (of a load balancer) or `oneOf` (texts)");
                continue;
            }

            if (!isNodes)
            {
                continue;
            }

            if (world.LoadBalancers.FirstOrDefault(balancer => string.Equals(balancer.Name, draw.Nodes, StringComparison.Ordinal)) is not { } from)
            {
                Unknown(draw.Nodes!, "load balancer", world.LoadBalancers.Select(balancer => balancer.Name), path / "nodes", problems);
                continue;
            }

            var others = lesson.Draws.TakeWhile(other => other != draw).ToDictionary(other => other.Name, StringComparer.OrdinalIgnoreCase);
            for (var index = 0; index < draw.Except.Count; index++)
            {
                if (!others.ContainsKey(draw.Except[index]))
                {
                    Unknown(draw.Except[index], "draw before this one", others.Keys, path / "except" / index, problems);
                }
            }

            var taken = draw.Except.Where(others.ContainsKey).Select(name => others[name]).Where(other => string.Equals(other.Nodes, draw.Nodes, StringComparison.Ordinal)).Sum(other => other.Count);
            if (draw.Count > from.Nodes.Count - taken)
            {
                problems.AddAt(path / "count", $"`{draw.Nodes}` has {from.Nodes.Count} nodes" + (taken > 0 ? $", of which {taken} {(taken == 1 ? "is" : "are")} excluded" : string.Empty) + $": too few to draw {draw.Count}");
            }
        }
    }

    private static void CheckQuestion(QuestionDefinition question, Scenario world, ModelPath path, ProblemSink problems)
    {
        object?[] places = [question.Header, question.Body, question.Debug, question.Token, question.NodesOf, question.NodesInServiceOf, question.CertificatesOf, question.IssuerUrlOf, question.Client, question.Fact];
        if (places.Count(place => place is not (null or "")) != 1)
        {
            problems.AddAt(path, "A question must name exactly one place of its answer: `header`, `body`, `debug`, `token`, `nodesOf`, `nodesInServiceOf`, `certificatesOf`, `issuerUrlOf`, `client` or `fact`");
        }

        foreach (var (key, name) in ((string, string?)[])[("nodesOf", question.NodesOf), ("nodesInServiceOf", question.NodesInServiceOf), ("certificatesOf", question.CertificatesOf), ("issuerUrlOf", question.IssuerUrlOf)])
        {
            if (name is { Length: > 0 } && !world.LoadBalancers.Any(balancer => string.Equals(balancer.Name, name, StringComparison.Ordinal)))
            {
                Unknown(name, "load balancer", world.LoadBalancers.Select(balancer => balancer.Name), path / key, problems);
            }
        }
    }

    private static void CheckFault(LessonDefinition lesson, LessonFault fault, Scenario world, ModelPath path, ProblemSink problems)
    {
        var draws = DrawnParts.Draw(lesson.Draws, world, SampleSeeds[0]);
        foreach (var (key, texts) in ((string, IReadOnlyList<string>)[])[("break", fault.Break), ("kind", fault.Kind), ("host", fault.Host), ("nodes", fault.Nodes), ("certificate", fault.Certificate)])
        {
            for (var index = 0; index < texts.Count; index++)
            {
                CheckPlaceholders(texts[index], lesson, path / key / index, problems);
            }
        }

        foreach (var (key, list) in ((string, int)[])[("break", fault.Break.Count), ("kind", fault.Kind.Count), ("layer", fault.Layer.Count)])
        {
            if (list == 0)
            {
                problems.AddAt(path / key, $"`{key}` is empty");
            }
        }

        CheckNames(fault.Kind, FaultCatalogue.Contains, "fault", FaultCatalogue.Words, path / "kind", draws, problems);
        var hosts = PartNames.Hosts(world);
        CheckNames(fault.Host, host => hosts.Contains(host, StringComparer.OrdinalIgnoreCase), "host", hosts, path / "host", draws, problems);
        var certificates = world.Authorities.Select(authority => authority.Name).Concat(world.Certificates.Select(certificate => certificate.Name)).ToList();
        CheckNames(fault.Certificate, name => CertificateNames.Find(world, name) is not null, "certificate or authority", certificates, path / "certificate", draws, problems);
        for (var index = 0; index < fault.Nodes.Count; index++)
        {
            var unknown = new List<string>();
            PartNames.Nodes(world, draws.Fill(fault.Nodes[index]), unknown);
            foreach (var name in unknown)
            {
                Unknown(name, "node", world.LoadBalancers.SelectMany(balancer => balancer.Nodes).Select(node => node.Name), path / "nodes" / index, problems);
            }
        }
    }

    private static bool CheckVariations(LessonDefinition lesson, Scenario world, ProblemSink problems)
    {
        var before = problems.Problems.Count;
        for (var line = 0; line < lesson.Vary.Count; line++)
        {
            CheckPlaceholders(lesson.Vary[line], lesson, ModelPath.Root / "vary" / line, problems);
        }

        foreach (var seed in SampleSeeds.Where(_ => problems.Problems.Count == before))
        {
            Changed(world, lesson.Vary, DrawnParts.Draw(lesson.Draws, world, seed), ModelPath.Root / "vary", problems);
        }

        return problems.Problems.Count == before;
    }

    private static void CheckBreaks(LessonDefinition lesson, Scenario written, ProblemSink problems)
    {
        foreach (var seed in SampleSeeds)
        {
            var draws = DrawnParts.Draw(lesson.Draws, written, seed);
            var world = LessonCase.Changed(written, lesson.Vary, draws);
            var broken = world;
            for (var index = 0; index < lesson.Faults.Count; index++)
            {
                // Of a family only some faults are ever there at once.
                var before = lesson.Pick is null ? broken : world;
                broken = Changed(before, lesson.Faults[index].Break, draws, ModelPath.Root / "faults" / index / "break", problems);
                if (problems.IsEmpty && ScenarioDifference.Of(before, broken).Count == 0)
                {
                    problems.AddAt(ModelPath.Root / "faults" / index / "break", "These changes have no effect on the world");
                }
            }
        }
    }

    private static Scenario Changed(Scenario world, IReadOnlyList<string> changes, DrawnParts draws, ModelPath path, ProblemSink problems)
    {
        for (var line = 0; line < changes.Count; line++)
        {
            try
            {
                world = ScenarioChange.Parse(draws.Fill(changes[line])).ApplyTo(world);
            }
            catch (ScenarioChangeException exception)
            {
                foreach (var problem in exception.Problems)
                {
                    problems.AddAt(path / line, problem.Message, problem.Value, problem.Expected);
                }
            }
        }

        return world;
    }

    private static void CheckNames(IReadOnlyList<string> names, Func<string, bool> isKnown, string noun, IReadOnlyCollection<string> known, ModelPath path, DrawnParts draws, ProblemSink problems)
    {
        for (var index = 0; index < names.Count; index++)
        {
            var name = draws.Fill(names[index]);
            if (name.Length > 0 && !name.Contains('{', StringComparison.Ordinal) && !isKnown(name))
            {
                Unknown(name, noun, known, path / index, problems);
            }
        }
    }

    private static void Unknown(string name, string noun, IEnumerable<string> known, ModelPath path, ProblemSink problems)
    {
        var nearest = problems.Nearest(name, known);
        var some = known.Take(9).ToList();
        var help = nearest is not null ? $"; did you mean `{nearest}`?" : some.Count is 0 or > 8 ? string.Empty : $"; choose from {string.Join(", ", some)}";
        problems.AddAt(path, $"Unknown {noun} `{name}`{help}", name, nearest);
    }
}

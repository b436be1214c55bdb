using AutoDetectSim.Training.Lessons;
using AutoDetectSim.Documents;
using AutoDetectSim.Scenarios;
using AutoDetectSim.Scenarios.Changes;
using AutoDetectSim.Training.Cases;

namespace AutoDetectSim.Training.Library;

/// <summary>What must be true of a solution; that it solves the lesson is seen when it is done.</summary>
internal static class SolutionRules
{
    /// <summary>The names in braces that `run` can have besides draws.</summary>
    private static readonly string[] OfRun = ["gateway", "root", "detectUrl", "dns"];

    public static void Check(SolutionDefinition solution, LessonDefinition lesson, Scenario world, ProblemSink problems)
    {
        if (solution.Steps.Count == 0)
        {
            problems.AddAt(ModelPath.Root / "steps", "`steps` must have at least one step");
        }

        for (var index = 0; index < solution.Steps.Count; index++)
        {
            CheckStep(solution.Steps[index], lesson, world, ModelPath.Root / "steps" / index, problems);
        }

        if (lesson.Faults.Count > 0 && solution.Wrong.Count == 0)
        {
            problems.AddAt(ModelPath.Root, "A lesson with faults must also have `wrong` repairs, which the lesson must tell from correct ones");
        }

        for (var index = 0; index < solution.Wrong.Count; index++)
        {
            CheckWhen(solution.Wrong[index].When, lesson, ModelPath.Root / "wrong" / index, problems);
            for (var line = 0; line < solution.Wrong[index].Fix.Count; line++)
            {
                CheckChange(solution.Wrong[index].Fix[line], lesson, ModelPath.Root / "wrong" / index / "fix" / line, problems);
            }
        }
    }

    private static void CheckStep(SolutionStep step, LessonDefinition lesson, Scenario world, ModelPath path, ProblemSink problems)
    {
        CheckWhen(step.When, lesson, path, problems);
        object?[] kinds = [step.Run, step.Answer, step.Diagnose, step.Fix];
        if (kinds.Count(kind => kind is not null) != 1)
        {
            problems.AddAt(path, "A step must have exactly one of `run`, `answer`, `diagnose` and `fix`");
        }

        if (step.Answer is { } answer && !lesson.Questions.Any(question => string.Equals(question.Name, answer.Question, StringComparison.Ordinal)))
        {
            problems.AddAt(path / "answer" / "question", $"The lesson has no question `{answer.Question}`", answer.Question);
        }

        foreach (var (key, text) in Texts(step))
        {
            foreach (var name in DrawnParts.NamesIn(text).Where(name => key != "run" || !OfRun.Contains(name, StringComparer.Ordinal)))
            {
                if (TextRules.Unknown(name, lesson, problems) is { } message)
                {
                    problems.AddAt(path / key, message, name);
                }
            }
        }

        if (step.Fix is { } fix)
        {
            CheckChange(fix, lesson, path / "fix", problems);
        }

        if (step.Diagnose is { } diagnosis)
        {
            if (diagnosis.Fault is { Length: > 0 } word && !FaultCatalogue.Contains(word))
            {
                var nearest = problems.Nearest(word, FaultCatalogue.Words);
                problems.AddAt(path / "diagnose" / "fault", $"Unknown fault `{word}`" + (nearest is null ? string.Empty : $"; did you mean `{nearest}`?"), word, nearest);
            }

            if (diagnosis.Certificate is { Length: > 0 } name && !name.Contains('{', StringComparison.Ordinal) && CertificateNames.Find(world, name) is null)
            {
                problems.AddAt(path / "diagnose" / "certificate", $"The world has no certificate or authority `{name}`", name);
            }
        }
    }

    private static IEnumerable<(string Key, string Text)> Texts(SolutionStep step)
    {
        string?[] diagnosis = [step.Diagnose?.Host, step.Diagnose?.Fault, step.Diagnose?.Certificate, .. step.Diagnose?.Nodes ?? []];
        return ((string Key, string? Text)[])[("run", step.Run), ("answer", step.Answer?.Value), .. diagnosis.Select(text => ("diagnose", text))] is var all
            ? all.Where(one => one.Text is not null).Select(one => (one.Key, one.Text!))
            : [];
    }

    private static void CheckWhen(IReadOnlyList<string> when, LessonDefinition lesson, ModelPath path, ProblemSink problems)
    {
        var ids = lesson.Faults.Select(fault => fault.Id).OfType<string>().ToList();
        for (var index = 0; index < when.Count; index++)
        {
            if (!ids.Contains(when[index], StringComparer.Ordinal))
            {
                var nearest = problems.Nearest(when[index], ids);
                problems.AddAt(path / "when" / index, $"No fault of the lesson has the id `{when[index]}`" + (nearest is null ? string.Empty : $"; did you mean `{nearest}`?"), when[index], nearest);
            }
        }
    }

    private static void CheckChange(string text, LessonDefinition lesson, ModelPath path, ProblemSink problems)
    {
        LessonRules.CheckPlaceholders(text, lesson, path, problems);
        try
        {
            ScenarioChange.Parse(text);
        }
        catch (ScenarioChangeException exception)
        {
            problems.AddAt(path, exception.Problems[0].Message, text);
        }
    }
}

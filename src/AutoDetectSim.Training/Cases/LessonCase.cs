using System.Globalization;
using AutoDetectSim.Protocols.Randomness;
using AutoDetectSim.Scenarios;
using AutoDetectSim.Scenarios.Changes;
using AutoDetectSim.Training.Lessons;

namespace AutoDetectSim.Training.Cases;

/// <summary>Makes the case of a lesson for one trainee.</summary>
internal static class LessonCase
{
    /// <summary>The seed of one trainee's attempt at a lesson: another one for each trainee, lesson and attempt.</summary>
    public static int SeedOf(int traineeSeed, string lesson, int attempt) =>
        new Seed(traineeSeed).Stream(string.Create(CultureInfo.InvariantCulture, $"lesson/{lesson}/{attempt}")).Next(int.MaxValue);

    /// <summary>Draws.</summary>
    /// <exception cref="ScenarioChangeException">A change cannot be made; <c>lint</c> finds such lessons.</exception>
    public static TrainingCase Draw(Lesson lesson, int seed)
    {
        var definition = lesson.Definition;
        var draws = DrawnParts.Draw(definition.Draws, lesson.World, seed);
        var world = Changed(lesson.World with { Seed = seed }, definition.Vary, draws);
        var faults = Pick(definition, seed);
        var broken = Changed(world, faults.SelectMany(fault => fault.Break), draws);
        return new TrainingCase
        {
            Name = lesson.Name,
            Title = definition.Title,
            Level = definition.Level,
            Seed = seed,
            Symptom = draws.FillText(lesson.Symptom),
            Address = definition.Address,
            Healthy = world,
            Broken = broken,
            Faults = [.. faults.Select(fault => FaultOf(fault, world, draws))],
            Questions = [.. definition.Questions.Select(question => question with { Ask = draws.FillText(question.Ask) })],
            Expect = definition.Expect,
            Repaired = definition.Repaired,
            Hints = definition.Hints,
            Explanation = draws.FillText(lesson.Explanation),
            Goals = definition.Goals,
            Time = definition.Time,
            Prerequisites = definition.Prerequisites,
            Tools = definition.Tools,
            Draws = draws,
        };
    }

    /// <summary>A world after changes that contain draws in braces.</summary>
    /// <exception cref="ScenarioChangeException">One of them cannot be made.</exception>
    public static Scenario Changed(Scenario world, IEnumerable<string> changes, DrawnParts draws) =>
        changes.Aggregate(world, (scenario, change) => ScenarioChange.Parse(draws.Fill(change)).ApplyTo(scenario));

    /// <summary>The correct diagnosis of a fault.</summary>
    public static CaseFault FaultOf(LessonFault fault, Scenario world, DrawnParts draws) => new()
    {
        Id = fault.Id,
        Kinds = [.. fault.Kind.Select(draws.Fill)],
        Layers = fault.Layer,
        Hosts = [.. fault.Host.Select(draws.Fill)],
        Nodes = PartNames.Nodes(world, draws.Fill(string.Join(',', fault.Nodes)), []),
        Certificates = [.. fault.Certificate.Select(draws.Fill).Select(name => CertificateNames.Find(world, name) ?? name)],
    };

    /// <summary>Whether what a solution says is for a case: always, or where one of some faults was drawn.</summary>
    public static bool IsFor(IReadOnlyList<string> when, TrainingCase trainingCase) =>
        when.Count == 0 || trainingCase.Faults.Any(fault => fault.Id is { } id && when.Contains(id, StringComparer.Ordinal));

    private static List<LessonFault> Pick(LessonDefinition definition, int seed)
    {
        var left = definition.Faults.ToList();
        var random = new Seed(seed).Stream("faults");
        while (left.Count > (definition.Pick ?? left.Count))
        {
            left.RemoveAt(random.Next(left.Count));
        }

        return left;
    }
}

namespace AutoDetectSim.Training.Tests;

/// <summary>A small sound lesson in a folder of its own, to be changed.</summary>
public sealed class LessonText : IDisposable
{
    private const string Lesson = """
        # yaml-language-server: $schema=../lesson.schema.json
        title: Two of three
        level: 2
        time: 5m
        goals: [Find it.]
        address: anna@contoso.com
        draws:
          broken: { nodes: perimeter, count: 2 }
        faults:
          - break: ["perimeter/{broken}: present missingIntermediate"]
            kind: missingIntermediate
            layer: certificate
            host: autodiscover.contoso.com
            nodes: "{broken}"
            certificate: issuing
        expect: [{ detect: anna@contoso.com, attempts: 6, successRate: 0.333333333333 }]
        hints: [Why?, Where?, Third hint.]

        """;

    private const string World = """
        # yaml-language-server: $schema=../../scenario.schema.json
        loadBalancers:
          perimeter: { nodes: ["ex{01..03}"] }

        """;

    private const string Solution = """
        # yaml-language-server: $schema=../solution.schema.json
        steps:
          - fix: "perimeter/*: present complete"
        wrong:
          - { fix: ["perimeter/{broken}: up false"], effect: harmful }

        """;

    private readonly DirectoryInfo _parent = Directory.CreateTempSubdirectory("autodetectsim-lesson-");

    public LessonText()
    {
        Directory.CreateDirectory(Folder);
        Write("lesson.yaml", Lesson.Replace("0.333333333333", "0.5", StringComparison.Ordinal));
        Write("world.yaml", World);
        Write("symptom.md", "It works now and then.\n");
        Write("explanation.md", "It was {broken}.\n");
        Write("solution.yaml", Solution);
    }

    public string Folder => Path.Combine(_parent.FullName, "two-of-three");

    public LessonText Write(string file, string text)
    {
        File.WriteAllText(Path.Combine(Folder, file), text);
        return this;
    }

    public LessonText Delete(string file)
    {
        File.Delete(Path.Combine(Folder, file));
        return this;
    }

    public LessonText Replace(string file, string before, string after)
    {
        var text = File.ReadAllText(Path.Combine(Folder, file));
        Assert.Contains(before, text, StringComparison.Ordinal);
        return Write(file, text.Replace(before, after, StringComparison.Ordinal));
    }

    /// <summary>Cuts out of lesson.yaml what stands from one text up to another; or the rest of another file.</summary>
    public LessonText Cut(string from, string to)
    {
        var file = from.EndsWith(".yaml", StringComparison.Ordinal) ? from : "lesson.yaml";
        var text = File.ReadAllText(Path.Combine(Folder, file));
        var start = text.IndexOf(file == from ? to : from, StringComparison.Ordinal);
        return start < 0 ? this : Write(file, file == from ? text[..start] : text[..start] + text[text.IndexOf(to, start, StringComparison.Ordinal)..]);
    }

    public void Dispose() => _parent.Delete(recursive: true);
}

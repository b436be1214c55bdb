using AutoDetectSim.Documents.Binding;
using AutoDetectSim.Documents.Model;
using AutoDetectSim.Documents.Yaml;

namespace AutoDetectSim.Documents;

/// <summary>Reads files that hold one record, in the manner of scenario files: every problem in one pass, each with its place.</summary>
/// <param name="model">The keys and forms of such a file.</param>
/// <param name="noun">What such a file is called: <c>adapter</c>.</param>
/// <param name="keys">Typical keys, shown when the file is not a mapping.</param>
/// <param name="complete">Fills in what the file leaves out; it is given the file's name without folder and extension.</param>
/// <param name="check">Rules beyond the forms of single values.</param>
internal sealed class DocumentReader<T>(DocumentModel model, string noun, string keys, Func<T, string, T> complete, Action<T, ProblemSink> check)
    where T : class
{
    /// <summary>Reads a file.</summary>
    public DocumentResult<T> Load(string path)
    {
        var problems = new ProblemSink(path);
        return YamlFile.Read(path, noun, problems) is { } text ? Parse(text, path) : new DocumentResult<T>(null, problems.Problems);
    }

    /// <summary>Reads a text.</summary>
    public DocumentResult<T> Parse(string yaml, string fileName)
    {
        var problems = new ProblemSink(fileName);
        T? document = null;
        switch (YamlComposer.Compose(yaml, problems))
        {
            case YamlMap map:
                problems.Locate(ModelPath.Root, map.Position);
                document = complete((T)new ModelBinder(problems, model.Forms).BindRecord(map, model.Root, ModelPath.Root), Path.GetFileNameWithoutExtension(fileName));
                ModelWalker.Walk(document, model.Root, ModelPath.Root, visited => ScalarForms.Check(visited, model.Forms, problems));
                check(document, problems);
                break;
            case { } other:
                problems.Add(other.Position, $"Expected a mapping with keys such as {keys}");
                break;
        }

        return new DocumentResult<T>(problems.IsEmpty ? document : null, problems.Problems);
    }
}

/// <summary>The result of reading a file.</summary>
/// <param name="Document">What the file holds, with its defaults; null when there are problems.</param>
/// <param name="Problems">All problems, in file order.</param>
internal sealed record DocumentResult<T>(T? Document, IReadOnlyList<DocumentProblem> Problems);

using AutoDetectSim.Documents;
using AutoDetectSim.Documents.Yaml;

namespace AutoDetectSim.Regression;

/// <summary>What a YAML file of this project is.</summary>
internal enum FileKind
{
    /// <summary>A scenario.</summary>
    Scenario,

    /// <summary>An adapter of a probe tool.</summary>
    Adapter,

    /// <summary>A pack of worlds.</summary>
    Pack,
}

/// <summary>Tells what a file is.</summary>
internal static class FileKinds
{
    private const string AdapterSchema = "adapter.schema.json";
    private const string PackSchema = "pack.schema.json";

    /// <summary>
    /// The kind of a file: by the schema that its comment for editors names, else by a key that only one kind has. A file that
    /// cannot be read is taken for a scenario.
    /// </summary>
    public static FileKind Of(string path)
    {
        var problems = new ProblemSink(path);
        if (YamlFile.Read(path, "file", problems) is not { } text)
        {
            return FileKind.Scenario;
        }

        var comments = text.Split('\n').TakeWhile(line => line.StartsWith('#')).ToList();
        if (comments.Exists(line => line.Contains(AdapterSchema, StringComparison.Ordinal)))
        {
            return FileKind.Adapter;
        }

        if (comments.Exists(line => line.Contains(PackSchema, StringComparison.Ordinal)))
        {
            return FileKind.Pack;
        }

        var map = YamlComposer.Compose(text, problems) as YamlMap;
        return map?.Find("rules") is not null ? FileKind.Adapter
            : map?.Find("scenarios") is not null ? FileKind.Pack
            : FileKind.Scenario;
    }
}

using AutoDetectSim.Documents.Yaml;

namespace AutoDetectSim.Documents;

/// <summary>Collects the problems of one file, each once, and knows the position of each part of the scenario.</summary>
internal sealed class ProblemSink(string file)
{
    // A longer list does not help, and a hostile file could otherwise cost megabytes.
    private const int Most = 1000;
    private const long SearchSteps = 50_000_000;

    private readonly HashSet<DocumentProblem> _problems = [];
    private readonly HashSet<DocumentProblem> _derived = [];
    private readonly Dictionary<string, SourcePosition> _positions = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _shared = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _reported = new(StringComparer.OrdinalIgnoreCase);

    private long _searchSteps = SearchSteps;

    public bool IsEmpty => _problems.Count + _derived.Count == 0;

    /// <summary>All problems in file order. Those of parts that the file does not have, because defaults made them, count only where nothing else is wrong: they would follow from it.</summary>
    public IReadOnlyList<DocumentProblem> Problems =>
        [.. (_problems.Count > 0 ? _problems : _derived).OrderBy(problem => problem.Line).ThenBy(problem => problem.Column).ThenBy(problem => problem.Message, StringComparer.Ordinal)];

    public void Add(SourcePosition position, string message, string? value = null, string? expected = null)
    {
        Add(_problems, position, message, value, expected);
    }

    /// <summary>Reports at a part of the scenario, unless something about that part, a part above it or one within it has been reported while reading.</summary>
    public void AddAt(ModelPath path, string message, string? value = null, string? expected = null)
    {
        if (!IsReported(path.Text))
        {
            var (position, isWritten) = Find(path.Text);
            Add(isWritten ? _problems : _derived, position, message, value, expected);
        }
    }

    /// <summary>Reports at a part of the scenario, and keeps later rules from saying more about that very part.</summary>
    public void AddFinalAt(ModelPath path, string message, string? value = null, string? expected = null)
    {
        AddAt(path, message, value, expected);
        _reported.Add(path.Text);
    }

    /// <summary>The known name that a misspelled one probably means, or null. A file that misspells everything is not worth the search.</summary>
    public string? Nearest(string word, IEnumerable<string> known) => NearestName.Find(word, known, ref _searchSteps);

    /// <summary>Remembers the position of a part.</summary>
    public void Locate(ModelPath path, SourcePosition position) => _positions[path.Text] = position;

    /// <summary>Remembers that a part is written where another one is: the names of a range share one body.</summary>
    public void Share(ModelPath path, ModelPath written) => _shared[path.Text] = written.Text;

    /// <summary>Remembers that a part could not be read, so that later rules leave it alone.</summary>
    public void Spoil(ModelPath path)
    {
        for (var text = path.Text; text.Length > 0; text = ModelPath.Above(text))
        {
            _reported.Add(text);
        }
    }

    /// <summary>Forgets all positions, for another reading of the same file.</summary>
    public void ForgetPlaces()
    {
        _positions.Clear();
        _shared.Clear();
        _reported.Clear();
    }

    private void Add(HashSet<DocumentProblem> problems, SourcePosition position, string message, string? value, string? expected)
    {
        if (problems.Count < Most)
        {
            problems.Add(new DocumentProblem
            {
                File = file, Line = position.Line, Column = position.Column, Message = message, Value = value, Expected = expected,
            });
        }
    }

    private bool IsReported(string text) => _reported.Contains(text) || _reported.Contains(Written(text));

    private (SourcePosition Position, bool IsWritten) Find(string text)
    {
        for (text = Written(text); ; text = ModelPath.Above(text))
        {
            if (_positions.TryGetValue(text, out var position))
            {
                return (position, text.Length > 0);
            }

            if (text.Length == 0)
            {
                return (default, false);
            }
        }
    }

    private string Written(string text)
    {
        for (var part = text; part.Length > 0; part = ModelPath.Above(part))
        {
            if (_shared.TryGetValue(part, out var written))
            {
                return written + text[part.Length..];
            }
        }

        return text;
    }
}

using AutoDetectSim.Documents.Files;

namespace AutoDetectSim.Training.Progress;

/// <summary>
/// Counts probes in a file that grows by a byte for each: a killed process loses none. Safe for use by several threads.
/// </summary>
internal sealed class ProbeCounter : IDisposable
{
    private static readonly byte[] One = "."u8.ToArray();

    private static readonly OutputKind Kind = new("count of probes") { IsOurs = text => text.All(character => character == '.') };

    private readonly Lock _gate = new();
    private readonly FileStream _file;
    private int _credit;
    private bool _isClosed;

    private ProbeCounter(FileStream file) => _file = file;

    /// <summary>How many there were.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return (int)_file.Length;
            }
        }
    }

    /// <summary>Opens the counter of one attempt at a lesson.</summary>
    /// <exception cref="ProgressException">The file cannot be made.</exception>
    public static ProbeCounter Open(string folder, string lesson, int attempt)
    {
        var path = PathOf(folder, lesson, attempt);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            return new ProbeCounter(OutputFile.Append(path, Kind));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or OutputFileException)
        {
            throw ProgressProblems.Problem(path, exception is OutputFileException { InnerException: { } inner } ? inner : exception);
        }
    }

    /// <summary>How many probes of a lesson count, without opening its counter.</summary>
    /// <param name="folder">The folder of the progress.</param>
    /// <param name="lesson">The lesson.</param>
    /// <param name="done">What the trainee has done in it.</param>
    public static int Read(string folder, string lesson, LessonProgress done)
    {
        var file = new FileInfo(PathOf(folder, lesson, done.Attempt));
        return done.IsOpen && file.Exists ? Math.Max(done.Probes, (int)file.Length) : done.Probes;
    }

    /// <summary>Counts one probe, unless it is one of those that are not the trainee's.</summary>
    public void Add()
    {
        lock (_gate)
        {
            if (_credit > 0)
            {
                _credit--;
            }
            else if (!_isClosed)
            {
                Write();
            }
        }
    }

    /// <summary>Starts to count; earlier connections are ignored.</summary>
    public void Begin()
    {
        lock (_gate)
        {
            _credit = 0;
        }
    }

    /// <summary>Says that so many are about to be added that do not count.</summary>
    public void Expect(int probes)
    {
        lock (_gate)
        {
            _credit += probes;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isClosed = true;
            _file.Dispose();
        }
    }

    private void Write()
    {
        try
        {
            _file.Write(One);
        }
        catch (IOException)
        {
            // A full disk costs the count, and not the connection that is counted.
        }
    }

    private static string PathOf(string folder, string lesson, int attempt) =>
        Path.Combine(folder, "probes", string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{lesson}.{attempt}"));
}

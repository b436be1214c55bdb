namespace AutoDetectSim.Scenarios.Library;

/// <summary>One scenario of the library that ships inside this assembly.</summary>
internal sealed class LibraryScenario
{
    private readonly Lazy<Scenario> _scenario;

    /// <param name="id">Its folder and name, as in <c>chains/self-signed</c>.</param>
    /// <param name="load">Loads it; called once, on first use.</param>
    public LibraryScenario(string id, Func<Scenario> load)
    {
        Id = id;
        var slash = id.LastIndexOf('/');
        Folder = slash < 0 ? string.Empty : id[..slash];
        Name = id[(slash + 1)..];
        _scenario = new Lazy<Scenario>(load);
    }

    /// <summary>The unique id: folder and name, as in <c>chains/self-signed</c>; the name alone for scenarios without a folder.</summary>
    public string Id { get; }

    /// <summary>The scenario's name; two folders can have scenarios with the same name.</summary>
    public string Name { get; }

    /// <summary>The theme, as in <c>chains</c>; empty for the main case.</summary>
    public string Folder { get; }

    /// <summary>A one-line description.</summary>
    public string Title => Scenario.Title ?? string.Empty;

    /// <summary>The problem in the customer's words.</summary>
    public string Symptom => Scenario.Symptom ?? string.Empty;

    /// <summary>The scenario with its defaults filled in.</summary>
    public Scenario Scenario => _scenario.Value;

    /// <inheritdoc/>
    public override string ToString() => Id;
}

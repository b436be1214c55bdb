namespace AutoDetectSim.Scenarios.Library;

/// <summary>One scenario of the library that ships inside this assembly.</summary>
internal sealed class LibraryScenario
{
    private readonly Lazy<Scenario> _scenario;

    /// <param name="id">Its folder and name, as in <c>chains/self-signed</c>.</param>
    /// <param name="load">Reads it; called once, when it is first asked for.</param>
    public LibraryScenario(string id, Func<Scenario> load)
    {
        Id = id;
        var slash = id.LastIndexOf('/');
        Folder = slash < 0 ? string.Empty : id[..slash];
        Name = id[(slash + 1)..];
        _scenario = new Lazy<Scenario>(load);
    }

    /// <summary>What no other scenario is called: folder and name, as in <c>chains/self-signed</c>; the name alone where there is no folder.</summary>
    public string Id { get; }

    /// <summary>The scenario's name; two folders can each have a scenario of one name.</summary>
    public string Name { get; }

    /// <summary>The theme, as in <c>chains</c>; empty for the main case.</summary>
    public string Folder { get; }

    /// <summary>One line that says what the world is like.</summary>
    public string Title => Scenario.Title ?? string.Empty;

    /// <summary>What the customer says.</summary>
    public string Symptom => Scenario.Symptom ?? string.Empty;

    /// <summary>The scenario with its defaults filled in.</summary>
    public Scenario Scenario => _scenario.Value;

    /// <inheritdoc/>
    public override string ToString() => Id;
}

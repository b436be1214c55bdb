using System.Globalization;
using AutoDetectSim.Cli.Output;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Cli.Mcp;

/// <summary>The labs that run for an assistant, a few at a time, each by a short name.</summary>
internal sealed class LabShelf : IAsyncDisposable
{
    /// <summary>Labs at a time.</summary>
    public const int MostLabs = 8;

    private readonly Lock _gate = new();
    private readonly SortedDictionary<int, Lab?> _labs = [];
    private int _count;

    /// <summary>The labs that run, in the order in which they were started.</summary>
    public IReadOnlyList<(string Name, Lab Lab)> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _labs.Where(entry => entry.Value is not null).Select(entry => (NameOf(entry.Key), entry.Value!))];
            }
        }
    }

    /// <summary>Starts a lab.</summary>
    /// <exception cref="InputException">Too many run.</exception>
    /// <exception cref="LabStartException">It could not start.</exception>
    public async Task<(string Name, Lab Lab)> StartAsync(Scenario scenario, CancellationToken cancellationToken)
    {
        int number;
        lock (_gate)
        {
            if (_labs.Count >= MostLabs)
            {
                throw new InputException($"{MostLabs} labs run, which is the most at a time: stop one of them with stop_lab.");
            }

            number = ++_count;
            _labs[number] = null;
        }

        Lab? lab = null;
        try
        {
            lab = await Lab.StartAsync(scenario, new LabOptions(), cancellationToken);
            return (NameOf(number), lab);
        }
        finally
        {
            lock (_gate)
            {
                if (lab is null)
                {
                    _labs.Remove(number);
                }
                else
                {
                    _labs[number] = lab;
                }
            }
        }
    }

    /// <summary>A lab by its name; null: the only one that runs.</summary>
    /// <exception cref="InputException">No lab has the name, or the name is missing and several labs run.</exception>
    public Lab Find(string? name)
    {
        var all = All;
        return name is null
            ? all is [var only] ? only.Lab : throw new InputException(all.Count == 0 ? "No lab runs: start one with start_lab." : $"Several labs run: give `lab`, one of {NamesOf(all)}.")
            : all.FirstOrDefault(entry => entry.Name == name).Lab ?? throw Unknown(name, all);
    }

    /// <summary>Stops a lab.</summary>
    /// <exception cref="InputException">No lab has the name.</exception>
    public async Task StopAsync(string name)
    {
        Lab? lab = null;
        lock (_gate)
        {
            foreach (var (number, running) in _labs)
            {
                if (running is not null && NameOf(number) == name)
                {
                    lab = running;
                    _labs.Remove(number);
                    break;
                }
            }
        }

        await (lab ?? throw Unknown(name, All)).DisposeAsync();
    }

    /// <summary>Stops all labs.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var (name, _) in All)
        {
            await StopAsync(name);
        }
    }

    private static string NameOf(int number) => string.Create(CultureInfo.InvariantCulture, $"lab-{number}");

    private static string NamesOf(IEnumerable<(string Name, Lab Lab)> all) => string.Join(", ", all.Select(entry => entry.Name));

    private static InputException Unknown(string name, IReadOnlyList<(string Name, Lab Lab)> all) =>
        new(all.Count == 0 ? $"No lab is named '{name}': no lab is running. Start one with start_lab." : $"No lab is named '{name}'. Choose from: {NamesOf(all)}.");
}

using System.Globalization;

namespace AutoDetectSim.LoadTests;

/// <summary>Which load test runs, for how long and how hard.</summary>
internal sealed record LoadOptions
{
    private static readonly string[] Kinds = ["ramp", "soak", "spike", "class"];

    /// <summary><c>ramp</c>, <c>soak</c>, <c>spike</c> or <c>class</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>How long the load lasts, in seconds.</summary>
    public int Seconds { get; init; } = 30;

    /// <summary>Phones per second at the height of a ramp or spike; phones at the same time in a soak or a class.</summary>
    public int Rate { get; init; } = 30;

    /// <summary>The folder of the reports.</summary>
    public string Reports { get; init; } = Path.Combine("artifacts", "load");

    /// <summary>Reads the command line; null if it is wrong.</summary>
    public static LoadOptions? Parse(IReadOnlyList<string> arguments)
    {
        if (arguments.Count % 2 == 0 || !Kinds.Contains(arguments[0], StringComparer.Ordinal))
        {
            return null;
        }

        LoadOptions? options = new() { Kind = arguments[0] };
        for (var index = 1; options is not null && index < arguments.Count; index += 2)
        {
            var isNumber = int.TryParse(arguments[index + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var number);
            options = arguments[index] switch
            {
                "--seconds" when isNumber && number is > 0 and <= 86_400 => options with { Seconds = number },
                "--rate" when isNumber && number is > 0 and <= 10_000 => options with { Rate = number },
                "--reports" => options with { Reports = arguments[index + 1] },
                _ => null,
            };
        }

        return options;
    }
}

using System.Globalization;

namespace AutoDetectSim.Benchmarks.Soak;

/// <summary>How much a soak does.</summary>
internal sealed record SoakOptions
{
    /// <summary>The detections.</summary>
    public int Detections { get; private init; } = 100_000;

    /// <summary>After how many detections the process is stalled, again and again; 0 for never.</summary>
    public int StallEvery { get; private init; } = 1_000;

    /// <summary>Handshakes that are broken off while the detections are made.</summary>
    public int BrokenHandshakes { get; private init; } = 30_000;

    /// <summary>Reads the options; null with a message on standard error if they are wrong.</summary>
    public static SoakOptions? Parse(IReadOnlyList<string> arguments)
    {
        var options = new SoakOptions();
        for (var index = 0; index < arguments.Count; index += 2)
        {
            if (index + 1 == arguments.Count || !int.TryParse(arguments[index + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                Console.Error.WriteLine($"{arguments[index]} needs a whole number.");
                return null;
            }

            switch (arguments[index])
            {
                case "--detections" when number is > 0 and <= 100_000_000 && number % 20 == 0:
                    options = options with { Detections = number };
                    break;
                case "--detections":
                    Console.Error.WriteLine("--detections must be a multiple of 20, from 20 to 100000000.");
                    return null;
                case "--stall-every":
                    options = options with { StallEvery = number };
                    break;
                case "--broken-handshakes":
                    options = options with { BrokenHandshakes = number };
                    break;
                default:
                    Console.Error.WriteLine($"Unknown option {arguments[index]}; there are --detections, --stall-every and --broken-handshakes.");
                    return null;
            }
        }

        if (options.StallEvery > 0 && OperatingSystem.IsWindows())
        {
            Console.Error.WriteLine("Stalls are made with SIGSTOP, which Windows does not have: use --stall-every 0.");
            return null;
        }

        return options;
    }
}

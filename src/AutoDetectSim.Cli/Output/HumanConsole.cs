using Spectre.Console;

namespace AutoDetectSim.Cli.Output;

/// <summary>Where text for people goes: standard output at a terminal, else standard error, which keeps standard output for machines.</summary>
internal static class HumanConsole
{
    /// <summary>Columns of text that goes to a file or a pipe.</summary>
    private const int RedirectedWidth = 200;

    public static IAnsiConsole Create()
    {
        var toError = Console.IsOutputRedirected;
        var console = StandardStreams.CreateConsole(toError);
        if (toError && Console.IsErrorRedirected)
        {
            console.Profile.Width = RedirectedWidth;
        }

        return console;
    }
}

using System.Globalization;
using AutoDetectSim.Protocols.Timing;

namespace AutoDetectSim.Cli.Output;

/// <summary>What a command says at its end if the machine stalled meanwhile.</summary>
internal static class StallNotice
{
    /// <summary>Says how long, if it was stalled.</summary>
    public static void Say(StallWatch stall)
    {
        if (stall.Milliseconds is { } milliseconds)
        {
            Notice.WriteLine(string.Create(CultureInfo.InvariantCulture, $"The machine was stalled for {milliseconds / 1000:0.#} s. Time limits were extended by as much; other programs may have given up waiting."));
        }
    }
}

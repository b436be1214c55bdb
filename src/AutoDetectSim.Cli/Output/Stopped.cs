using System.Globalization;

namespace AutoDetectSim.Cli.Output;

/// <summary>What a command says that was stopped, before it shows what it has done.</summary>
internal static class Stopped
{
    /// <summary>Says how far it came, if it was stopped.</summary>
    public static Task SayAsync(int done, int? all, string what, CancellationToken cancellationToken) => cancellationToken.IsCancellationRequested
        ? Console.Error.WriteLineAsync(all is null
            ? string.Create(CultureInfo.InvariantCulture, $"Stopped after {done} {what}; the result is of those.")
            : string.Create(CultureInfo.InvariantCulture, $"Stopped after {done} of {all} {what}; the result is of those."))
        : Task.CompletedTask;
}

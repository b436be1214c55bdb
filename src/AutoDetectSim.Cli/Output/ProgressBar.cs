using Spectre.Console;

namespace AutoDetectSim.Cli.Output;

/// <summary>A progress bar on standard error, for people at a terminal.</summary>
internal static class ProgressBar
{
    /// <summary>Runs of fewer steps are over before a bar is of use.</summary>
    private const int FewestSteps = 20;

    public static async Task<T> RunAsync<T>(string title, int steps, bool show, Func<IProgress<int>?, Task<T>> work)
    {
        if (!show || steps < FewestSteps || Console.IsErrorRedirected)
        {
            return await work(null);
        }

        var console = StandardStreams.CreateErrorConsole();
        return await console.Progress().AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(context =>
            {
                var task = context.AddTask(Markup.Escape(title), maxValue: steps);
                return work(new Reporter(task));
            });
    }

    private sealed class Reporter(ProgressTask task) : IProgress<int>
    {
        public void Report(int value) => task.Value = Math.Max(task.Value, value);
    }
}

using System.Diagnostics;

namespace AutoDetectSim.Tests.AutoDetect;

/// <summary>The real curl.</summary>
internal static class Curl
{
    /// <summary>Runs curl; gives the header lines of the answer, without the status line, and the body.</summary>
    public static async Task<(string Status, IReadOnlyList<string> Headers, string Body)> GetAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("curl") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["--silent", "--show-error", "--include", "--max-time", "20", "--noproxy", "*", .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(30));
        try
        {
            var errors = process.StandardError.ReadToEndAsync(deadline.Token);
            var output = await process.StandardOutput.ReadToEndAsync(deadline.Token);
            await process.WaitForExitAsync(deadline.Token);
            Assert.True(process.ExitCode == 0, await errors);
            var end = output.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            var head = output[..end].Split("\r\n");
            return (head[0].TrimEnd(), head[1..], output[(end + 4)..]);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}

namespace AutoDetectSim.Tests.AutoDetect;

/// <summary>The real curl.</summary>
internal static class Curl
{
    /// <summary>Runs curl; gives the header lines of the answer, without the status line, and the body.</summary>
    public static async Task<(string Status, IReadOnlyList<string> Headers, string Body)> GetAsync(params string[] arguments)
    {
        var result = await Tool.RunAsync("curl", ["--silent", "--show-error", "--include", "--max-time", "20", "--noproxy", "*", .. arguments]);
        Assert.True(result.ExitCode == 0, result.ToString());
        var end = result.Output.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var head = result.Output[..end].Split("\r\n");
        return (head[0].TrimEnd(), head[1..], result.Output[(end + 4)..]);
    }
}

namespace AutoDetectSim.FunctionalTests.Regress;

/// <summary>The matrix in a report of <c>regress</c>.</summary>
internal static class RegressMatrix
{
    /// <summary>Reads a report without the comment at its end, which is for the program itself.</summary>
    public static async Task<string> ReadAsync(string report)
    {
        var text = await File.ReadAllTextAsync(report, TestContext.Current.CancellationToken);
        return text[..text.LastIndexOf("<!-- written by", StringComparison.Ordinal)];
    }
}

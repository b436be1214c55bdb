using System.Text.Json;
using AutoDetectSim.FunctionalTests.Support;

namespace AutoDetectSim.FunctionalTests.Regress;

/// <summary>Runs <c>regress</c> as a user does.</summary>
internal static class Regress
{
    public static Task<ToolResult> RunAsync(params string[] arguments) =>
        InProcessCommand.RunAsync(["regress", .. arguments]);

    /// <summary>Runs it with <c>--json</c>, and reads what it printed.</summary>
    public static async Task<(int ExitCode, JsonElement Document)> JsonAsync(params string[] arguments)
    {
        var result = await RunAsync(["--json", .. arguments]);
        try
        {
            using var document = JsonDocument.Parse(result.Output);
            return (result.ExitCode, document.RootElement.Clone());
        }
        catch (JsonException)
        {
            throw new InvalidOperationException(result.ToString());
        }
    }

    /// <summary>The worlds that were not judged right, each with what came of it.</summary>
    public static string[] Wrong(JsonElement document) =>
    [
        .. document.GetProperty("worlds").EnumerateArray()
            .Where(world => world.GetProperty("judgement").GetString() != "right")
            .Select(world => $"{world.GetProperty("scenario")} {world.GetProperty("world")}: {world.GetProperty("judgement")} {(world.TryGetProperty("sample", out var sample) ? sample : "")}"),
    ];
}

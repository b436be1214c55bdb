using AutoDetectSim.Scenarios.Library;

namespace AutoDetectSim.Cli.Mcp.Tools;

/// <summary>Finds scenarios by words.</summary>
internal static class ScenarioSearch
{
    private static readonly char[] Between = [' ', '\t', '\r', '\n', ',', '.', ';', ':', '?', '!', '"', '\'', '(', ')', '/'];

    /// <summary>The scenarios that have at least one of the words, those with the rarest and the most of them first.</summary>
    public static IReadOnlyList<LibraryScenario> Find(IReadOnlyList<LibraryScenario> scenarios, string query)
    {
        var words = query.Split(Between, StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var texts = scenarios.Select(scenario => (Scenario: scenario, Text: TextOf(scenario))).ToList();
        var weights = words
            .Select(word => (Word: word, Count: texts.Count(one => Has(one.Text, word))))
            .Where(word => word.Count > 0)
            .Select(word => (word.Word, Weight: Math.Log(1.0 + ((double)texts.Count / word.Count))))
            .ToList();
        return
        [
            .. texts.Select(one => (one.Scenario, Score: weights.Where(word => Has(one.Text, word.Word)).Sum(word => word.Weight)))
                .Where(one => one.Score > 0)
                .OrderByDescending(one => one.Score)
                .Select(one => one.Scenario),
        ];
    }

    private static bool Has(string text, string word) => text.Contains(word, StringComparison.OrdinalIgnoreCase);

    private static string TextOf(LibraryScenario one) =>
        string.Join('\n', [one.Id, one.Title, one.Symptom, one.Scenario.Fault?.Kind ?? "", .. one.Scenario.Expect.SelectMany(expectation => expectation.Errors?.Keys ?? [])]);
}

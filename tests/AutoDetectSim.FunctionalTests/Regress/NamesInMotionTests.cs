namespace AutoDetectSim.FunctionalTests.Regress;

/// <summary>Tools with a host name in their code, on worlds in which that name is gone.</summary>
[Trait("Needs", "tools")]
public sealed class NamesInMotionTests
{
    [Theory]
    [InlineData("prod-autodetect.outlookmobile.com", "service/autodetect-at-old-name")]
    [InlineData("prod.autodetect.outlook.cloud.microsoft", "service/autodetect-at-new-name")]
    public async Task A_tool_that_calls_one_name_of_AutoDetect_is_right_only_where_that_name_answers(string host, string right)
    {
        var judgements = await JudgementsAsync("-H", "x-email: {email}", $"https://{host}/detect");

        Assert.Equal([right], judgements.Where(judgement => judgement.Value == "right").Select(judgement => judgement.Key));
        Assert.Equal(2, judgements.Count);
    }

    [Theory]
    [InlineData("outlook.office365.com", "noVerdict")]
    [InlineData("outlook.cloud.microsoft", "right")]
    public async Task A_tool_that_calls_the_old_name_of_Exchange_Online_says_nothing_where_it_is_gone(string host, string judgement)
    {
        var (_, document) = await Regress.JsonAsync("--pack", "service/exchange-online-at-new-name", "--runs", "1", "--", "curl", "-sS", "-o", "/dev/null", $"https://{host}/autodiscover/autodiscover.json?Email={{email}}&Protocol=activesync");

        var world = Assert.Single(document.GetProperty("worlds").EnumerateArray());
        Assert.Equal(judgement == "right", world.GetProperty("judgement").GetString() == "right");
    }

    private static async Task<Dictionary<string, string>> JudgementsAsync(params string[] call)
    {
        var (_, document) = await Regress.JsonAsync(["--pack", "service/autodetect-at-old-name", "service/autodetect-at-new-name", "--runs", "1", "--", "curl", "-sSf", "-o", "/dev/null", .. call]);
        return document.GetProperty("worlds").EnumerateArray().ToDictionary(world => world.GetProperty("scenario").GetString()!, world => world.GetProperty("judgement").GetString()!);
    }
}

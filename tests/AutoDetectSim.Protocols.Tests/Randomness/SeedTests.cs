using AutoDetectSim.Protocols.Randomness;

namespace AutoDetectSim.Protocols.Tests.Randomness;

/// <summary>Scenarios, lessons and captures pin what a seed gives, so these values may never change. They were computed by other programs.</summary>
public sealed class SeedTests
{
    private static readonly Seed Answer = new(42);

    [Fact]
    public void A_numbered_stream_gives_the_values_of_SplitMix64()
    {
        var stream = Answer.Stream(7);
        Assert.Equal("0b4dd6de-3d51-4991-bcaf-407db04dd677", stream.NextGuid().ToString());
        Assert.Equal("52.125.130.103", stream.NextAutoDetectAddress().ToString());
        Assert.Equal("40.104.172.224", stream.NextExchangeOnlineAddress().ToString());
        Assert.Equal("c5pss", stream.NextPodSuffix(5));
        Assert.Equal(795, stream.Next(1000));
        Assert.Equal(0.7545526162581997, stream.NextDouble());
        var bytes = new byte[11];
        stream.NextBytes(bytes);
        Assert.Equal("5FFEA8874899D9B1FA01FE", Convert.ToHexString(bytes));
    }

    [Fact]
    public void A_named_stream_gives_the_numbers_of_Random_and_the_GUIDs_of_SHA_256()
    {
        var faults = Answer.Stream("faults");
        Assert.Equal([41, 37, 64, 47, 48, 99], Enumerable.Range(0, 6).Select(_ => faults.Next(100)));
        Assert.Equal(0.05349835290270781, faults.NextDouble());

        var challenges = Answer.Stream("ntlm");
        Assert.Equal("b831d3a1-f283-4d85-b15f-04167acce876", challenges.NextGuid().ToString());
        Assert.Equal("c77cc850-583d-40d9-8ec3-321ca30e9303", challenges.NextGuid().ToString());
        Assert.Equal("d8740f66-2cc3-44b5-ad5b-dcdc92af348f", Answer.GuidOf("tenant", "Contoso").ToString());
    }

    [Fact]
    public void Draws_of_one_purpose_do_not_change_those_of_another()
    {
        var alone = Answer.Stream("faults").Next(int.MaxValue);
        var faults = Answer.Stream("faults");
        Answer.Stream("names").Next(int.MaxValue);
        faults.NextGuid();
        Assert.Equal(alone, faults.Next(int.MaxValue));
        Assert.NotEqual(alone, new Seed(43).Stream("faults").Next(int.MaxValue));
    }
}

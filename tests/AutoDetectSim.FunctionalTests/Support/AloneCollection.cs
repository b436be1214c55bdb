namespace AutoDetectSim.FunctionalTests.Support;

/// <summary>Tests of programs that need the processors for themselves: testssl.sh starts openssl hundreds of times, within limits that users have too.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "Alone";
}

namespace AutoDetectSim.FunctionalTests.Support;

/// <summary>
/// Tests that run with no other beside them: programs that need the processors for themselves (testssl.sh starts openssl hundreds of
/// times, within limits that users have too), and measurements of the whole process.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "Alone";
}

using AutoDetectSim.Exchange.Logon;
using AutoDetectSim.Protocols.Randomness;

namespace AutoDetectSim.Exchange.Entra;

/// <summary>What of the login endpoint outlives changes of the lab.</summary>
internal sealed class EntraState
{
    private readonly SeededStream _ids;
    private readonly TimeProvider _time;

    /// <param name="tokens">Signs tokens.</param>
    /// <param name="seed">The scenario's seed.</param>
    /// <param name="time">The lab's time.</param>
    public EntraState(AccessTokens tokens, int seed, TimeProvider time)
    {
        _ids = new Seed(seed).Stream("entra ids");
        _time = time;
        Grants = new EntraGrants(new Seed(seed).Stream("entra grants"), time);
        Tokens = new EntraTokens(tokens, Grants, seed, time);
    }

    /// <summary>What it has given out.</summary>
    public EntraGrants Grants { get; }

    /// <summary>Makes tokens.</summary>
    public EntraTokens Tokens { get; }

    /// <summary>The lab's time.</summary>
    public DateTimeOffset Now => _time.GetUtcNow();

    /// <summary>A number by which support would find a request.</summary>
    public Guid NextId() => _ids.NextGuid();
}

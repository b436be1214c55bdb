using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Evidence.Calls;

/// <summary>Why a connection came to nothing.</summary>
/// <param name="Code">The code that Node.js has for it.</param>
/// <param name="Fault">What makes a lab's node fail alike; none where no fault of a node does.</param>
/// <param name="Words">The evidence's own words.</param>
/// <param name="Line">Where they stand.</param>
internal sealed record CallFailure(string Code, TransportFault Fault, string Words, int Line)
{
    /// <summary>The alert by its RFC 8446 name, or null.</summary>
    public string? Alert { get; init; }

    /// <summary>TLS versions that a server must be limited to in order to fail like this, or empty.</summary>
    public IReadOnlyList<string> OnlyVersions { get; init; } = [];

    /// <summary>What the lab cannot have in common with it, as a sentence without a full stop, or null.</summary>
    public string? Deviation { get; init; }
}

namespace AutoDetectSim.Diagnosis.Checking.Connecting;

/// <summary>What a host is asked for.</summary>
internal enum HostRole
{
    /// <summary>Nothing but its certificates and its name: <c>OPTIONS</c> on the ActiveSync path, which any web server answers somehow.</summary>
    Server,

    /// <summary>The AutoDiscover V2 answer, which names the ActiveSync host.</summary>
    AutoDiscover,

    /// <summary>The challenge to an empty Bearer, which names the authorization endpoint.</summary>
    ActiveSync,
}

namespace AutoDetectSim.Scenarios;

/// <summary>The pseudo record types of a scenario's <c>dns</c>: what a name server does instead of answering with records.</summary>
internal static class DnsRecordSyntax
{
    /// <summary>Pseudo record type: the name does not exist, even if the lab would otherwise define it.</summary>
    public const string NonExistent = "NXDOMAIN";

    /// <summary>Pseudo record type: the name server fails.</summary>
    public const string ServerFailure = "SERVFAIL";

    /// <summary>Pseudo record type: the name server answers late; the value is a duration.</summary>
    public const string Delay = "DELAY";
}

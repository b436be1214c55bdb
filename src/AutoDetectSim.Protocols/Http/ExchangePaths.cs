namespace AutoDetectSim.Protocols.Http;

/// <summary>Paths of Exchange's virtual directories.</summary>
internal static class ExchangePaths
{
    /// <summary>ActiveSync (MS-ASHTTP 2.2.1.1).</summary>
    public const string ActiveSync = "/Microsoft-Server-ActiveSync";
}

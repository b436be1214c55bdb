namespace AutoDetectSim.Scenarios;

/// <summary>The sovereign clouds, and the endpoint that apps query before AutoDetect to learn whether a domain is in one ([S-PROBE]).</summary>
internal static class SovereignClouds
{
    /// <summary>Host of the endpoint.</summary>
    public const string Host = "odc.officeapps.live.com";

    /// <summary>Path of the endpoint.</summary>
    public const string Path = "/odc/v2.1/federationprovider";

    /// <summary>The values of <c>configProviderName</c> that name a sovereign cloud.</summary>
    public static readonly IReadOnlyList<string> Names =
        ["gcc.microsoftonline.com", "microsoftonline.us", "microsoftonline.mil", "partner.microsoftonline.cn", "microsoftonline.de"];
}

namespace AutoDetectSim.Diagnosis.Capture.Observations;

/// <summary>Hosts of Microsoft's own services, AutoDetect's among them. People test them for comparison; they are not a customer's servers.</summary>
internal static class MicrosoftHosts
{
    private static readonly string[] Domains =
    [
        "cloud.microsoft", "outlookmobile.com", "acompli.net", "outlook.com", "office365.com", "office365.us", "office.com", "microsoftonline.com", "microsoftonline.us", "microsoft.com", "windows.net", "live.com",
    ];

    public static bool Contains(string host) =>
        Array.Exists(Domains, domain => host.Equals(domain, StringComparison.OrdinalIgnoreCase) || host.EndsWith("." + domain, StringComparison.OrdinalIgnoreCase));
}

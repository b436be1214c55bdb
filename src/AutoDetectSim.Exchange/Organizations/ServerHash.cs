namespace AutoDetectSim.Exchange.Organizations;

/// <summary>A number derived from a server's name, the same in every run: Exchange puts one into the Id of AutoDiscover errors ([POXERRDOC]).</summary>
internal static class ServerHash
{
    /// <summary>FNV-1a with 32 bits over the name in upper case.</summary>
    public static uint Of(string name)
    {
        var hash = 2166136261;
        foreach (var letter in name)
        {
            hash = (hash ^ char.ToUpperInvariant(letter)) * 16777619;
        }

        return hash;
    }
}

namespace AutoDetectSim.Diagnosis.Capture;

/// <summary>Host names of certificates, which may be wildcards.</summary>
internal static class HostPattern
{
    /// <summary>Whether a name of a certificate is that of a host (RFC 6125 6.4.3: a wildcard matches one label).</summary>
    public static bool Covers(string pattern, string host) =>
        string.Equals(pattern, host, StringComparison.OrdinalIgnoreCase)
        || (pattern.StartsWith("*.", StringComparison.Ordinal) && host.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot && string.Equals(pattern[1..], host[dot..], StringComparison.OrdinalIgnoreCase));
}

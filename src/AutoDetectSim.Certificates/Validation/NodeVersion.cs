namespace AutoDetectSim.Certificates.Validation;

/// <summary>The Node.js that judges. Newer ones differ in few places, which were measured ([NODE24]).</summary>
public enum NodeVersion
{
    /// <summary>Node.js 20 with OpenSSL 3.0, as AutoDetect of 2021 to 2025 shows it.</summary>
    Node20,

    /// <summary>Node.js 24 with OpenSSL 3.5: keys below 112 bits of security are refused, among other things.</summary>
    Node24,
}

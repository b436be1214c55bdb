namespace AutoDetectSim.Certificates.Validation;

/// <summary>The Node.js that judges. Newer ones differ in few places, which were measured ([NODE22], [NODE24], [NODE26]).</summary>
public enum NodeVersion
{
    /// <summary>Node.js 20 with OpenSSL 3.0, as AutoDetect of 2021 to 2025 shows it.</summary>
    Node20,

    /// <summary>Node.js 22 with OpenSSL 3.5: times without seconds are refused in the handshake, internationalized host names are converted, among other things.</summary>
    Node22,

    /// <summary>Node.js 24 with OpenSSL 3.5: like Node.js 22, and keys below 112 bits of security are refused.</summary>
    Node24,

    /// <summary>Node.js 26 with OpenSSL 3.5: like Node.js 24.</summary>
    Node26,
}

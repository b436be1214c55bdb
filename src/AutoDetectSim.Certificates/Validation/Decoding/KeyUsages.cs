namespace AutoDetectSim.Certificates.Validation.Decoding;

/// <summary>The bits of keyUsage (RFC 5280 4.2.1.3), the first byte of the BIT STRING in the low byte.</summary>
[Flags]
internal enum KeyUsages
{
    None = 0,
    CrlSign = 0x02,
    KeyCertSign = 0x04,
    KeyAgreement = 0x08,
    DataEncipherment = 0x10,
    KeyEncipherment = 0x20,
    NonRepudiation = 0x40,
    DigitalSignature = 0x80,
}

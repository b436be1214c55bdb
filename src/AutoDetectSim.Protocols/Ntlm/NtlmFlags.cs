namespace AutoDetectSim.Protocols.Ntlm;

/// <summary>What the two sides of an NTLM logon agree on (MS-NLMP 2.2.2.5), as far as it matters to a logon over HTTP.</summary>
[Flags]
internal enum NtlmFlags : uint
{
    None = 0,
    Unicode = 0x0000_0001,
    RequestTarget = 0x0000_0004,
    Sign = 0x0000_0010,
    Ntlm = 0x0000_0200,
    AlwaysSign = 0x0000_8000,
    TargetTypeDomain = 0x0001_0000,
    ExtendedSessionSecurity = 0x0008_0000,
    TargetInfo = 0x0080_0000,
    Version = 0x0200_0000,
    Encryption128 = 0x2000_0000,
    KeyExchange = 0x4000_0000,
    Encryption56 = 0x8000_0000,
}

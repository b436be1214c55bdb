namespace AutoDetectSim.Certificates.Validation.Decoding;

/// <summary>Universal tag numbers (X.680 8.4) that certificates use.</summary>
internal static class DerTag
{
    internal const int Boolean = 1;
    internal const int Integer = 2;
    internal const int BitString = 3;
    internal const int OctetString = 4;
    internal const int Null = 5;
    internal const int ObjectIdentifier = 6;
    internal const int Enumerated = 10;
    internal const int Utf8String = 12;
    internal const int Sequence = 16;
    internal const int Set = 17;
    internal const int NumericString = 18;
    internal const int PrintableString = 19;
    internal const int T61String = 20;
    internal const int Ia5String = 22;
    internal const int UtcTime = 23;
    internal const int GeneralizedTime = 24;
    internal const int VisibleString = 26;
    internal const int UniversalString = 28;
    internal const int BmpString = 30;

    /// <summary>A value of ANY whose tag is not of the universal class; kept in encoded form.</summary>
    internal const int Other = -3;

    /// <summary>No tag is expected.</summary>
    internal const int Any = -1;
}

using AutoDetectSim.Certificates.Validation.Decoding;

namespace AutoDetectSim.Certificates.Validation.PathBuilding;

/// <summary>A name that is held against name constraints, or the name of a constraint.</summary>
/// <param name="Alternative">The alternative of GeneralName.</param>
internal sealed record ConstrainedName(int Alternative)
{
    private static readonly byte[] SmtpUtf8Mailbox = [0x2B, 0x06, 0x01, 0x05, 0x05, 0x07, 0x08, 0x09];

    /// <summary>The bytes of a name that is a string or an address; of a URI that is compared, its host.</summary>
    internal ReadOnlyMemory<byte> Text { get; init; }

    /// <summary>Whether a URI has no host that could be compared.</summary>
    internal bool IsMalformed { get; init; }

    internal DistinguishedName? Directory { get; init; }

    /// <summary>The type of an otherName.</summary>
    internal ReadOnlyMemory<byte> OtherType { get; init; }

    /// <summary>The value of an otherName.</summary>
    internal DerValue? OtherValue { get; init; }

    /// <summary>The kind of constraint that applies: an internationalised mailbox (RFC 8398) is an otherName, but constrained as a mailbox.</summary>
    internal int EffectiveAlternative => IsUtf8Mailbox ? ExtensionGrammar.Email : Alternative;

    internal bool IsUtf8Mailbox => Alternative == ExtensionGrammar.OtherName && OtherType.Span.SequenceEqual(SmtpUtf8Mailbox);

    internal static ConstrainedName Of(DerValue generalName)
    {
        var value = generalName[0]!;
        return generalName.Alternative switch
        {
            ExtensionGrammar.OtherName => new(ExtensionGrammar.OtherName) { OtherType = value[0]!.Content, OtherValue = value[1] },
            ExtensionGrammar.DirectoryName => new(ExtensionGrammar.DirectoryName) { Directory = value.Name },
            _ => new(generalName.Alternative) { Text = value.Content },
        };
    }
}

namespace AutoDetectSim.Certificates.Validation.Decoding;

/// <summary>One attribute of a distinguished name.</summary>
/// <param name="Rdn">Which RDN it belongs to.</param>
/// <param name="Oid">The content of its type's OBJECT IDENTIFIER.</param>
/// <param name="Value">Its value.</param>
internal readonly record struct NameAttribute(int Rdn, ReadOnlyMemory<byte> Oid, DerValue Value)
{
    internal bool Is(ReadOnlySpan<byte> oid) => Oid.Span.SequenceEqual(oid);
}

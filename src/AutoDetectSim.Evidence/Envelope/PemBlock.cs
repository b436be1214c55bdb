namespace AutoDetectSim.Evidence.Envelope;

/// <summary>One PEM certificate of a text, whole or not.</summary>
/// <param name="Line">The line with its beginning.</param>
/// <param name="EndLine">The line with its end, or the last one that belongs to it.</param>
/// <param name="Der">Its DER encoding; empty where it is damaged.</param>
/// <param name="Damage">What is wrong with it, as the end of a sentence about the certificate, or null.</param>
internal sealed record PemBlock(int Line, int EndLine, ReadOnlyMemory<byte> Der, string? Damage);

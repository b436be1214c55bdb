using AutoDetectSim.Protocols.Wbxml;

namespace AutoDetectSim.Fuzzing.Targets;

/// <summary>Bodies of ActiveSync. A document that is read can be written, and then reads the same.</summary>
internal static class WbxmlTarget
{
    public static void Read(ReadOnlySpan<byte> input)
    {
        if (!WbxmlReader.TryRead(input, out var root))
        {
            return;
        }

        var written = WbxmlWriter.Write(root);
        if (!WbxmlReader.TryRead(written, out var again) || !WbxmlWriter.Write(again).AsSpan().SequenceEqual(written))
        {
            throw new FuzzException($"What was written is not read: {Convert.ToHexString(written)}.");
        }
    }
}

using System.Runtime.InteropServices;

namespace AutoDetectSim.Documents.Yaml;

/// <summary>A position in a file; lines and columns start at 1.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SourcePosition(int Line, int Column);

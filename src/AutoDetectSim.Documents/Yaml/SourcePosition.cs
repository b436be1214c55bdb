using System.Runtime.InteropServices;

namespace AutoDetectSim.Documents.Yaml;

/// <summary>A place in a file; line and column count from 1.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SourcePosition(int Line, int Column);

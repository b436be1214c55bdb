namespace AutoDetectSim.Tests.Common;

/// <summary>Node.js 24, which follows proxy variables and judges certificates by newer rules.</summary>
public static class Node24
{
    /// <summary>The folder of the programs <c>node</c> and others.</summary>
    public static Task<string> FolderAsync() => NodeOfNpm.FolderAsync(NodeOfNpm.Node24);

    /// <summary>The path of the program.</summary>
    public static Task<string> ProgramAsync() => NodeOfNpm.ProgramAsync(NodeOfNpm.Node24);
}

using WireMock.Handlers;

namespace AutoDetectSim.Exchange.Answers;

/// <summary>The disk as WireMock sees it: there is none. What mapping files need of it was read with them.</summary>
internal sealed class NoFileSystem : IFileSystemHandler
{
    public string GetMappingFolder() => string.Empty;

    public bool FolderExists(string path) => false;

    public void CreateFolder(string path) => throw Refused();

    public IEnumerable<string> EnumerateFiles(string path, bool includeSubdirectories) => [];

    public string ReadMappingFile(string path) => throw Refused();

    public void WriteMappingFile(string path, string text) => throw Refused();

    public byte[] ReadResponseBodyAsFile(string path) => throw Refused();

    public string ReadResponseBodyAsString(string path) => throw Refused();

    public void DeleteFile(string filename) => throw Refused();

    public bool FileExists(string filename) => false;

    public void WriteFile(string filename, byte[] bytes) => throw Refused();

    public void WriteFile(string folder, string filename, byte[] bytes) => throw Refused();

    public byte[] ReadFile(string filename) => throw Refused();

    public string ReadFileAsString(string filename) => throw Refused();

    public string GetUnmatchedRequestsFolder() => string.Empty;

    public void WriteUnmatchedRequest(string filename, string text) => throw Refused();

    private static NotSupportedException Refused() => new("The mapping server of a lab has no files.");
}

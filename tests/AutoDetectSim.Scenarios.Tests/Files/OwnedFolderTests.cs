using AutoDetectSim.Documents.Files;

namespace AutoDetectSim.Scenarios.Tests.Files;

public sealed class OwnedFolderTests : IDisposable
{
    private const string MarkName = ".autodetectsim";
    private const string Killed = "AutoDetectSim process 1, started 2001-01-01T00:00:00Z\n";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("owned-");

    private string Target => Path.Combine(_folder.FullName, "lab");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_folder_of_the_user_is_neither_taken_nor_deleted()
    {
        Directory.CreateDirectory(Target);
        File.WriteAllText(Path.Combine(Target, "thesis"), "thesis");

        Assert.Throws<OutputFileException>(() => OwnedFolder.CreateAt(Target, ["root.pem"]));
        Assert.True(File.Exists(Path.Combine(Target, "thesis")));
    }

    [Fact]
    public void What_a_killed_process_left_is_taken_over_and_what_others_put_there_stays()
    {
        Directory.CreateDirectory(Target);
        File.WriteAllText(Path.Combine(Target, MarkName), Killed);
        File.WriteAllText(Path.Combine(Target, "root.pem"), "old");
        File.WriteAllText(Path.Combine(Target, "thesis"), "thesis");

        using (var folder = OwnedFolder.CreateAt(Target, ["root.pem"]))
        {
            Assert.False(File.Exists(Path.Combine(Target, "root.pem")));
            folder.Write("root.pem", [1]);
        }

        Assert.Equal(["thesis"], Directory.EnumerateFiles(Target).Select(Path.GetFileName));
    }

    [Fact]
    public void A_folder_in_use_is_refused_and_goes_when_its_owner_does()
    {
        using (OwnedFolder.CreateAt(Target, []))
        {
            Assert.Contains("still runs", Assert.Throws<OutputFileException>(() => OwnedFolder.CreateAt(Target, [])).Message, StringComparison.Ordinal);
        }

        Assert.False(Directory.Exists(Target));
    }

    [Fact]
    public void A_folder_whose_mark_is_gone_is_not_deleted()
    {
        var folder = OwnedFolder.CreateTemporary();
        File.Delete(Path.Combine(folder.Path, MarkName));
        folder.Dispose();

        Assert.True(Directory.Exists(folder.Path));
        Directory.Delete(folder.Path);
    }
}

using AutoDetectSim.Cli.Export;
using AutoDetectSim.Documents.Files;

namespace AutoDetectSim.Cli.Tests.Export;

/// <summary>The folder of an export, and whose files it replaces.</summary>
public sealed class ExportFolderTests
{
    private static readonly ExportFile[] First = [ExportFile.Text("README.md", "one"), ExportFile.Text("base/a.yaml", "a"), ExportFile.Text("old/b.yaml", "b")];
    private static readonly ExportFile[] Second = [ExportFile.Text("README.md", "two"), ExportFile.Text("base/a.yaml", "a2")];

    [Fact]
    public void A_second_export_replaces_the_first_and_removes_what_it_no_longer_has()
    {
        using var folder = new TemporaryFolder();
        ExportFolder.Claim(folder.In("out"), force: false).Write(First);
        File.WriteAllText(folder.In("out", "notes.txt"), "mine");
        ExportFolder.Claim(folder.In("out"), force: false).Write(Second);
        Assert.Equal("two", File.ReadAllText(folder.In("out", "README.md")));
        Assert.False(Directory.Exists(folder.In("out", "old")));
        Assert.Equal("mine", File.ReadAllText(folder.In("out", "notes.txt")));
    }

    [Fact]
    public void A_folder_of_others_is_refused_and_left_as_it_is()
    {
        using var folder = new TemporaryFolder();
        folder.Write("README.md", "mine");
        Assert.Contains("is not an export", Assert.Throws<OutputFileException>(() => ExportFolder.Claim(folder.Path, force: false)).Message, StringComparison.Ordinal);
        ExportFolder.Claim(folder.Path, force: true).Write(First);
        Assert.Equal("one", File.ReadAllText(folder.In("README.md")));
    }

    [Fact]
    public void A_file_that_was_changed_since_the_export_is_not_replaced_without_force()
    {
        using var folder = new TemporaryFolder();
        ExportFolder.Claim(folder.Path, force: false).Write(First);
        folder.Write("README.md", "mine now");
        File.WriteAllText(folder.In("base", "new.yaml"), "mine");
        var again = ExportFolder.Claim(folder.Path, force: false);
        Assert.Contains("changed since", Assert.Throws<OutputFileException>(() => again.Write(Second)).Message, StringComparison.Ordinal);
        Assert.Contains("not part of an earlier export", Assert.Throws<OutputFileException>(() => again.Write([ExportFile.Text("base/new.yaml", "x")])).Message, StringComparison.Ordinal);
        Assert.Equal("a", File.ReadAllText(folder.In("base", "a.yaml")));
        ExportFolder.Claim(folder.Path, force: true).Write(Second);
        Assert.Equal("two", File.ReadAllText(folder.In("README.md")));
    }

    [Fact]
    public void A_list_that_leads_out_of_the_folder_removes_nothing_there()
    {
        using var folder = new TemporaryFolder();
        ExportFolder.Claim(folder.In("out"), force: false).Write(First);
        var outside = folder.Write("outside", "a");
        var list = folder.In("out", ExportFolder.ListName);
        File.AppendAllText(list, $"{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("a"u8))}  ../outside\n");
        ExportFolder.Claim(folder.In("out"), force: false).Write(Second);
        Assert.True(File.Exists(outside));
    }

    [Fact]
    public void Private_keys_are_the_owners_alone_and_the_folder_above_those_of_containers_too()
    {
        using var folder = new TemporaryFolder();
        ExportFolder.Claim(folder.Path, force: false).Write([ExportFile.Text("a.key.pem", "k", isSecret: true), ExportFile.Text("secret/pki/b.key.pem", "k"), ExportFile.Text("lab/a.yaml", "a")]);
        if (!OperatingSystem.IsWindows())
        {
            const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            const UnixFileMode All = UnixFileMode.GroupRead | UnixFileMode.OtherRead;
            Assert.Equal(Owner, File.GetUnixFileMode(folder.In("a.key.pem")));
            Assert.Equal(Owner | UnixFileMode.UserExecute, File.GetUnixFileMode(folder.In("secret")));
            Assert.Equal(Owner | UnixFileMode.UserExecute | All | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute, File.GetUnixFileMode(folder.In("secret", "pki")));
            Assert.Equal(Owner | All, File.GetUnixFileMode(folder.In("secret", "pki", "b.key.pem")));
        }
    }

    [Fact]
    public void A_link_inside_the_folder_is_not_followed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a right on Windows.");
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.In("elsewhere"));
        Directory.CreateDirectory(folder.In("out"));
        Directory.CreateSymbolicLink(folder.In("out", "base"), folder.In("elsewhere"));
        Assert.Contains("symbolic link", Assert.Throws<OutputFileException>(() => ExportFolder.Claim(folder.In("out"), force: true).Write(First)).Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.In("elsewhere")));
    }
}

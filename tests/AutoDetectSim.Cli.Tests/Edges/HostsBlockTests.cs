using AutoDetectSim.Cli.Run;
using AutoDetectSim.Documents.Files;

namespace AutoDetectSim.Cli.Tests.Edges;

public sealed class HostsBlockTests : IDisposable
{
    private const string Line = "# The names of the lab x, for as long as it runs. # AutoDetectSim\n127.80.0.1\tmail.contoso.com\t# AutoDetectSim\n";
    private const string Killed = Line + "# AutoDetectSim process 1, started 2001-01-01T00:00:00Z. # AutoDetectSim\n";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hosts-");

    private string Target => Path.Combine(_folder.FullName, "hosts");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("127.0.0.1 localhost\n", "127.0.0.1 localhost\n")]
    [InlineData("127.0.0.1 localhost", "127.0.0.1 localhost\n")]
    [InlineData("127.0.0.1 localhost\n" + Killed + "127.0.0.1 mine\n", "127.0.0.1 localhost\n127.0.0.1 mine\n")]
    [InlineData("127.0.0.1 a # AutoDetectSim\n", "127.0.0.1 a # AutoDetectSim\n")]
    public void Lines_are_added_to_an_existing_file_and_only_they_are_removed(string before, string after)
    {
        File.WriteAllText(Target, before);
        var block = HostsBlock.Claim(Target);
        block.Write(Line);

        Assert.StartsWith(after, File.ReadAllText(Target), StringComparison.Ordinal);
        Assert.EndsWith($"{Line}# {ProcessMark.Mine}. # AutoDetectSim\n", File.ReadAllText(Target), StringComparison.Ordinal);
        Assert.Null(block.Remove());
        Assert.Equal(after, File.ReadAllText(Target));
    }

    [Fact]
    public void What_others_add_while_the_lab_runs_stays_in_the_file_that_the_lab_made()
    {
        var block = HostsBlock.Claim(Target);
        block.Write(Line);
        File.AppendAllText(Target, "127.0.0.1 mine\n");

        Assert.Null(block.Remove());
        Assert.Equal("127.0.0.1 mine\n", File.ReadAllText(Target));
    }

    [Fact]
    public void A_file_that_the_lab_made_is_gone_afterwards()
    {
        var block = HostsBlock.Claim(Target);
        block.Write(Line);

        Assert.Null(block.Remove());
        Assert.Empty(_folder.EnumerateFiles());
    }
}

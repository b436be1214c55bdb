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
    public async Task Labs_that_start_at_once_all_have_their_lines_in_a_shared_file()
    {
        const int Labs = 16;
        File.WriteAllText(Target, "127.0.0.1 localhost\n");
        await Task.WhenAll(Enumerable.Range(0, Labs).Select(number => Task.Run(() => HostsBlock.Claim(Target).Write(Line))));

        Assert.Equal(Labs, File.ReadAllText(Target).Split(ProcessMark.Mine).Length - 1);
        Assert.StartsWith("127.0.0.1 localhost\n" + Line, File.ReadAllText(Target), StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Needs", "tools")]
    [InlineData("127.0.0.1 mine", "127.0.0.1 mine")]
    [InlineData("", "none")]
    public async Task Labs_that_stop_together_leave_none_of_their_lines_in_a_shared_file(string before, string after)
    {
        using var folder = new EdgeFolder();
        var result = await folder.BashAsync($$"""
            before='{{before}}'; test -z "$before" || echo "$before" > hosts
            for i in 1 2 3 4; do dotnet "$CLI" run healthy --standard-ports 127.87.$i.0/24 --hosts-file hosts > $i.log 2>&1 & pids="$pids $!"; done
            for i in 1 2 3 4; do until grep -q Ctrl-C $i.log || ! jobs -r | grep -q .; do read -t 0.05 <> <(:) || :; done; done
            grep -c 'AutoDetectSim process' hosts
            kill $pids; wait
            cat hosts 2> /dev/null || echo none
            """);

        Assert.Equal($"4\n{after}\n", result.Output);
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
